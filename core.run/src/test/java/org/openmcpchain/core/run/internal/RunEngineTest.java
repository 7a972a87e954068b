/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.run.internal.Codes.assertCode;
import static org.openmcpchain.core.run.internal.Host.request;
import static org.openmcpchain.core.run.internal.Host.success;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunSession;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Submission;

@Timeout(60)
final class RunEngineTest {

    private final Host host = new Host();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void takesAGoalToItsReceipt() {
        host.with(session -> {
            session.record("inference.requested", Map.of("goal", session.run().goal()));
            return success("done");
        });
        Run submitted = host.submit("price of ETH");
        assertThat(submitted.state()).isEqualTo(RunState.PENDING);

        Run ended = host.awaitState(submitted.id(), RunState.SUCCEEDED);

        assertThat(host.stream(ended.id()))
                .extracting(JournalEntry::type)
                .containsExactly("run.submitted", "run.state", "run.state", "inference.requested", "run.ended");
        assertThat(host.reasons(ended.id())).containsExactly("SCHEDULED lane", "RUNNING started");
        assertThat(ended.reply()).contains("done");
        assertThat(ended.thought()).contains("thought");
        assertThat(ended.provider()).contains("planner");
        assertThat(ended.attempts()).isEqualTo(1);
        assertThat(ended.endedAt()).isPresent();
        assertThat(ended.errorCode()).isEmpty();
        assertThat(host.journal.verify(ended.stream()).intact()).isTrue();
    }

    @Test
    void theReceiptIsMadeFromTheWholeStreamAndTheEndingOnly() {
        host.with(session -> success("done"));
        Run ended = host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED);

