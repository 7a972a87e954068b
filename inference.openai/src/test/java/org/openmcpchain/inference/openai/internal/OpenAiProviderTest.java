/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.openai.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenAiProviderTest {

    private static final ToolSpecification LOOK = ToolSpecification.builder()
            .name("ledger_look")
            .description("Looks it up.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("asset", "which asset")
                    .required("asset")
                    .additionalProperties(false)
                    .build())
            .addMetadata("openmcp.schema", "{\"only\":\"for the planner\"}")
            .build();

    private FakeOpenAiServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeOpenAiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksTheConfiguredModelAndReadsItsAnswer() throws Exception {
        server.says("hello there");

        ChatResponse response = ask(TestConfig.at(server.url()));

        assertThat(response.aiMessage().text()).isEqualTo("hello there");
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(11);
        FakeOpenAiServer.Received request = server.received.get(0);
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.authorization()).isEqualTo("Bearer " + TestConfig.SECRET);
        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(body.path("model").asText()).isEqualTo("test-model");
        assertThat(body.path("temperature").asDouble(-1)).isZero();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(256);
        assertThat(body.path("messages").path(0).path("role").asText()).isEqualTo("system");
    }

    @Test
    void theBoundThatLedgersReserveIsTheOneThatTheModelIsHeldTo() throws Exception {
        server.says("x");
        OpenAiProvider provider = new OpenAiProvider(TestConfig.at(server.url()));

        provider.chat().chat(request());

        assertThat(provider.chat().defaultRequestParameters().maxOutputTokens()).isEqualTo(256);
        JsonNode sent = new ObjectMapper().readTree(server.received.get(0).body());
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(256);
    }

    @Test
    void offersToolsAndReadsToolCallsAndGivesResultsBack() throws Exception {
        server.callsTool("ledger_look", "{\"asset\":\"USDC\"}").says("42");
        OpenAiProvider provider = new OpenAiProvider(TestConfig.at(server.url()));

        AiMessage call = provider.chat().chat(request()).aiMessage();

        ToolExecutionRequest wanted = call.toolExecutionRequests().get(0);
        assertThat(wanted.name()).isEqualTo("ledger_look");
        assertThat(wanted.arguments()).isEqualTo("{\"asset\":\"USDC\"}");
        JsonNode sent = new ObjectMapper().readTree(server.received.get(0).body());
        JsonNode function = sent.path("tools").path(0).path("function");
        assertThat(function.path("name").asText()).isEqualTo("ledger_look");
        assertThat(function.path("parameters")
                        .path("properties")
                        .path("asset")
                        .path("type")
                        .asText())
                .isEqualTo("string");
        assertThat(server.received.get(0).body()).doesNotContain("openmcp.schema", "only");

        ChatResponse answer = provider.chat()
                .chat(ChatRequest.builder()
                        .messages(
                                UserMessage.from("how much?"),
                                call,
                                ToolExecutionResultMessage.from(wanted, "{\"outcome\":\"OK\",\"result\":{}}"))
                        .toolSpecifications(LOOK)
                        .build());
        assertThat(answer.aiMessage().text()).isEqualTo("42");
        JsonNode messages =
                new ObjectMapper().readTree(server.received.get(1).body()).path("messages");
        assertThat(messages.path(2).path("role").asText()).isEqualTo("tool");
        assertThat(messages.path(2).path("tool_call_id").asText()).isEqualTo(wanted.id());
    }

    @Test
    void leavesOutWhatIsNotConfigured() throws Exception {
        server.says("x");

        ask(TestConfig.at(server.url()).key("").temperature(""));

        assertThat(server.received.get(0).authorization()).isNull();
        assertThat(new ObjectMapper().readTree(server.received.get(0).body()).has("temperature"))
                .isFalse();
    }

    @Test
    void saysWhatItIsWithoutItsKey() {
        OpenAiProvider provider = new OpenAiProvider(TestConfig.at("https://api.example.org/v1"));

        assertThat(provider.label()).isEqualTo("test-model at api.example.org");
        assertThat(provider.model()).isEqualTo("test-model");
        assertThat(provider.local()).isFalse();
        assertThat(new OpenAiProvider(TestConfig.at(server.url())).local()).isTrue();
    }

    @Test
    void tellsTheFailuresOfAnEndpointApart() {
        server.answers(401, "{\"error\":{\"message\":\"bad key\"}}")
                .answers(429, "{\"error\":{\"message\":\"slow down\"}}")
                .answers(500, "{\"error\":{\"message\":\"oops\"}}");

        assertThatThrownBy(this::ask).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(this::ask).isInstanceOf(RateLimitException.class);
        assertThatThrownBy(this::ask).isInstanceOf(InternalServerException.class);
    }

    /** Requirement F049: a question that the ledgers do not see is a question that no cap holds. */
    @Test
    void sendsNoRequestTwice() {
        server.answers(500, "{\"error\":{\"message\":\"oops\"}}").breaksOff().says("too late");

        assertThatThrownBy(this::ask).isInstanceOf(InternalServerException.class);
        assertThatThrownBy(this::ask).hasRootCauseInstanceOf(IOException.class);

        assertThat(server.received).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "<html>proxy error</html>",
                "[]",
                "null",
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":null}",
                "{\"choices\":[{\"message\":null}]}",
                "{\"choices\":[{\"message\":{\"content\":7}}]}",
                "{\"choices\":[{\"message\":{\"tool_calls\":\"x\"}}]}",
            })
    void endsGarbageWithAnExceptionOrAnEmptyAnswer(String garbage) {
        server.answers(200, garbage);

        Throwable failure = catchThrowable(() -> {
            AiMessage message = ask(TestConfig.at(server.url())).aiMessage();
            assertThat(message == null || message.toolExecutionRequests().isEmpty())
                    .isTrue();
        });

        assertThat(failure == null || failure instanceof RuntimeException).isTrue();
    }

    @Test
    void breaksOffAResponseThatIsTooLarge() {
        server.says("x".repeat(200_000));

        assertThatThrownBy(() -> ask(TestConfig.at(server.url()).limit(10_000)))
                .hasStackTraceContaining("larger than 10000 bytes");
    }

    @Test
    void givesUpOnAnEndpointThatHangs() {
        server.hangs();

        assertThatThrownBy(() -> ask(TestConfig.at(server.url()).timeout(1))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void stopsAtOnceWhenItsThreadIsInterrupted() throws Exception {
        server.hangs();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> failure.set(catchThrowable(this::ask)));
        caller.start();
        org.awaitility.Awaitility.await().until(() -> !server.received.isEmpty());

        caller.interrupt();
        caller.join();

        assertThat(failure.get()).isInstanceOf(RuntimeException.class);
    }

    @Test
    void takesItsKeyToNoOtherHost() throws Exception {
        try (FakeOpenAiServer thief = new FakeOpenAiServer()) {
            server.redirectsTo(thief.url() + "/chat/completions");

            assertThatThrownBy(this::ask).isInstanceOf(RuntimeException.class);

            assertThat(thief.received).isEmpty();
        }
    }

    @Test
    void writesItsKeyIntoNoLog() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true));
        try {
            server.answers(401, "{\"error\":{\"message\":\"no\"}}").says("x");
            Throwable failure = catchThrowable(this::ask);
            ask();
            assertThat(String.valueOf(failure.getMessage())).doesNotContain(TestConfig.SECRET);
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString()).doesNotContain(TestConfig.SECRET);
    }

    private ChatResponse ask() {
        return ask(TestConfig.at(server.url()));
    }

    private static ChatResponse ask(TestConfig config) {
        return new OpenAiProvider(config).chat().chat(request());
    }

    private static ChatRequest request() {
        return ChatRequest.builder()
                .messages(SystemMessage.from("be brief"), UserMessage.from("how much?"))
                .toolSpecifications(LOOK)
                .build();
    }
}
