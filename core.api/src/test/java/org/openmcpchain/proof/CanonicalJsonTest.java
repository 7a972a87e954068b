/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;
import org.openmcpchain.run.RunState;

final class CanonicalJsonTest {

    private static final Path VECTORS = Path.of("..", "..", "shared", "vectors", "jcs");

    @Test
    void givesWhatThePublishedVectorsOfRfc8785Expect() throws IOException {
        boolean present = Files.isDirectory(VECTORS);
        if (!present) {
            System.out.println("skipped: the test vectors are not at " + VECTORS);
            assertThat(System.getenv("CI")).as("CI must have the vectors").isNotEqualTo("true");
        }
        Assumptions.assumeTrue(present, "the test vectors are absent");
        int seen = 0;
        try (Stream<Path> inputs = Files.list(VECTORS.resolve("input"))) {
            for (Path input : inputs.toList()) {
                String expected = Files.readString(VECTORS.resolve("output").resolve(input.getFileName()));
                assertThat(CanonicalJson.of(Files.readString(input)))
                        .as(input.toString())
                        .isEqualTo(expected);
                seen++;
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(4);
    }

    @Test
    void writesNumbersAsRfc8785Does() {
        assertThat(CanonicalJson.of("{\"n\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0,1.0]}"))
                .isEqualTo("{\"n\":[333333333.3333333,1e+30,4.5,0.002,1e-27,0,1]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "3",
                "\"text\"",
                "null",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":NaN}",
                "{\"a\":1e999}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ud800\\n\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800\\ud800\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\uzzzz\"}",
                "{\"\ud800\":1}",
                "{\"a\":\"\\"
            })
    void refusesWhatHasNoCanonicalForm(String json) {
        assertNotCanonical(() -> CanonicalJson.of(json));
    }

    @Test
    void takesSurrogatesThatAreAPairHoweverTheyAreWritten() {
        String expected = "{\"a\":\"🦊\"}";
        assertThat(CanonicalJson.of("{\"a\":\"\\ud83e\\udd8a\"}")).isEqualTo(expected);
        assertThat(CanonicalJson.of(expected)).isEqualTo(expected);
    }

    @Test
    void bracketsWithinTextsAreNoNesting() {
        String json = "{\"a\":\"" + "[{".repeat(1000) + "\\\"\"}";
        assertThat(CanonicalJson.of(json)).isEqualTo(json);
    }

    @Test
    void refusesWhatIsNestedTooDeeplyInsteadOfOverflowing() {
        String deep = "[".repeat(64) + "]".repeat(64);
        assertThat(CanonicalJson.of(deep)).isEqualTo(deep);
        assertNotCanonical(() -> CanonicalJson.of("[" + deep + "]"));
        assertNotCanonical(() -> CanonicalJson.of("[".repeat(1_000_000)));

        Map<String, Object> map = new HashMap<>();
        Map<String, Object> inner = map;
        for (int i = 1; i < 64; i++) {
            Map<String, Object> next = new HashMap<>();
            inner.put("a", next);
            inner = next;
        }
        assertThat(CanonicalJson.of(CanonicalJson.of(map))).isEqualTo(CanonicalJson.of(map));
        inner.put("a", List.of());
        assertNotCanonical(() -> CanonicalJson.of(map));
    }

    @Test
    void writesWholeNumbersOfAMapAsTexts() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", BigInteger.TWO.pow(256));
        map.put("a", 7);
        map.put("b", Long.MIN_VALUE);
        map.put("c", true);
        map.put("d", RunState.RUNNING);
        map.put("e", new StringBuilder("x\"\\\b\t\n\f\r\u0000\u001f/"));
        map.put("f", null);
        map.put("g", List.of(Map.of(), List.of(), 1));
        assertThat(CanonicalJson.of(map))
                .isEqualTo("{\"a\":\"7\",\"b\":\"-9223372036854775808\",\"c\":true,\"d\":\"RUNNING\","
                        + "\"e\":\"x\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f/\",\"g\":[{},[],\"1\"],"
                        + "\"z\":\"" + BigInteger.TWO.pow(256) + "\"}");
    }

    @Test
    void refusesValuesOfAMapThatAreNoneOfThose() {
        for (Object value : new Object[] {1.5, 1f, BigDecimal.ONE, new byte[0], new Object(), Arrays.asList(1, null)}) {
            assertNotCanonical(() -> CanonicalJson.of(Map.of("a", value)));
        }
        Map<Object, Object> twice = new HashMap<>(Map.of(1, "x", "1", "y"));
        assertNotCanonical(() -> CanonicalJson.of(Map.of("a", twice)));
    }

    @Test
    void anUnpairedSurrogateInAMapBecomesTheReplacementCharacter() {
        assertThat(CanonicalJson.of(Map.of("a", "x\ud800y\udc00\ud83e\udd8a\ud800")))
                .isEqualTo("{\"a\":\"x\ufffdy\ufffd🦊\ufffd\"}");
    }

    @Test
    void namesGoInTheOrderThatTheyHaveAsWritten() {
        assertThat(CanonicalJson.of(Map.of("\ud800", 1, "\ue000", 2))).isEqualTo("{\"\ue000\":\"2\",\"\ufffd\":\"1\"}");
        assertThat(CanonicalJson.of(Map.of("🦊", 1, "\ufb33", 2))).isEqualTo("{\"🦊\":\"1\",\"\ufb33\":\"2\"}");
    }

    /** The map form is written directly; the reference implementation must have nothing to change in it. */
    @Property(tries = 500)
    void theMapFormIsWhatTheReferenceImplementationWrites(@ForAll("maps") Map<String, Object> map) {
        String written = CanonicalJson.of(map);
        assertThat(CanonicalJson.of(written)).isEqualTo(written);
        assertThat(CanonicalJson.sha256(written)).isEqualTo(Digests.sha256(written));
    }

    @Provide
    static Arbitrary<Map<String, Object>> maps() {
        Arbitrary<String> texts = Arbitraries.strings().all().ofMaxLength(20);
        // Two names that differ in an unpaired surrogate only would become one.
        Arbitrary<String> names = texts.filter(CanonicalJsonTest::isWellFormed);
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts.map(text -> text),
                Arbitraries.longs().map(number -> number),
                Arbitraries.of(true, false).map(flag -> flag));
        Arbitrary<Object> lists = leaves.list().ofMaxSize(4).map(ArrayList::new);
        Arbitrary<Object> inner = Arbitraries.maps(names, leaves).ofMaxSize(4).map(map -> map);
        return Arbitraries.maps(names, Arbitraries.oneOf(leaves, lists, inner)).ofMaxSize(6);
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    private static void assertNotCanonical(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                .isEqualTo(ProofError.JSON_NOT_CANONICAL));
    }

    @Test
    void digestsAreTheStandardOnes() {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(Digests.sha256("abc")).isEqualTo(abc);
        assertThat(Digests.sha256(new byte[] {'a', 'b', 'c'})).isEqualTo(abc);
        assertThat(Digests.sha256("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digests.sha256("é")).isEqualTo(Digests.sha256(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }
}
