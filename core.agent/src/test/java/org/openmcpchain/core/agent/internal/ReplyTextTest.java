/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmcpchain.core.agent.internal.ReplyText.Status;

class ReplyTextTest {

    @Test
    void splitsAJsonAnswerIntoThoughtAndReply() {
        ReplyText words = ReplyText.of("{\"thought\":\"because\",\"reply\":\"42\"}", "aside");

        assertThat(words.reply()).contains("42");
        assertThat(words.thought()).contains("because");
        assertThat(words.status()).isEqualTo(Status.ANSWERED);
    }

    @Test
    void takesAnyOtherTextAsTheReply() {
        assertThat(ReplyText.of(" just words ", "aside").reply()).contains("just words");
        assertThat(ReplyText.of(" just words ", "aside").thought()).contains("aside");
        assertThat(ReplyText.of("{\"answer\":1}", null).reply()).contains("{\"answer\":1}");
        assertThat(ReplyText.of("{\"reply\":\"x\"} and more", null).reply()).contains("{\"reply\":\"x\"} and more");
    }

    @Test
    void readsAFencedAnswer() {
        assertThat(ReplyText.of("```json\n{\"reply\":\"x\"}\n```", null).reply())
                .contains("x");
    }

    @Test
    void readsStatusAndMissing() {
        ReplyText words =
                ReplyText.of("{\"reply\":\"how much?\",\"status\":\"needs_input\",\"missing\":[\"amount\",7]}", null);

        assertThat(words.status()).isEqualTo(Status.NEEDS_INPUT);
        assertThat(words.missing()).containsExactly("amount");
        assertThat(ReplyText.of("{\"reply\":\"x\",\"status\":\"no_tool\"}", null)
                        .status())
                .isEqualTo(Status.NO_TOOL);
        assertThat(ReplyText.of("{\"reply\":\"x\",\"status\":\"odd\"}", null).status())
                .isEqualTo(Status.ANSWERED);
    }

    @Test
    void findsNothingInNothing() {
        assertThat(ReplyText.of(null, null).reply()).isEmpty();
        assertThat(ReplyText.of("  ", " ").thought()).isEmpty();
        assertThat(ReplyText.of("{\"reply\":\"  \"}", null).reply()).isEmpty();
    }
}
