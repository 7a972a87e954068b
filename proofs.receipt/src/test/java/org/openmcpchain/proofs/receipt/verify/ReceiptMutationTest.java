/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.proofs.receipt.SampleRun;
import org.openmcpchain.proofs.receipt.internal.format.Json;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;
import org.openmcpchain.proofs.receipt.internal.issue.TestIssuer;

/** Changes every single value of a receipt, one at a time, and expects the verifier to say no and to name it. */
final class ReceiptMutationTest {

    private static final String PREDICATE = "payload: predicate.";

    @TempDir
    Path temp;

    private Map<String, Object> envelope;
    private ReceiptVerifier verifier;

    /** A place in a JSON tree: names and indexes from the top down. */
    private record Place(List<Object> path) {

        /** The part that a verifier must name when something at this place is not as it was. */
        String part() {
            if (!path.get(0).equals("predicate") || path.size() == 1) {
                return path.get(0).equals("predicate") ? "payload: json" : "payload: " + path.get(0);
            }
            return path.get(1).equals("digests") && path.size() > 2
                    ? PREDICATE + "digests." + path.get(2)
                    : PREDICATE + path.get(1);
        }
    }

    @BeforeEach
    void issue() {
        ReceiptIssuer issuer = TestIssuer.open(temp.resolve("keys"), SampleRun.START, 0);
        envelope =
                Json.object(issuer.issue(SampleRun.stream(), SampleRun.ENDING).envelope());
        verifier = ReceiptVerifier.trusting(
                TrustedKeys.of(issuer.keys().stream().map(ReceiptKey::publicKey).toList()));
    }

    @Test
    void saysYesToWhatNobodyChanged() {
        Verification verification = verify(envelope);

        assertThat(verification.failedParts()).isEmpty();
        assertThat(verification.verified()).isTrue();
    }

    @Test
    void namesEachValueOfThePayloadThatWasChanged() {
        List<Place> places = places();
        assertThat(places).as("the sample is large enough to mean something").hasSizeGreaterThan(250);
        for (Place place : places) {
            assertNamed(place, mutate(place, ReceiptMutationTest::flipped), "flipped");
            assertNamed(place, mutate(place, value -> null), "removed");
            assertNamed(place, mutate(place, value -> Boolean.TRUE), "another type");
        }
    }

    @Test
    void namesEachObjectThatWasAddedTo() {
        for (Place place : objects()) {
            Map<String, Object> statement = statement();
            map(at(statement, place.path())).put("added", "x");

            Verification verification = verify(with(statement));

            String part = place.path().isEmpty()
                    ? "payload: json"
                    : place.path().equals(List.of("predicate"))
                            ? PREDICATE + "added"
                            : place.path().equals(List.of("predicate", "digests")) ? PREDICATE + "added" : place.part();
            assertThat(verification.verified()).isFalse();
            assertThat(verification.failedParts()).as("added to " + place).contains(part, "signature");
        }
    }

    @Test
    void namesEachListThatWasShortenedOrReordered() {
        for (Place place : lists()) {
            Map<String, Object> shortened = statement();
            list(at(shortened, place.path())).remove(0);
            assertThat(verify(with(shortened)).failedParts()).contains(place.part(), "signature");

            Map<String, Object> turned = statement();
            java.util.Collections.reverse(list(at(turned, place.path())));
            if (!turned.equals(statement())) {
                assertThat(verify(with(turned)).failedParts()).contains(place.part(), "signature");
            }
        }
    }

    @Test
    void namesNumbersAndNullsByTheirPlace() {
        String payload = payloadText().replace("\"attempts\":\"2\"", "\"attempts\":2");
        assertThat(verify(withPayload(payload)).failedParts()).contains("payload: predicate.run.attempts", "signature");

        String nothing = payloadText().replace("\"attempts\":\"2\"", "\"attempts\":null");
        assertThat(verify(withPayload(nothing)).failedParts()).contains("payload: predicate.run.attempts");
    }

    @Test
    void findsAForgerWhoMakesTheDigestsAnew() {
        for (Place place : places()) {
            Map<String, Object> statement = mutate(place, ReceiptMutationTest::flipped);
            if (place.path().get(0).equals("predicate") && place.path().size() > 1) {
                Map<String, Object> predicate = map(statement.get("predicate"));
                Map<String, String> digests = ReceiptFormat.sectionDigests(statement.get("subject"), predicate);
                digests.put("root", ReceiptFormat.root(digests));
                predicate.put("digests", new TreeMap<String, Object>(digests));
            }
            if (!statement.equals(statement())) {
                assertThat(verify(with(statement)).failedParts())
                        .as("forged at " + place)
                        .contains("signature");
            }
        }
    }

    @Test
    void namesThePayloadTypeForEachOfItsCharacters() {
        String type = (String) envelope.get("payloadType");
        for (int i = 0; i < type.length(); i++) {
            assertThat(verify(envelopeWith("payloadType", flipped(type, i))).failedParts())
                    .containsExactly("payloadType");
        }
        assertThat(verify(envelopeWith("payloadType", "")).failedParts()).containsExactly("payloadType");
    }