        List<JournalEntry> stream = host.stream(ended.id());
        FakeIssuer.Issued issued = host.issuer.issued.get(0);
        assertThat(issued.stream()).isEqualTo(stream.subList(0, stream.size() - 1));
        assertThat(issued.ending())
                .isEqualTo(CanonicalJson.of(Map.of(
                        "state",
                        "SUCCEEDED",
                        "outcome",
                        "OK",
                        "attempt",
                        1,
                        "provider",
                        "planner",
                        "resultHash",
                        Digests.sha256("{\"n\":1.5,\"outcome\":\"OK\"}"),
                        "replyHash",
                        Digests.sha256("done"),
                        "thoughtHash",
                        Digests.sha256("thought"))));
        String digest = host.store.receipt(ended.id()).orElseThrow().payloadDigest();
        assertThat(ended.receiptDigest()).contains(digest);
        assertThat(stream.get(stream.size() - 1).body()).contains("\"receiptDigest\":\"" + digest + "\"");
    }

    @Test
    void anEntryThatComesWhileTheReceiptIsMadeIsCoveredByIt() {
        host.with(session -> success("done"));
        String[] id = new String[1];
        host.issuer.onIssue = () -> {
            if (host.issuer.issued.size() == 1) {
                host.journal.append(host.issuer.issued.get(0).stream().get(0).stream(), "tx.state", Map.of());
            }
        };
        id[0] = host.submit("goal").id();
        host.awaitState(id[0], RunState.SUCCEEDED);

        List<JournalEntry> stream = host.stream(id[0]);
        assertThat(host.issuer.issued).hasSize(2);
        assertThat(host.issuer.issued.get(1).stream()).isEqualTo(stream.subList(0, stream.size() - 1));
        assertThat(stream.get(stream.size() - 1).type()).isEqualTo(EntryTypes.RUN_ENDED);
    }

    @Test
    void noRunEndsWithoutItsReceipt() {
        host.with(session -> success("done"));
        host.issuer.onIssue = () -> {
            if (host.issuer.issued.size() == 1) {
                throw new IllegalStateException("the signing key is locked");
            }
        };
        String id = host.submit("goal").id();
        await().until(() -> host.issuer.issued.size() == 1);
        assertThat(host.find(id).state()).isNotEqualTo(RunState.SUCCEEDED);

        Run ended = host.awaitState(id, RunState.SUCCEEDED);
        assertThat(host.store.receipt(id)).isPresent();
        assertThat(ended.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "\ud800"})
    void refusesAGoalThatIsNoText(String goal) {
        assertInvalid("goal", request(goal, null));
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertInvalid("goal", request("x".repeat(4001), null));
        assertInvalid("goal", request(null, null));
        assertInvalid("clientId", request("goal", ""));
        assertInvalid("clientId", request("goal", "a b"));
        assertInvalid("clientId", request("goal", "x".repeat(129)));
        assertInvalid("principal", new RunRequest("", "goal", Optional.empty(), Optional.empty(), "{}"));
        assertInvalid("metadata", withMetadata("[]"));
        assertInvalid("metadata", withMetadata("{"));
        assertInvalid("metadata", withMetadata(null));
        assertInvalid("metadata", withMetadata("{\"a\":1,\"a\":2}"));
        assertInvalid("metadata", withMetadata("{\"a\":\"" + "x".repeat(16_384) + "\"}"));
        assertInvalid("metadata", withMetadata("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
        assertInvalid("network", withNetwork("mainnet"));
        assertThat(host.engine.list(RunQuery.newest(10)).total()).isZero();
    }

    @Test
    void takesWhatIsJustWithinBounds() {
        Run run = host.engine
                .submit(new RunRequest(
                        "p".repeat(128),
                        "x".repeat(4000),
                        Optional.of("x".repeat(128)),
                        Optional.empty(),
                        " {\"big\":12345678901234567890.10}"))
                .run();
        assertThat(host.find(run.id()).metadata()).isEqualTo(" {\"big\":12345678901234567890.10}");
    }

    @Test
    void refusesANetworkThatNobodyProvides() {
        Chain chain = Mockito.mock(Chain.class);
        Chain successor = Mockito.mock(Chain.class);
        assertCode(ChainError.CHAIN_UNKNOWN, () -> host.engine.submit(withNetwork("eip155:31337")));
        host.engine.bindChain(chain, Map.of(Chain.ID, "eip155:31337"));
        assertThat(host.engine.submit(withNetwork("eip155:31337")).run().network())
                .contains("eip155:31337");
        host.engine.bindChain(successor, Map.of(Chain.ID, "eip155:31337"));
        host.engine.unbindChain(chain);
        host.engine.submit(withNetwork("eip155:31337"));
        host.engine.unbindChain(successor);
        assertCode(ChainError.CHAIN_UNKNOWN, () -> host.engine.submit(withNetwork("eip155:31337")));
    }

    @Test
    void manyRequestsWithOneClientIdAreOneRun() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Future<Submission>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(clients.submit(() -> host.engine.submit(request("goal", "client:1"))));
            }
            List<Submission> submissions = new ArrayList<>();
            for (Future<Submission> answer : answers) {
                submissions.add(answer.get(30, TimeUnit.SECONDS));
            }
            assertThat(submissions.stream().filter(Submission::created)).hasSize(1);
            assertThat(submissions.stream().map(each -> each.run().id()).collect(Collectors.toSet()))
                    .hasSize(1);
        } finally {
            clients.shutdownNow();
        }
        assertThat(host.engine.stats().total()).isEqualTo(1);
    }

    @Test
    void aClientIdBelongsToOneGoalOfOnePrincipal() {
        String first = host.engine.submit(request("goal", "c1")).run().id();

        assertCode(RunError.RUN_CLIENT_ID_CONFLICT, () -> host.engine.submit(request("another goal", "c1")));
        Submission other =
                host.engine.submit(new RunRequest("bob", "another goal", Optional.of("c1"), Optional.empty(), "{}"));
        assertThat(other.created()).isTrue();
        assertThat(other.run().id()).isNotEqualTo(first);
    }

    @Test
    void anEndedRunIsStillFoundByItsClientId() {
        host.with(session -> success("done"));
        String id = host.engine.submit(request("goal", "c1")).run().id();
        host.awaitState(id, RunState.SUCCEEDED);

        Submission again = host.engine.submit(request("goal", "c1"));
        assertThat(again.created()).isFalse();
        assertThat(again.run().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void refusesGoalsWhenTooManyWait() {
        try (Host small = new Host(new HookedStore(), Settings.engine(1, 2, "PT1M", "PT0.2S"))) {
            small.submit("one");
            Run second = small.engine.submit(request("two", "c2")).run();
            assertCode(RunError.RUN_QUEUE_FULL, () -> small.submit("three"));
            assertThat(small.engine.submit(request("two", "c2")).run().id()).isEqualTo(second.id());
            assertThat(small.engine.stats().total()).isEqualTo(2);

            small.with(session -> success("done"));
            small.awaitState(second.id(), RunState.SUCCEEDED);
            assertThat(small.submit("three").state()).isEqualTo(RunState.PENDING);
        }
    }

    @Test
    void aPlaceThatWasNotUsedIsGivenBack() {
        try (Host small = new Host(new HookedStore(), Settings.engine(1, 1, "PT1M", "PT0.2S"))) {
            small.store.before = changes -> {
                throw new IllegalStateException("disk full");
            };
            for (int i = 0; i < 3; i++) {
                assertCode(JournalError.JOURNAL_UNAVAILABLE, () -> small.submit("goal"));
            }
            small.store.before = changes -> {};
            assertThat(small.submit("goal").id()).isNotEmpty();
        }
    }

    @Test
    void listsAndCounts() {
        host.with(session -> {
            if (session.run().goal().startsWith("bad")) {
                throw HostException.of(PolicyError.POLICY_DENIED, "detail", "rule value-cap");
            }
            return success("done");
        });
        String good = host.submit("good").id();
        String bad = host.submit("bad").id();
        host.awaitState(good, RunState.SUCCEEDED);
        host.awaitState(bad, RunState.FAILED);

        assertThat(host.engine.stats().byState()).isEqualTo(Map.of(RunState.SUCCEEDED, 1L, RunState.FAILED, 1L));
        Page<Run> failed = host.engine.list(new RunQuery(
                Set.of(RunState.FAILED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                0,
                9));
        assertThat(failed.items()).extracting(Run::id).containsExactly(bad);
        assertThat(host.engine.find("nobody")).isEmpty();
        assertThat(host.engine.find("x".repeat(100_000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POLICY_DENIED,DENIED",
        "POLICY_APPROVAL_NEEDED,NEEDS_APPROVAL",
        "CHAIN_OUTCOME_UNKNOWN,UNKNOWN",
        "X,FAILED"
    })
    void namesTheOutcomeOfAFailedRun(String code, String outcome) {
        host.with(session -> RunEnding.failed(code, "because"));
        Run failed = host.awaitState(host.submit("goal").id(), RunState.FAILED);

        assertThat(failed.errorCode()).contains(code);
        assertThat(failed.errorDetail()).contains("because");
        List<JournalEntry> stream = host.stream(failed.id());
        assertThat(stream.get(stream.size() - 1).body()).contains("\"outcome\":\"" + outcome + "\"");
        assertThat(host.store.receipt(failed.id())).isPresent();
    }

    @Test
    void aFaultOfTheExecutorFailsTheRunWithoutTellingItsInnards() {
        for (int i = 0; i < 3; i++) {
            int kind = i;
            host.with(session -> {
                if (kind == 0) {
                    throw new IllegalStateException("secret path");
                }
                if (kind == 1) {
                    throw new NoClassDefFoundError("org/example/Gone");
                }
                return null;
            });
            Run failed = host.awaitState(host.submit("goal").id(), RunState.FAILED);
            assertThat(failed.errorCode()).contains("RUN_INTERNAL");
            assertThat(failed.errorDetail().orElseThrow()).doesNotContain("secret", "Exception", "example");
        }
    }

    @Test
    void anErrorCodeOfTheExecutorIsTheRuns() {
        host.with(session -> {
            throw HostException.of(RunError.RUN_ROUNDS_EXHAUSTED);
        });
        assertThat(host.awaitState(host.submit("goal").id(), RunState.FAILED).errorCode())
                .contains("RUN_ROUNDS_EXHAUSTED");
    }

    @Test
    void aResultWithoutCanonicalFormFailsTheRun() {
        for (String result : List.of("{", "[]", "{\"a\":\"" + "x".repeat(1 << 20) + "\"}")) {
            host.with(session -> new RunEnding(
                    RunState.SUCCEEDED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(result),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
            assertThat(host.awaitState(host.submit("goal").id(), RunState.FAILED)
                            .errorCode())
                    .contains("RUN_INTERNAL");
        }
    }

    @Test
    void whatAModelSaysIsMadeStorable() {
        host.with(session -> success("a\u0000b\ud800c" + "x".repeat(70_000)));
        Run ended = host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED);

        assertThat(ended.reply().orElseThrow()).startsWith("a\ufffdb\ufffdcx").hasSize(65_536);
    }

    @Test
    void theSessionShowsTheRunAndItsHistory() {
        List<RunSession> sessions = new ArrayList<>();
        host.with(session -> {
            sessions.add(session);
            session.checkActive();
            assertThat(session.history())
                    .extracting(JournalEntry::type)
                    .containsExactly("run.submitted", "run.state", "run.state");
            assertThat(session.run().state()).isEqualTo(RunState.RUNNING);
            assertThat(session.now()).isAfterOrEqualTo(session.run().createdAt());
            return success("done");
        });
        host.awaitState(host.submit("goal").id(), RunState.SUCCEEDED);
        await().untilAsserted(() -> assertSuspended(() -> sessions.get(0).record("late", Map.of())));
        assertSuspended(() -> sessions.get(0).checkActive());
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        for (String drain : List.of("5 seconds", "PT0S", "-PT1S")) {
            EngineSettings settings = Settings.engine(1, 1, "PT1M", drain);
            assertCode(
                    ConfigError.CONFIG_INVALID,
                    () -> new RunEngine(settings, host.journal, host.journal, host.reads, host.queue));
        }
    }

    private static void assertSuspended(ThrowableAssert.ThrowingCallable action) {
        Assertions.assertThatThrownBy(action).isInstanceOf(RunSuspendedException.class);
    }

    private static RunRequest withMetadata(String metadata) {
        return new RunRequest("alice", "goal", Optional.empty(), Optional.empty(), metadata);
    }

    private static RunRequest withNetwork(String network) {
        return new RunRequest("alice", "goal", Optional.empty(), Optional.of(network), "{}");
    }

    private void assertInvalid(String field, RunRequest request) {
        Assertions.assertThatThrownBy(() -> host.engine.submit(request))
                .isInstanceOfSatisfying(HostException.class, error -> {
                    assertThat(error.code()).isEqualTo(RequestError.REQUEST_INVALID);
                    assertThat(error.parameters()).containsEntry("field", field);
                });
    }
}
