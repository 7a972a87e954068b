/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.proofs.receipt.SampleRun;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.issue.TestIssuer;

/** Statements that are signed by the right key and whose digests fit, but whose sections do not say the same thing. */
final class LyingHostTest {

    private static final String PREDICATE = "payload: predicate.";

    @TempDir
    Path temp;

    private Map<String, Object> statement;
    private ReceiptVerifier verifier;

    @BeforeEach
    void issue() {
        ReceiptIssuer issuer = TestIssuer.open(temp, SampleRun.START, 0);
        Map<String, Object> envelope =
                Json.object(issuer.issue(SampleRun.stream(), SampleRun.ENDING).envelope());
        byte[] payload = Base64.getDecoder().decode((String) envelope.get("payload"));
        statement = Json.object(new String(payload, StandardCharsets.UTF_8));
        verifier = ReceiptVerifier.trusting(
                TrustedKeys.of(issuer.keys().stream().map(ReceiptKey::publicKey).toList()));
    }

    @Test
    void verifiesWhenItTellsTheTruth() {
        assertThat(failedParts()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void findsTheLie(String what, Consumer<LyingHostTest> lie, String part) {
        lie.accept(this);

        assertThat(failedParts()).as(what).containsExactly(part);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("a verdict is left out", test -> test.list("verdicts").remove(1), PREDICATE + "verdicts"),
                lie("an approval is left out", test -> test.list("approvals").clear(), PREDICATE + "approvals"),
                lie("an inference is left out", test -> test.list("inferences").remove(0), PREDICATE + "inferences"),
                lie(
                        "a tool call is invented",
                        test -> test.list("toolCalls").add(Map.of("tool", "dex_swap", "entries", List.of("99"))),
                        PREDICATE + "toolCalls"),
                lie(
                        "a tool call is there twice",
                        test -> test.list("toolCalls")
                                .add(test.list("toolCalls").get(0)),
                        PREDICATE + "toolCalls"),
                lie("a bundle is left out", test -> test.list("bundles").remove(0), PREDICATE + "bundles"),
                lie(
                        "a bundle is there twice",
                        test -> test.list("bundles").add(test.list("bundles").get(1)),
                        PREDICATE + "bundles"),
                lie("the run ended well", test -> test.section("run").put("state", "FAILED"), PREDICATE + "run"),
                lie(
                        "the run ended earlier",
                        test -> test.section("run").put("lastEntryAt", "2026-11-20T00:00:00Z"),
                        PREDICATE + "run"),
                lie("the run is another", test -> test.section("run").put("id", "another"), PREDICATE + "run"),
                lie(
                        "a state of the run is left out",
                        test -> test.section("run").put("entries", List.of("1")),
                        PREDICATE + "run"),
                lie(
                        "the journal is shorter",
                        test -> test.section("journal").put("entries", "3"),
                        PREDICATE + "journal"),
                lie(
                        "the journal begins elsewhere",
                        test -> test.section("journal").put("firstHash", "00".repeat(32)),
                        PREDICATE + "journal"),
                lie("the subject is another run", test -> test.statement.put("subject", List.of()), "payload: subject"),
                lie(
                        "the algorithm is another",
                        test -> test.section("issuer").put("algorithm", "none"),
                        PREDICATE + "issuer"),
                lie("the issuer is another", test -> test.section("issuer").put("keyId", "00".repeat(32)), "keyid"),
                lie(
                        "the predicate is of another type",
                        test -> test.statement.put("predicateType", "https://example.org/other"),
                        "payload: predicateType"),
                lie(
                        "the statement is of another version",
                        test -> test.statement.put("_type", "https://in-toto.io/Statement/v0.1"),
                        "payload: _type"),
                lie(
                        "a section is called as the subject is",
                        test -> test.predicate().put("root", "x"),
                        PREDICATE + "root"));
    }

    @Test
    void findsATransactionThatIsNotInTheSubject() {
        list("transactions").remove(1);

        assertThat(failedParts()).containsExactlyInAnyOrder("payload: subject", PREDICATE + "transactions");
    }

    @Test
    void takesSectionsOfLaterVersions() {
        predicate().put("reviews", List.of(Map.of("who", "admin")));

        assertThat(failedParts()).isEmpty();
    }

    private static Arguments lie(String what, Consumer<LyingHostTest> lie, String part) {
        return Arguments.of(what, lie, part);
    }

    private List<String> failedParts() {
        predicate().remove("digests");
        byte[] receipt = TestIssuer.lie(temp, new LinkedHashMap<>(statement)).getBytes(StandardCharsets.UTF_8);
        return verifier.verify(receipt, SampleRun.START.plusSeconds(3600)).failedParts();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> predicate() {
        return (Map<String, Object>) statement.get("predicate");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> section(String name) {
        return (Map<String, Object>) predicate().get(name);
    }

    @SuppressWarnings("unchecked")
    private List<Object> list(String name) {
        return (List<Object>) predicate().get(name);
    }
}