    @Test
    void namesTheSignatureForEachOfItsCharacters() {
        String signature = (String) signature().get("sig");
        for (int i = 0; i < signature.length(); i++) {
            assertThat(verify(signedWith("sig", flipped(signature, i))).failedParts())
                    .containsExactly("signature");
        }
        assertThat(verify(signedWith("sig", "")).failedParts()).containsExactly("signature");
        assertThat(verify(signedWith("sig", signature + "AAAA")).failedParts()).containsExactly("signature");
    }

    @Test
    void namesTheKeyIdForEachOfItsCharacters() {
        String keyId = (String) signature().get("keyid");
        for (int i = 0; i < keyId.length(); i++) {
            assertThat(verify(signedWith("keyid", flipped(keyId, i))).failedParts())
                    .containsExactly("keyid");
        }
        assertThat(verify(signedWith("keyid", "")).failedParts()).containsExactly("keyid");
    }

    @Test
    void saysNoForEachCharacterOfThePayloadsBase64() {
        String payload = (String) envelope.get("payload");
        for (int i = 0; i < payload.length(); i += 7) {
            Verification verification = verify(envelopeWith("payload", flipped(payload, i)));
            assertThat(verification.verified()).isFalse();
            assertThat(verification.failedParts()).anyMatch(part -> part.startsWith("payload: "));
        }
    }

    private void assertNamed(Place place, Map<String, Object> statement, String how) {
        if (statement.equals(statement())) {
            return;
        }
        Verification verification = verify(with(statement));
        assertThat(verification.verified()).isFalse();
        assertThat(verification.failedParts()).as(how + " at " + place).contains(place.part(), "signature");
    }

    // ---- places

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        walk(statement(), List.of(), places, new ArrayList<>(), new ArrayList<>());
        return places;
    }

    private List<Place> objects() {
        List<Place> objects = new ArrayList<>();
        walk(statement(), List.of(), new ArrayList<>(), objects, new ArrayList<>());
        return objects;
    }

    private List<Place> lists() {
        List<Place> lists = new ArrayList<>();
        walk(statement(), List.of(), new ArrayList<>(), new ArrayList<>(), lists);
        return lists;
    }

    private static void walk(
            Object node, List<Object> path, List<Place> values, List<Place> objects, List<Place> lists) {
        if (node instanceof Map<?, ?> map) {
            objects.add(new Place(path));
            map.forEach((name, value) -> walk(value, plus(path, name), values, objects, lists));
        } else if (node instanceof List<?> list) {
            lists.add(new Place(path));
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), plus(path, i), values, objects, lists);
            }
        } else {
            values.add(new Place(path));
        }
    }

    private static List<Object> plus(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    private static Object at(Object root, List<Object> path) {
        Object node = root;
        for (Object step : path) {
            node = step instanceof Integer index
                    ? list(node).get(index)
                    : map(node).get(step);
        }
        return node;
    }

    // ---- changes

    private Map<String, Object> mutate(Place place, java.util.function.UnaryOperator<Object> change) {
        Map<String, Object> statement = statement();
        List<Object> path = place.path();
        Object parent = at(statement, path.subList(0, path.size() - 1));
        Object step = path.get(path.size() - 1);
        if (step instanceof Integer index) {
            Object changed = change.apply(list(parent).get(index));
            if (changed == null) {
                list(parent).remove(index.intValue());
            } else {
                list(parent).set(index, changed);
            }
        } else {
            Object changed = change.apply(map(parent).get(step));
            if (changed == null) {
                map(parent).remove(step);
            } else {
                map(parent).put((String) step, changed);
            }
        }
        return statement;
    }

    private static Object flipped(Object value) {
        String text = String.valueOf(value);
        return text.isEmpty() ? "x" : flipped(text, text.length() / 2);
    }

    private static String flipped(String text, int index) {
        char c = text.charAt(index);
        return text.substring(0, index) + (c == 'A' ? 'B' : 'A') + text.substring(index + 1);
    }

    private Map<String, Object> statement() {
        return Json.object(payloadText());
    }

    private String payloadText() {
        return new String(Base64.getDecoder().decode((String) envelope.get("payload")), StandardCharsets.UTF_8);
    }

    private Map<String, Object> with(Map<String, Object> statement) {
        return withPayload(CanonicalJson.of(statement));
    }

    private Map<String, Object> withPayload(String payload) {
        return envelopeWith("payload", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, Object> envelopeWith(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(envelope);
        changed.put(name, value);
        return changed;
    }

    private Map<String, Object> signature() {
        return map(list(envelope.get("signatures")).get(0));
    }

    private Map<String, Object> signedWith(String name, String value) {
        Map<String, Object> changed = new LinkedHashMap<>(signature());
        changed.put(name, value);
        return envelopeWith("signatures", List.of(changed));
    }

    private Verification verify(Map<String, Object> changed) {
        byte[] bytes = CanonicalJson.of(changed).getBytes(StandardCharsets.UTF_8);
        return verifier.verify(bytes, SampleRun.START.plusSeconds(3600));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
