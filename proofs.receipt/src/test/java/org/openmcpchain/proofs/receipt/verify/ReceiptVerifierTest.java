/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.proofs.receipt.SampleRun;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.format.Pem;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;
import org.openmcpchain.proofs.receipt.internal.issue.TestIssuer;

final class ReceiptVerifierTest {

    private static final Instant LATER = SampleRun.START.plusSeconds(3600);
    /** The order of the group. Source: RFC 8032, section 5.1. */
    private static final BigInteger ORDER =
            new BigInteger("7237005577332262213973186563042994240857116359379907606001950938285454250989");

    @TempDir
    Path temp;

    private ReceiptIssuer issuer;
    private String receipt;

    @BeforeEach
    void issue() {
        issuer = TestIssuer.open(temp.resolve("keys"), SampleRun.START, 0);
        receipt = issuer.issue(SampleRun.stream(), SampleRun.ENDING).envelope();
    }

    @Test
    void tellsWhatAReceiptStatesAndWhatItDoesNotProve() {
        Verification verification = verifier(issuer).verify(bytes(receipt), LATER);

        assertThat(verification.verified()).isTrue();
        assertThat(verification.facts())
                .containsEntry("run", SampleRun.ID)
                .containsEntry("state", "SUCCEEDED")
                .containsEntry("tools", "dex_swap OK")
                .containsEntry("models", "deterministic planner rules-1")
                .containsEntry("verdicts", "ALLOW known-network");
        assertThat(verification.notProven()).anyMatch(line -> line.contains("model"));
        assertThat(verification.checks())
                .extracting(Verification.Check::part)
                .startsWith("envelope", "payloadType")
                .endsWith("signature");
    }

    @Test
    void verifiesTheShortestRun() {
        String shortest = issuer.issue(SampleRun.shortest(), "{}").envelope();

        assertThat(verifier(issuer).verify(bytes(shortest), LATER).failedParts())
                .isEmpty();
    }

    @Test
    void doesNotMindHowTheEnvelopeIsLaidOut() {
        String spaced = receipt.replace("\",\"", "\" ,\n \"");

        assertThat(verifier(issuer).verify(bytes(spaced), LATER).verified()).isTrue();
    }

    @Test
    void believesOnlyTrustedKeys() {
        ReceiptIssuer stranger = TestIssuer.open(temp.resolve("stranger"), SampleRun.START, 0);

        assertThat(verifier(stranger).verify(bytes(receipt), LATER).failedParts())
                .containsExactly("keyid", "signature");
        assertThat(verifier(issuer)
                        .verify(
                                bytes(stranger.issue(SampleRun.stream(), SampleRun.ENDING)
                                        .envelope()),
                                LATER)
                        .failedParts())
                .containsExactly("keyid", "signature");
    }

    @Test
    void doesNotLetATrustedKeySignInTheNameOfAnother() {
        ReceiptIssuer other = TestIssuer.open(temp.resolve("other"), SampleRun.START, 0);
        Map<String, Object> mixed = new LinkedHashMap<>(Json.object(receipt));
        mixed.put(
                "signatures",
                Json.object(other.issue(SampleRun.stream(), SampleRun.ENDING).envelope())
                        .get("signatures"));

        assertThat(verifier(issuer, other)
                        .verify(bytes(CanonicalJson.of(mixed)), LATER)
                        .failedParts())
                .containsExactly("keyid", "signature");
    }

    @Test
    void verifiesOldReceiptsAfterTheKeyWasChanged() throws Exception {
        ReceiptIssuer changed = TestIssuer.open(temp.resolve("keys"), SampleRun.START.plus(Duration.ofDays(40)), 30);
        String fresh = changed.issue(SampleRun.stream(), SampleRun.ENDING).envelope();
        TrustedKeys keys = TrustedKeys.read(List.of(temp.resolve("keys/public")));

        assertThat(keys.keyIds()).hasSize(2);
        assertThat(ReceiptVerifier.trusting(keys).verify(bytes(receipt), LATER).verified())
                .isTrue();
        assertThat(ReceiptVerifier.trusting(keys).verify(bytes(fresh), LATER).verified())
                .isTrue();
    }

