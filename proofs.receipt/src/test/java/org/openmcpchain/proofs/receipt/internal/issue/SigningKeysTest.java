/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;
import org.openmcpchain.proofs.receipt.internal.format.PublicKeyFile;

final class SigningKeysTest {

    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

    @TempDir
    Path temp;

    @Test
    void makesAKeyThatOnlyItsOwnerCanRead() throws IOException {
        SigningKeys keys = open(DAY, 0);

        Path folder = temp.resolve("keys");
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("current.pem"))).isEqualTo("rw-------");
        assertThat(folder.resolve("public/" + keys.current().keyId() + ".pem")).exists();
        assertThat(Files.readString(folder.resolve("public/" + keys.current().keyId() + ".pem")))
                .contains("Created: 2026-11-20T00:00:00Z")
                .contains("PUBLIC KEY")
                .doesNotContain("PRIVATE");
    }

    @Test
    void keepsItsKeyAcrossStarts() {
        String first = open(DAY, 0).current().keyId();

        SigningKeys again = open(DAY.plus(Duration.ofDays(5000)), 0);

        assertThat(again.current().keyId()).isEqualTo(first);
        assertThat(again.former()).isEmpty();
    }

    @Test
    void changesAKeyThatHasLivedItsTimeAndKeepsThePublicHalf() {
        String first = open(DAY, 30).current().keyId();
        assertThat(open(DAY.plus(Duration.ofDays(30)), 30).current().keyId()).isEqualTo(first);

        SigningKeys changed = open(DAY.plus(Duration.ofDays(31)), 30);
        SigningKeys third = open(DAY.plus(Duration.ofDays(62)), 30);

        assertThat(changed.current().keyId()).isNotEqualTo(first);
        assertThat(third.former())
                .extracting(PublicKeyFile::keyId)
                .containsExactly(changed.current().keyId(), first);
        assertThat(third.former().get(1).retiredAt()).contains(DAY.plus(Duration.ofDays(31)));
        assertThat(third.former().get(1).createdAt()).contains(DAY);
    }

    @Test
    void changesTheKeyByHand() throws IOException {
        String first = open(DAY, 0).current().keyId();
        Files.delete(temp.resolve("keys/current.pem"));

        SigningKeys changed = open(DAY.plusSeconds(60), 0);

        assertThat(changed.current().keyId()).isNotEqualTo(first);
        assertThat(changed.former()).extracting(PublicKeyFile::keyId).containsExactly(first);
    }

    @Test
    void bringsBackALostPublicHalf() throws IOException {
        SigningKeys keys = open(DAY, 0);
        Path half = temp.resolve("keys/public/" + keys.current().keyId() + ".pem");
        Files.delete(half);

        open(DAY, 0);

        assertThat(half).exists();
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        open(DAY, 0);
        Files.setPosixFilePermissions(temp.resolve("keys/current.pem"), PosixFilePermissions.fromString("rw-r-----"));

        assertUnusable("others than its owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    void refusesADamagedKey(String text) throws IOException {
        open(DAY, 0);
        Files.writeString(temp.resolve("keys/current.pem"), text);

        assertUnusable("");
    }

    @Test
    void refusesHalvesOfDifferentKeys() throws IOException {
        open(DAY, 0);
        SigningKeys other = SigningKeys.open(temp.resolve("other"), Duration.ZERO, at(DAY));
        Path current = temp.resolve("keys/current.pem");
        String secret = Files.readString(current).split("Created")[0];
        Files.writeString(current, secret + other.current().pem());

        assertUnusable("do not fit");
    }

    @Test
    void refusesAFolderThatIsNone() throws IOException {
        Files.writeString(temp.resolve("keys"), "a file");

        assertUnusable("key folder");
    }

    @Test
    void refusesKeyFilesThatAreTooLarge() throws IOException {
        open(DAY, 0);
        Files.writeString(temp.resolve("keys/public/big.pem"), "x".repeat(70_000));

        assertUnusable("key folder");
    }

    private void assertUnusable(String detail) {
        assertThatThrownBy(() -> open(DAY, 0)).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(ProofError.PROOF_KEY_UNUSABLE);
            assertThat(e.parameters().get("detail")).contains(detail);
            assertThat(e.getMessage()).doesNotContain(temp.toString());
        });
    }

    private SigningKeys open(Instant now, int days) {
        return SigningKeys.open(temp.resolve("keys"), Duration.ofDays(days), at(now));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
