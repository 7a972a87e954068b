/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.access.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Principal;
import org.openmcpchain.access.Scope;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.proof.CanonicalJson;
import org.osgi.framework.BundleContext;

final class StoredApiKeysTest {

    @TempDir
    private Path folder;

    private final FakeStore store = new FakeStore();
    private Path file;
    private StoredApiKeys keys;

    @BeforeEach
    void start() {
        file = folder.resolve("data").resolve("admin-api-key");
        keys = restart();
    }

    private StoredApiKeys restart() {
        return new StoredApiKeys(store, new AdminKeyFile(file), Clock.systemUTC());
    }

    @Test
    void aHostWithoutKeysWritesItsFirstOneForItsOwnerOnly() throws Exception {
        String key = Files.readString(file).trim();

        assertThat(key).matches("omk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Principal admin = keys.authenticate(key).orElseThrow();
        assertThat(admin.name()).isEqualTo("admin");
        assertThat(admin.may(Scope.RUN)).isTrue();
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aHostWithKeysWritesNone() throws Exception {
        String key = Files.readString(file).trim();
        Files.delete(file);
        keys = restart();

        assertThat(file).doesNotExist();
        assertThat(keys.authenticate(key)).isPresent();
        assertThat(keys.list()).hasSize(1);
    }

    @Test
    void aFirstKeyThatWasNotStoredIsReplacedAtTheNextStart() throws Exception {
        store.documents.clear();
        store.broken = true;
        assertCode(JournalError.JOURNAL_UNAVAILABLE, this::restart);
        String never = Files.readString(file).trim();
        store.broken = false;
        keys = restart();

        assertThat(keys.authenticate(never)).isEmpty();
        assertThat(keys.authenticate(Files.readString(file).trim())).isPresent();
    }

    @Test
    void aFirstKeyThatCannotBeShownIsNotStored() throws Exception {
        store.documents.clear();
        file = Files.writeString(folder.resolve("plain-file"), "x").resolve("admin-api-key");

        assertThatThrownBy(this::restart).isInstanceOf(UncheckedIOException.class);
        assertThat(store.documents).isEmpty();
    }

    @Test
    void anIssuedKeyOpensWhatItsScopesSay() {
        IssuedKey reader = keys.issue("dashboard", Set.of(Scope.READ), "admin");

        Principal principal = keys.authenticate(reader.key()).orElseThrow();
        assertThat(principal).isEqualTo(new Principal("dashboard", reader.info().id(), Set.of(Scope.READ)));
        assertThat(principal.may(Scope.RUN)).isFalse();
        assertThat(keys.list()).extracting(ApiKeyInfo::name).containsExactlyInAnyOrder("admin", "dashboard");
    }

    @Test
    void neitherStoreNorJournalHoldsASecret() {
        IssuedKey issued = keys.issue("bot", Set.of(Scope.RUN, Scope.READ), "admin");
        keys.revoke(issued.info().id(), "admin");
        String secret = issued.key().substring(issued.key().length() - 43);

        List<String> written = store.journal.stream()
                .map(draft -> draft.type() + CanonicalJson.of(draft.body()))
                .toList();
        assertThat(written).noneMatch(text -> text.contains(secret));
        assertThat(store.documents.values())
                .noneMatch(document -> document.body().contains(secret));
        assertThat(issued.toString()).doesNotContain(secret);
        assertThat(KeyText.parse(issued.key()).orElseThrow().toString()).doesNotContain(secret);
    }

    @Test
    void journalsWhoIssuedAndWhoRevoked() {
        IssuedKey issued = keys.issue("bot", Set.of(Scope.RUN, Scope.READ), "alice");
        keys.revoke(issued.info().id(), "bob");
        keys.revoke(issued.info().id(), "bob");

        assertThat(store.journal)
                .extracting(EntryDraft::type)
                .containsExactly("access.key-issued", "access.key-issued", "access.key-revoked");
        assertThat(CanonicalJson.of(store.journal.get(1).body()))
                .isEqualTo("{\"keyId\":\"" + issued.info().id()
                        + "\",\"name\":\"bot\",\"principal\":\"alice\",\"scopes\":[\"READ\",\"RUN\"]}");
        assertThat(store.journal.get(2).body().get("principal")).isEqualTo("bob");
        assertThat(store.journal).allMatch(draft -> draft.stream().equals("host"));
    }

    @Test
    void aRevokedKeyOpensNothingAtOnceAndAfterARestart() {
        IssuedKey issued = keys.issue("bot", Set.of(Scope.RUN), "admin");
        assertThat(keys.revoke(issued.info().id(), "admin").revoked()).isTrue();

        assertThat(keys.authenticate(issued.key())).isEmpty();
        assertThat(restart().authenticate(issued.key())).isEmpty();
    }

    @Test
    void whatWasIssuedSurvivesARestartInEveryField() {
        keys.issue("Zoë's bot", Set.of(Scope.RUN, Scope.READ), "admin");
        assertThat(restart().list()).isEqualTo(keys.list());
    }

    @Test
    void aKeyThatCouldNotBeWrittenIsNotThere() {
        store.broken = true;
        assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> keys.issue("bot", Set.of(Scope.RUN), "admin"));
        assertThat(keys.list()).hasSize(1);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Bearer x", "omk_", "omk_0000000000000000_short", "' OR '1'='1"})
    void whatIsNoKeyOpensNothing(String text) {
        assertThat(keys.authenticate(text)).isEmpty();
    }

    @Test
    void aWrongSecretOpensNothing() throws Exception {
        String key = Files.readString(file).trim();
        for (int i = 0; i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(keys.authenticate(key.substring(0, i) + other + key.substring(i + 1)))
                    .isEmpty();
        }
        assertThat(keys.authenticate("omk_0000000000000000_" + key.substring(21)))
                .isEmpty();
        assertThat(keys.authenticate(key + "x".repeat(10_000_000))).isEmpty();
    }

    @Test
    void noTwoKeysAreAlike() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            IssuedKey issued = keys.issue("bot", Set.of(Scope.RUN), "admin");
            all.add(issued.key());
            all.add(issued.info().id());
        }
        assertThat(all).hasSize(200);
    }