    @Test
    void refusesAReceiptThatIsYoungerThanTheRetirementOfItsKey() throws Exception {
        Path file = temp.resolve("retired.pem");
        Files.writeString(
                file,
                "Retired: " + SampleRun.START.minusSeconds(1) + "\n"
                        + issuer.keys().get(0).publicKey());

        assertThat(ReceiptVerifier.trusting(TrustedKeys.read(List.of(file)))
                        .verify(bytes(receipt), LATER)
                        .failedParts())
                .containsExactly("keyid");
    }

    @Test
    void refusesAReceiptFromTheFuture() {
        assertThat(verifier(issuer).verify(bytes(receipt), SampleRun.START).failedParts())
                .containsExactly("payload: predicate.run");
    }

    @Test
    void wantsEverySignatureToBeGood() throws Exception {
        KeyPair second = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = Pem.write("PUBLIC KEY", second.getPublic().getEncoded());
        String good = withSecond(Digests.sha256(second.getPublic().getEncoded()), sign(second));
        String bad = withSecond(Digests.sha256(second.getPublic().getEncoded()), new byte[64]);
        ReceiptVerifier both = ReceiptVerifier.trusting(
                TrustedKeys.of(List.of(issuer.keys().get(0).publicKey(), pem)));

        assertThat(both.verify(bytes(good), LATER).failedParts()).isEmpty();
        assertThat(both.verify(bytes(bad), LATER).failedParts()).containsExactly("signature 2");
        assertThat(verifier(issuer).verify(bytes(good), LATER).failedParts()).containsExactly("keyid 2", "signature 2");
    }

    @Test
    void doesNotCountTheSameSignatureTwice() {
        Map<?, ?> signature = (Map<?, ?>) ((List<?>) Json.object(receipt).get("signatures")).get(0);

        String twice =
                withSecond((String) signature.get("keyid"), Base64.getDecoder().decode((String) signature.get("sig")));

        assertThat(verifier(issuer).verify(bytes(twice), LATER).failedParts()).containsExactly("keyid 2");
    }

    @Test
    void refusesTheOtherFormOfTheSameSignature() {
        Map<String, Object> envelope = Json.object(receipt);
        Map<?, ?> signature = (Map<?, ?>) ((List<?>) envelope.get("signatures")).get(0);
        byte[] bytes = Base64.getDecoder().decode((String) signature.get("sig"));
        byte[] s = Arrays.copyOfRange(bytes, 32, 64);
        byte[] other = littleEndian(new BigInteger(1, reversed(s)).add(ORDER));
        System.arraycopy(other, 0, bytes, 32, 32);
        Map<String, Object> changed = new LinkedHashMap<>(envelope);
        changed.put(
                "signatures",
                List.of(Map.of(
                        "keyid",
                        signature.get("keyid"),
                        "sig",
                        Base64.getEncoder().encodeToString(bytes))));

        assertThat(verifier(issuer)
                        .verify(bytes(CanonicalJson.of(changed)), LATER)
                        .failedParts())
                .containsExactly("signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{}{}",
                "{\"payload\":1,\"payloadType\":2,\"signatures\":3}",
                "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[]}",
                "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[1]}",
                "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[{\"keyid\":1,\"sig\":2}]}",
                "{\"payload\":\"e30=\",\"payloadType\":\"\",\"signatures\":[{\"keyid\":\"\",\"sig\":\"\"}]}",
                "// comment\n{}",
                "{'payload':''}",
            })
    void saysNoToWhatIsNoReceipt(String text) {
        Verification verification = verifier(issuer).verify(bytes(text), LATER);

        assertThat(verification.verified()).isFalse();
        assertThat(verification.failedParts()).isNotEmpty();
    }

    @Test
    void saysNoToBytesThatAreNoText() {
        assertThat(verifier(issuer)
                        .verify(new byte[] {(byte) 0xc3, 0x28}, LATER)
                        .failedParts())
                .containsExactly("envelope");
    }

