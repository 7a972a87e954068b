/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.market.Permission;

class CatalogueReaderTest {

    private static final String ENTRY =
            SampleIndex.entry("org.example.tool", "1.2.3", "a".repeat(64), 5, SampleIndex.ROUTER);

    private final CatalogueReader reader = new CatalogueReader();

    @Test
    void readsAnEntry() {
        Entry entry = read(SampleIndex.catalogue(List.of(ENTRY)))
                .find("org.example.tool", Optional.empty())
                .orElseThrow();

        assertThat(entry.version()).hasToString("1.2.3");
        assertThat(entry.size()).isEqualTo(5);
        assertThat(entry.permissions()).containsExactly(Permission.contract("uniswap-v2.router"));
        assertThat(entry.blobPath()).isEqualTo("blobs/sha256/aa/" + "a".repeat(64));
    }

    @Test
    void anEmptyCatalogueIsACatalogue() {
        assertThat(read(SampleIndex.catalogue(List.of())).entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "not json", "{\"schema\":\"urn:other\"}", "{} {}"})
    void refusesWhatIsNoCatalogue(String text) {
        refused(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"org.example.tool\" | \"../../etc\"",
                "\"org.example.tool\" | \"Org.Example\"",
                "\"1.2.3\" | \"1.2\"",
                "\"1.2.3\" | \"latest\"",
                "\"kind\":\"tool\" | \"kind\":\"Tool!\"",
                "\"title\":\"A sample\" | \"title\":7",
                "\"size\":5 | \"size\":0",
                "\"size\":5 | \"size\":-5",
                "\"size\":5 | \"size\":5.5",
                "\"size\":5 | \"size\":\"5\"",
                "\"size\":5 | \"size\":99999999999999999999",
                "\"sha256\":\"a | \"sha256\":\"../",
                "\"sha256\":\"a | \"sha256\":\"A",
                "\"entries\":[ | \"entries\":{},\"x\":[",
                "\"kind\":\"contract\" | \"kind\":null",
                "\"title\" | \"title\":\"a\",\"title\"",
                "\"permissions\":[ | \"permissions\":7,\"x\":["
            })
    void refusesAnEntryThatIsNotExactlyRight(String from, String to) {
        String catalogue = SampleIndex.catalogue(List.of(ENTRY));
        assertThat(catalogue).contains(from);

        refused(catalogue.replace(from, to));
    }

    @Test
    void refusesAReleaseThatIsListedTwice() {
        assertThat(refused(SampleIndex.catalogue(List.of(ENTRY, ENTRY)))).contains("twice");
    }

    @Test
    void refusesEndlessTexts() {
        refused(SampleIndex.catalogue(List.of(ENTRY.replace("A sample", "a".repeat(2_000)))));
    }

    private Catalogue read(String text) {
        return reader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private String refused(String text) {
        HostException refused = catchThrowableOfType(HostException.class, () -> read(text));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.code()).isEqualTo(MarketError.MARKET_INDEX_INVALID);
        return refused.parameters().get("detail");
    }
}
