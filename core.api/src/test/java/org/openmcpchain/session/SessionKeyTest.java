/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionKeyTest {

    @ParameterizedTest
    @CsvSource({
        "main,default/default/main",
        " MAIN ,default/default/main",
        "dm/Bob,default/default/dm/bob",
        "Trader / main,default/trader/main",
        "trader/dm/bob,default/trader/dm/bob",
        "desk/trader/main,desk/trader/main",
        "desk/trader/group/ops,desk/trader/group/ops",
        "desk/trader/thread/2026:11@x,desk/trader/thread/2026:11@x",
        "dm/main,default/dm/main",
        "desk/trader/dm/main,desk/trader/dm/main"
    })
    void namesThatMeanTheSameAreOneKey(String text, String canonical) {
        SessionKey key = SessionKey.parse(text);

        assertThat(key).hasToString(canonical);
        assertThat(key.stream()).isEqualTo("session/" + canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "bob",
                "dm",
                "dm/",
                "/main",
                "a/b/c/main/d",
                "a/b/c/dm/d",
                "chat/bob",
                "a//main",
                "a b/main",
                "dm/b ob",
                "dm/..%2f",
                "dm/\u0000",
                "dm/<b>",
                "tüv/main",
                "123456789012345678901234567890123/main",
                "dm/12345678901234567890123456789012345678901"
            })
    void whatHasNoneOfTheFormsIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> SessionKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session");
    }

    @Test
    void aMainSessionHasNoIdAndAnyOtherHasOne() {
        assertThatThrownBy(() -> new SessionKey("a", "b", SessionKey.Kind.MAIN, "x"))
                .hasMessageContaining("a main session needs no id");
        assertThatThrownBy(() -> new SessionKey("a", "b", SessionKey.Kind.DM, ""))
                .hasMessageContaining("a dm session needs an id");
    }

    @Property
    void theCanonicalFormReadsBackAsTheSameKey(@ForAll("keys") SessionKey key) {
        assertThat(SessionKey.parse(key.toString())).isEqualTo(key);
        assertThat(key.stream()).hasSizeLessThanOrEqualTo(128).matches("[A-Za-z0-9._:/@-]+");
    }

    @Property
    void capitalLettersAndBlanksMakeNoDifference(@ForAll("keys") SessionKey key) {
        String loud = key.toString().toUpperCase(Locale.ROOT).replace("/", " / ");

        assertThat(SessionKey.parse("  " + loud + "\t")).isEqualTo(key);
    }

    /** Whatever comes in: a key that reads back, or one kind of exception. */
    @Property
    void hostileTextIsAKeyOrRefused(@ForAll String text) {
        try {
            SessionKey key = SessionKey.parse(text);
            assertThat(SessionKey.parse(key.toString())).isEqualTo(key);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("session");
        }
    }

    @Provide
    Arbitrary<SessionKey> keys() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.of("main", "dm", "group", "thread", "default"), word("abcxyz0189._-", 32));
        Arbitrary<String> ids =
                Arbitraries.oneOf(Arbitraries.of("main", "dm", "group", "thread"), word("abcxyz0189._:@-", 40));
        return Combinators.combine(names, names, Arbitraries.of(SessionKey.Kind.class), ids)
                .as((workspace, agent, kind, id) ->
                        new SessionKey(workspace, agent, kind, kind == SessionKey.Kind.MAIN ? "" : id));
    }

    private static Arbitrary<String> word(String characters, int longest) {
        return Arbitraries.strings()
                .withChars(characters.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(longest);
    }
}
