/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;

class ArgumentCheckTest {

    private static final String BOB = "\"receiver\":\"bob.eth\"";

    private final ObjectMapper mapper = ToolJson.mapper();
    private final ArgumentCheck pay = check(LedgerTool.PayRequest.class);
    private final ArgumentCheck look = check(LedgerTool.LookRequest.class);

    private ArgumentCheck check(Class<?> request) {
        return new ArgumentCheck(mapper, new RequestSchema(mapper).of(Optional.of(request)));
    }

    @Test
    void fillsInDefaultsAndHandsExactNumbersOnAsText() {
        CheckedArguments checked = pay.check("{\"amount\":0.10,\"receiver\":\"bob.eth\",\"invoice\":7,\"memo\":null}");

        assertThat(checked.canonical())
                .isEqualTo("{\"amount\":\"0.10\",\"invoice\":\"7\",\"receiver\":\"bob.eth\",\"tolerance\":\"0.5\"}");
        assertThat(checked.sha256()).hasSize(64);
    }

    @Test
    void losesNoDigitOfAnAmount() {
        String amount = "123456789012345678901234567890.123456789012345678";

        assertThat(pay.check("{\"amount\":" + amount + "," + BOB + "}").canonical())
                .contains("\"" + amount + "\"");
        assertThat(pay.check("{\"amount\":\"" + amount + "\"," + BOB + "}").canonical())
                .contains("\"" + amount + "\"");
    }

    @Test
    void givesTheSameHashForANumberAndItsText() {
        assertThat(pay.check("{\"amount\":0.5," + BOB + "}").sha256())
                .isEqualTo(pay.check("{" + BOB + ",\"amount\":\"0.5\"}").sha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":\"0\"," + BOB + "} | amount",
                "{\"amount\":\"-1\"," + BOB + "} | amount",
                "{\"amount\":\"much\"," + BOB + "} | amount",
                "{\"amount\":\"1e9\"," + BOB + "} | amount",
                "{\"amount\":true," + BOB + "} | amount",
                "{\"amount\":{}," + BOB + "} | amount",
                "{\"amount\":1} | receiver",
                "{\"amount\":1,\"receiver\":null} | receiver",
                "{\"amount\":1,\"receiver\":\"0x12\"} | receiver",
                "{\"amount\":1,\"receiver\":\"two words\"} | receiver",
                "{\"amount\":1," + BOB + ",\"tolerance\":51} | tolerance",
                "{\"amount\":1," + BOB + ",\"tolerance\":\"51\"} | tolerance",
                "{\"amount\":1," + BOB + ",\"patience\":\"soon\"} | patience",
                "{\"amount\":1," + BOB + ",\"invoice\":1.5} | invoice",
                "{\"amount\":1," + BOB + ",\"memo\":\"NO\"} | memo",
                "{\"amount\":1," + BOB + ",\"memo\":\"fine\\n\"} | memo",
                "{\"amount\":1," + BOB + ",\"extra\":1} | extra",
                "{\"amount\":1," + BOB + ",\"$where\":1} | where",
            })
    void refusesWhatDoesNotFitAndNamesIt(String arguments, String name) {
        assertThatThrownBy(() -> pay.check(arguments)).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.code()).isEqualTo(ToolError.TOOL_ARGUMENTS_INVALID);
            assertThat(e.plainText()).contains(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "{",
                "{} {}",
                "nonsense",
                "{\"amount\":1,\"amount\":2," + BOB + "}",
                "{\"amount\":1e999999999," + BOB + "}",
                "{\"amount\":1e-999999999," + BOB + "}",
                "{\"amount\":NaN," + BOB + "}",
            })
    void refusesWhatIsNotOneSaneJsonObject(String arguments) {
        assertThatThrownBy(() -> pay.check(arguments)).isInstanceOf(HostException.class);
    }

    @Test
    void refusesArgumentsThatAreTooLongOrTooDeep() {
        String longText = "{\"asset\":\"" + "x".repeat(40_000) + "\"}";
        String tooManyCharacters = "{\"asset\":\"" + "x".repeat(4_001) + "\"}";
        String deep = "{\"asset\":" + "[".repeat(500) + "]".repeat(500) + "}";

        for (String arguments : new String[] {longText, tooManyCharacters, deep}) {
            assertThatThrownBy(() -> look.check(arguments)).isInstanceOf(HostException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"(a+)+b, aaab, 4000", "(a+)+b\\1?, aaab, 60", "(a|aa)+c, aac, 60", "(a|b)*, aaab, 4000"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesATextThatTakesTooLongToCompareAndSaysSo(String pattern, String fits, int length) {
        ObjectNode schema = mapper.createObjectNode();
        schema.put("type", "object");
        schema.putObject("properties").putObject("word").put("type", "string").put("pattern", "^(?:" + pattern + ")$");
        ArgumentCheck costly = new ArgumentCheck(mapper, schema);

        assertThat(costly.check("{\"word\":\"" + fits + "\"}").canonical()).contains(fits);
        assertThatThrownBy(() -> costly.check("{\"word\":\"" + "a".repeat(length) + "!\"}"))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e.code()).isEqualTo(ToolError.TOOL_ARGUMENTS_INVALID);
                    assertThat(e.plainText()).contains(pattern);
                });
    }

    @Test
    void takesNothingAsAnEmptyObject() {
        ArgumentCheck none = new ArgumentCheck(mapper, new RequestSchema(mapper).of(Optional.empty()));

        assertThat(none.check("").canonical()).isEqualTo("{}");
        assertThat(none.check(null).canonical()).isEqualTo("{}");
    }

    @Test
    void checksListsAndNestedRecords() {
        assertThat(look.check("{\"asset\":\"ETH\",\"labels\":[\"a\"],\"window\":{\"first\":0},\"least\":\"1.5\"}")
                        .canonical())
                .isEqualTo("{\"asset\":\"ETH\",\"labels\":[\"a\"],\"least\":\"1.5\",\"order\":\"NEWEST\","
                        + "\"window\":{\"first\":0}}");
        assertThatThrownBy(() -> look.check("{\"asset\":\"ETH\",\"window\":{\"first\":\"zero\"}}"))
                .hasMessageContaining("window");
        assertThatThrownBy(() -> look.check("{\"asset\":\"ETH\",\"order\":\"RANDOM\"}"))
                .hasMessageContaining("order");
    }
}
