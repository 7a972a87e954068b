/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.tool.Param;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolOperation;

class OperationTest {

    record Everything(
            BigDecimal price,
            BigInteger wei,
            long small,
            long large,
            byte[] data,
            Instant at,
            Duration age,
            Optional<String> there,
            Optional<String> absent,
            List<String> names,
            Map<String, Boolean> flags,
            String half) {}

    record Text(Object value) {}

    record Picky(@Param("a word") String word) {
        Picky {
            if (word.equals("forbidden")) {
                throw new IllegalArgumentException("this word is not allowed");
            }
        }
    }

    /** Returns what it is told to. */
    public static final class Returning implements Tool {
        private Object next;

        @ToolOperation(name = "everything", description = "Returns every kind of value.")
        public Everything everything(ToolContext context) {
            return (Everything) next;
        }

        @ToolOperation(name = "text", description = "Returns a value.")
        public Text text(Picky picky) {
            return next == null ? null : new Text(next);
        }
    }

    private final Returning tool = new Returning();
    private final List<Operation> operations = ToolInspection.of(
                    "test", tool, new FakeProvenance().bundleOf(Returning.class))
            .operations();

    @Test
    void writesEveryKindOfValueExactly() throws Throwable {
        tool.next = new Everything(
                new BigDecimal("1E+3"),
                new BigInteger("123456789012345678901234567890"),
                7,
                Long.MAX_VALUE,
                new byte[] {1, (byte) 0xff},
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofMinutes(5),
                Optional.of("yes"),
                Optional.empty(),
                List.of("a"),
                Map.of("b", true),
                "half \ud83d pair");

        String json = operations.get(0).call(operations.get(0).check("{}"), null);

        assertThat(json)
                .isEqualTo(
                        "{\"age\":\"PT5M\",\"at\":\"2026-01-01T00:00:00Z\",\"data\":\"0x01ff\",\"flags\":{\"b\":true},"
                                + "\"half\":\"half \ufffd pair\",\"large\":\"9223372036854775807\",\"names\":[\"a\"],"
                                + "\"price\":\"1000\",\"small\":7,\"there\":\"yes\",\"wei\":\"123456789012345678901234567890\"}");
    }

    @Test
    void refusesResultsThatCannotTravel() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        for (Object bad : new Object[] {"x".repeat(300_000), circle, new Object(), Double.NaN}) {
            tool.next = bad;
            assertThatThrownBy(this::text).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                    .isEqualTo(ToolError.TOOL_RESULT_INVALID));
        }
        tool.next = null;
        assertThatThrownBy(this::text).hasMessageContaining("nothing");
    }

    @Test
    void takesARecordsRefusalAsBadArguments() {
        assertThatThrownBy(() -> operations.get(1).check("{\"word\":\"forbidden\"}"))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(ToolError.TOOL_ARGUMENTS_INVALID);
                    assertThat(e.plainText()).contains("this word is not allowed");
                });
    }

    private String text() throws Throwable {
        return operations.get(1).call(operations.get(1).check("{\"word\":\"x\"}"), null);
    }
}
