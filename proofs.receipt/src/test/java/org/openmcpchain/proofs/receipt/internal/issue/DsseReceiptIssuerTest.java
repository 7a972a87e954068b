/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.ProofError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.proofs.receipt.SampleRun;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.osgi.framework.BundleContext;

final class DsseReceiptIssuerTest {

    @TempDir
    Path temp;

    private ReceiptIssuer issuer;

    @BeforeEach
    void open() {
        issuer = TestIssuer.open(temp.resolve("keys"), SampleRun.START, 0);
    }

    @Test
    void saysTheSameOfTheSameStream() {
        assertThat(issuer.issue(SampleRun.stream(), SampleRun.ENDING))
                .isEqualTo(issuer.issue(SampleRun.stream(), SampleRun.ENDING));
    }

    @Test
    void namesRunKeyAndDigestOfTheReceipt() {
        Receipt receipt = issuer.issue(SampleRun.stream(), SampleRun.ENDING);

        assertThat(receipt.runId()).isEqualTo(SampleRun.ID);
        assertThat(receipt.keyId()).isEqualTo(issuer.keys().get(0).keyId());
        assertThat(receipt.payloadDigest()).isEqualTo(Digests.sha256(payload(receipt)));
        assertThat(receipt.envelope()).isEqualTo(CanonicalJson.of(receipt.envelope()));
        assertThat(payload(receipt)).isEqualTo(CanonicalJson.of(payload(receipt)));
    }

    @Test
    void holdsHashesAndNotWhatWasSaid() {
        String payload = payload(issuer.issue(SampleRun.stream(), SampleRun.ENDING));

        assertThat(payload)
                .contains(Digests.sha256(SampleRun.GOAL))
                .doesNotContain(SampleRun.GOAL)
                .doesNotContain("a swap is wanted")
                .doesNotContain("\\\"amount\\\"")
                .doesNotContain("0x02f8b1");
    }

    @Test
    void speaksOfEverythingThatTookPart() {
        Map<String, Object> predicate = predicate(issuer.issue(SampleRun.stream(), SampleRun.ENDING));

        assertThat((List<?>) predicate.get("inferences"))
                .as("the first question was lost in a restart")
                .hasSize(3)
                .first()
                .satisfies(asked -> assertThat(member(asked, "responseHash")).isNull());
        assertThat((List<?>) predicate.get("toolCalls"))
                .singleElement()
                .satisfies(call -> assertThat(member(call, "outcome")).isEqualTo("OK"));
        assertThat((List<?>) predicate.get("verdicts")).hasSize(4);
        assertThat((List<?>) predicate.get("approvals")).singleElement().satisfies(approval -> {
            assertThat(member(approval, "state")).isEqualTo("USED");
            assertThat(member(approval, "intentHash")).isEqualTo("99".repeat(32));
            assertThat(((Map<?, ?>) approval).get("votes"))
                    .isEqualTo(List.of(
                            Map.of("principal", "bob", "approves", "true"),
                            Map.of("principal", "carol", "approves", "true")));
        });
        assertThat((List<?>) predicate.get("signatures"))
                .singleElement()
                .satisfies(message -> assertThat(member(message, "label")).isEqualTo("permit"));
        assertThat((List<?>) predicate.get("transactions"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(member(item, "state")).isEqualTo("MINED"));
        assertThat(member(predicate.get("run"), "attempts")).isEqualTo("2");
    }

    @Test
    void takesBundlesFromTheHostAndNotFromWhatToolsReturn() {
        Map<String, Object> predicate = predicate(issuer.issue(SampleRun.stream(), SampleRun.ENDING));

        assertThat((List<?>) predicate.get("bundles"))
                .extracting(bundle -> member(bundle, "symbolicName"))
                .containsExactly("org.openmcpchain.inference.planner", "org.openmcpchain.tool.dex");
    }

    @Test
    void makesAReceiptOfTheShortestRun() {
        assertThat(predicate(issuer.issue(SampleRun.shortest(), "{}"))).containsKey("journal");
    }

    @Test
    void refusesAStreamThatIsNotWhole() {
        List<JournalEntry> whole = SampleRun.stream();
        List<UnaryOperator<List<JournalEntry>>> damages = List.of(
                list -> list.subList(1, list.size()),
                list -> without(list, 5),
                list -> replaced(list, 3, changed(list.get(3), "{\"to\":\"FAILED\"}")),
                list -> swapped(list, 2, 3),
                list -> replaced(list, 0, SampleRun.stream("another").get(0)));
        for (UnaryOperator<List<JournalEntry>> damage : damages) {
            List<JournalEntry> damaged = damage.apply(new ArrayList<>(whole));
            assertThatThrownBy(() -> issuer.issue(damaged, SampleRun.ENDING))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_BROKEN));
        }
    }

    @Test
    void refusesWhatIsNoRun() {
        assertThatThrownBy(() -> issuer.issue(List.of(), "{}"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.STREAM_UNKNOWN));
        assertThatThrownBy(() -> issuer.issue(SampleRun.stream(""), "{}"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.STREAM_UNKNOWN));
        assertThatThrownBy(() -> issuer.issue(SampleRun.stream(), "no json"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(ProofError.JSON_NOT_CANONICAL));
    }

    @Test
    void listsTheCurrentKeyFirst() {
        ReceiptIssuer later = TestIssuer.open(temp.resolve("keys"), SampleRun.START.plusSeconds(200_000), 1);

        assertThat(later.keys()).extracting(ReceiptKey::current).containsExactly(true, false);
        assertThat(later.keys().get(1).keyId()).isEqualTo(issuer.keys().get(0).keyId());
        assertThat(later.keys().get(1).publicKey()).contains("Retired: ", "-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void keepsItsKeysInTheDataFolderOfTheServerUnlessToldOtherwise() {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> method.getName().equals("getProperty")
                        ? temp.resolve("data").toString()
                        : null);

        new DsseReceiptIssuer(settings(""), context);
        new DsseReceiptIssuer(settings(temp.resolve("elsewhere").toString()), context);

        assertThat(temp.resolve("data/keys/current.pem")).exists();
        assertThat(temp.resolve("elsewhere/current.pem")).exists();
    }

    private static IssuerSettings settings(String folder) {
        return new IssuerSettings() {
            @Override
            public String keyDirectory() {
                return folder;
            }

            @Override
            public int keyLifetimeDays() {
                return 0;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return IssuerSettings.class;
            }
        };
    }

    private static String payload(Receipt receipt) {
        String base64 = (String) Json.object(receipt.envelope()).get("payload");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> predicate(Receipt receipt) {
        return (Map<String, Object>) Json.object(payload(receipt)).get("predicate");
    }

    private static String member(Object object, String name) {
        return (String) ((Map<?, ?>) object).get(name);
    }

    private static List<JournalEntry> without(List<JournalEntry> list, int index) {
        list.remove(index);
        return list;
    }

    private static List<JournalEntry> replaced(List<JournalEntry> list, int index, JournalEntry entry) {
        list.set(index, entry);
        return list;
    }

    private static List<JournalEntry> swapped(List<JournalEntry> list, int first, int second) {
        JournalEntry entry = list.get(first);
        list.set(first, list.get(second));
        list.set(second, entry);
        return list;
    }

    private static JournalEntry changed(JournalEntry entry, String body) {
        return new JournalEntry(
                entry.stream(), entry.seq(), entry.at(), entry.type(), body, entry.previous(), entry.hash());
    }
}
