/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolOperation;

final class OperationShapeTest {

    @Test
    void acceptsAWellMadeOperation() {
        assertThat(faults("good")).isEmpty();
    }

    @Test
    void namesWhatIsWrongWithTheWords() {
        assertThat(faults("words"))
                .anyMatch(fault -> fault.contains("a-z, 0-9"))
                .anyMatch(fault -> fault.contains("fewer than 20"))
                .anyMatch(fault -> fault.contains("deadline"))
                .anyMatch(fault -> fault.contains("no example"))
                .anyMatch(fault -> fault.contains("public"));
    }

    @Test
    void namesTypesWithoutASchema() {
        assertThat(faults("types"))
                .anyMatch(fault -> fault.contains("Types.ratio") && fault.contains("double"))
                .anyMatch(fault -> fault.contains("Types.anything"))
                .anyMatch(fault -> fault.contains("Types.plain") && fault.contains("no @Param"))
                .anyMatch(fault -> fault.contains("Types.count") && fault.contains("null"))
                .anyMatch(fault -> fault.contains("Types.share") && fault.contains("decimal"))
                .anyMatch(fault -> fault.contains("Types.bounds") && fault.contains("bound"))
                .anyMatch(fault -> fault.contains("Types.regex") && fault.contains("compile"))
                .anyMatch(fault -> fault.contains("Types.fallback") && fault.contains("default"))
                .anyMatch(fault -> fault.contains("Floating.value"));
    }

    @Test
    void namesWhatTheMethodMustNotTakeOrReturn() {
        assertThat(faults("signature"))
                .anyMatch(fault -> fault.contains("something else"))
                .anyMatch(fault -> fault.contains("does not return a record"))
                .anyMatch(fault -> fault.contains("takes none"));
    }

    @Test
    void checksArgumentsOfExamples() {
        RequestShape shape = new RequestShape(Request.class);

        assertThat(
                        shape.faultsOf(
                                "{\"amount\":\"0.5\",\"color\":\"RED\",\"ids\":[1,\"2\"],\"inner\":{\"yes\":true},\"count\":3}"))
                .isEmpty();
        assertThat(shape.faultsOf("{")).anyMatch(fault -> fault.contains("is not JSON"));
        assertThat(shape.faultsOf("[]")).anyMatch(fault -> fault.contains("no JSON object"));
        assertThat(shape.faultsOf("{}")).anyMatch(fault -> fault.contains("lacks the required amount"));
        assertThat(shape.faultsOf("{\"amount\":\"x\"}")).anyMatch(fault -> fault.contains("amount does not fit"));
        assertThat(shape.faultsOf("{\"amount\":-1}")).anyMatch(fault -> fault.contains("out of its bounds"));
        assertThat(shape.faultsOf("{\"amount\":\"101\"}")).anyMatch(fault -> fault.contains("out of its bounds"));
        assertThat(shape.faultsOf("{\"amount\":1,\"color\":\"BLUE\"}")).anyMatch(fault -> fault.contains("color"));
        assertThat(shape.faultsOf("{\"amount\":1,\"ids\":[1.5]}")).anyMatch(fault -> fault.contains("ids"));
        assertThat(shape.faultsOf("{\"amount\":1,\"count\":1.5}")).anyMatch(fault -> fault.contains("count"));
        assertThat(shape.faultsOf("{\"amount\":1,\"code\":\"abc\"}")).anyMatch(fault -> fault.contains("pattern"));
        assertThat(shape.faultsOf("{\"amount\":1,\"other\":1}")).anyMatch(fault -> fault.contains("unknown"));
    }

    private static List<String> faults(String method) {
        return Arrays.stream(Operations.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .map(candidate -> new OperationShape(candidate).faults())
                .findFirst()
                .orElseThrow();
    }

    enum Color {
        RED
    }

    record Inner(@Param("yes or no") boolean yes) {}

    record Request(
            @Param(value = "an amount", format = Format.AMOUNT, minimum = "0", maximum = "100") BigDecimal amount,
            @Param(value = "a colour", required = false) Color color,
            @Param(value = "ids", required = false) List<BigInteger> ids,
            @Param(value = "a part", required = false) Inner inner,
            @Param(value = "how many", required = false, defaultValue = "1") int count,
            @Param(value = "a code", required = false, pattern = "[0-9]+") String code) {}

    record Result(String text, long number, List<Inner> parts, Map<String, BigInteger> sums, Color color) {}

    record Floating(double value) {}

    record Types(
            @Param("a ratio") double ratio,
            @Param("anything") Map<String, Object> anything,
            String plain,
            @Param(value = "a count", required = false) int count,
            @Param(value = "a share", format = Format.PERCENT) int share,
            @Param(value = "bounds", minimum = "low") BigDecimal bounds,
            @Param(value = "a regex", pattern = "(") String regex,
            @Param(value = "a fallback", defaultValue = "true") int fallback) {}

    static final class Operations {

        @ToolOperation(
                name = "good",
                description = "Does something that is well described.",
                examples = @Example(goal = "do it", arguments = "{\"amount\":\"1\"}"))
        public Result good(Request request, ToolContext context) {
            return null;
        }

        @ToolOperation(name = "Bad-Name", description = "too short", deadlineSeconds = 0)
        Result words() {
            return null;
        }

        @ToolOperation(
                name = "types",
                description = "Takes and returns what has no schema.",
                examples = @Example(goal = "x", arguments = "{}"))
        public Floating types(Types request) {
            return null;
        }

        @ToolOperation(
                name = "signature",
                description = "Takes a text and returns another one.",
                examples = @Example(goal = "x", arguments = "{\"a\":1}"))
        public String signature(String text) {
            return text;
        }
    }
}