    @Test
    void refusesWhatNobodySigned() {
        String extra = receipt.replaceFirst("\\{", "{\"added\":\"x\",");
        String inSignature = receipt.replace("\"keyid\"", "\"added\":\"x\",\"keyid\"");

        assertThat(verifier(issuer).verify(bytes(extra), LATER).failedParts()).containsExactly("envelope");
        assertThat(verifier(issuer).verify(bytes(inSignature), LATER).failedParts())
                .containsExactly("signature");
    }

    @Test
    void refusesDuplicateNames() {
        String twice = receipt.replaceFirst("\\{", "{\"payloadType\":\"application/vnd.in-toto+json\",");
        assertThat(verifier(issuer).verify(bytes(twice), LATER).failedParts()).containsExactly("envelope");

        String payload = payload().replaceFirst("\\{", "{\"_type\":\"x\",");
        assertThat(verifier(issuer).verify(bytes(withPayload(payload)), LATER).failedParts())
                .contains("payload: json", "signature");
    }

    @Test
    void refusesAPayloadThatIsNotCanonical() {
        assertThat(verifier(issuer)
                        .verify(bytes(withPayload(payload() + " ")), LATER)
                        .failedParts())
                .containsExactly("payload: json", "signature");
        assertThat(verifier(issuer).verify(bytes(withPayload("null")), LATER).failedParts())
                .containsExactly("payload: json", "signature");
    }

    @Test
    void refusesTruncatedReceiptsAtEveryLength() {
        for (int length = 0; length < receipt.length(); length += 97) {
            assertThat(verifier(issuer)
                            .verify(bytes(receipt.substring(0, length)), LATER)
                            .verified())
                    .isFalse();
        }
    }

    @Test
    void refusesHugeAndDeepReceipts() {
        byte[] huge = new byte[ReceiptVerifier.MAX_BYTES + 1];
        Arrays.fill(huge, (byte) ' ');
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        assertThat(verifier(issuer).verify(huge, LATER).failedParts()).containsExactly("envelope");
        assertThat(verifier(issuer).verify(bytes(deep), LATER).failedParts()).containsExactly("envelope");
        assertThat(verifier(issuer).verify(bytes(withPayload(deep)), LATER).failedParts())
                .containsExactly("payload: json", "signature");
    }

    @Test
    void doesNotLetAReceiptSteerATerminal() {
        Map<String, Object> statement = Json.object(payload());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("id", "\u001b[2J\u202eevil\n");
        statement.put("predicate", Map.of("run", run));

        String shown = verifier(issuer)
                .verify(bytes(withPayload(CanonicalJson.of(statement))), LATER)
                .facts()
                .get("run");

        assertThat(shown).isEqualTo("\ufffd[2J\ufffdevil\ufffd");
    }

    private static ReceiptVerifier verifier(ReceiptIssuer... issuers) {
        return ReceiptVerifier.trusting(TrustedKeys.of(Stream.of(issuers)
                .flatMap(one -> one.keys().stream())
                .map(ReceiptKey::publicKey)
                .toList()));
    }

    private String payload() {
        String base64 = (String) Json.object(receipt).get("payload");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private String withPayload(String payload) {
        Map<String, Object> changed = new LinkedHashMap<>(Json.object(receipt));
        changed.put("payload", Base64.getEncoder().encodeToString(bytes(payload)));
        return CanonicalJson.of(changed);
    }

    private String withSecond(String keyId, byte[] signature) {
        Map<String, Object> envelope = new LinkedHashMap<>(Json.object(receipt));
        Object first = ((List<?>) envelope.get("signatures")).get(0);
        envelope.put(
                "signatures",
                List.of(first, Map.of("keyid", keyId, "sig", Base64.getEncoder().encodeToString(signature))));
        return CanonicalJson.of(envelope);
    }

    private byte[] sign(KeyPair pair) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(ReceiptFormat.preAuthentication(bytes(payload())));
        return signature.sign();
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, big.length);
        System.arraycopy(big, big.length - length, fixed, 32 - length, length);
        return reversed(fixed);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