    @Test
    void refusesNamesAndScopesThatMeanNothing() {
        for (String name : new String[] {null, "", " ", "x".repeat(129), "a\nb", "a\u0000b", "\ud800", "a\u202eb"}) {
            assertCode(RequestError.REQUEST_INVALID, () -> keys.issue(name, Set.of(Scope.RUN), "admin"));
        }
        assertCode(RequestError.REQUEST_INVALID, () -> keys.issue("bot", Set.of(), "admin"));
        assertCode(RequestError.REQUEST_INVALID, () -> keys.issue("bot", null, "admin"));
    }

    @Test
    void refusesToRevokeWhatNobodyIssued() {
        assertCode(AccessError.KEY_UNKNOWN, () -> keys.revoke("nobody", "admin"));
        assertCode(AccessError.KEY_UNKNOWN, () -> keys.revoke(null, "admin"));
    }

    @Test
    void doesNotStartOnADocumentThatSomebodyElseWrote() {
        store.documents.put("x", new StoredDocument("api-key", "x", "{\"name\":\"x\"}", Instant.EPOCH));
        assertCode(JournalError.JOURNAL_BROKEN, this::restart);
        store.documents.put("x", new StoredDocument("api-key", "x", "{", Instant.EPOCH));
        assertCode(JournalError.JOURNAL_BROKEN, this::restart);
    }

    @Test
    void aRelativePathBeginsInTheDataFolder() {
        BundleContext context = Mockito.mock(BundleContext.class);
        KeySettings settings = Mockito.mock(KeySettings.class);
        Mockito.when(settings.adminKeyFile()).thenReturn("first-key");
        Mockito.when(context.getProperty("karaf.data"))
                .thenReturn(folder.resolve("karaf").toString());
        assertThat(new StoredApiKeys(settings, context, new FakeStore()).list()).hasSize(1);
        assertThat(folder.resolve("karaf/first-key")).exists();

        Mockito.when(context.getProperty("karaf.data")).thenReturn(null);
        Mockito.when(context.getDataFile(""))
                .thenReturn(folder.resolve("bundle").toFile());
        assertThat(new StoredApiKeys(settings, context, new FakeStore()).list()).hasSize(1);
        assertThat(folder.resolve("bundle/first-key")).exists();

        Mockito.when(settings.adminKeyFile())
                .thenReturn(folder.resolve("elsewhere/key").toString());
        assertThat(new StoredApiKeys(settings, context, new FakeStore()).list()).hasSize(1);
        assertThat(folder.resolve("elsewhere/key")).exists();
    }

    private static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                .isEqualTo(code));
    }
}
