/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.agent.internal.AgentRig.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ToolError;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolDescriptor;
import org.openmcpchain.tool.ToolOperation;

@Timeout(60)
class ToolRegistryTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ToolRegistry registry = new ToolRegistry(new FakeProvenance(), TestConfigs.tools(5));
    private final LedgerTool ledger = new LedgerTool();

    record Said(String word) {}

    /** Says a word; two of them share a public name. */
    public static final class Sayer implements Tool {
        private final String word;

        Sayer(String word) {
            this.word = word;
        }

        @ToolOperation(name = "say", description = "Says a word.")
        public Said say(ToolContext context) {
            return new Said(word);
        }
    }

    /** Does what it should not do in every way. */
    public static final class Wrong implements Tool {
        @ToolOperation(name = "Not A Name", description = "x")
        public Said badName(ToolContext context) {
            return new Said("x");
        }

        @ToolOperation(name = "mute", description = "  ")
        public Said noDescription(ToolContext context) {
            return new Said("x");
        }

        @ToolOperation(name = "text", description = "Returns no record.")
        public String noRecord(ToolContext context) {
            return "x";
        }

        @ToolOperation(name = "params", description = "Takes something else.")
        public Said parameters(String text) {
            return new Said(text);
        }

        @ToolOperation(name = "none", description = "Takes nothing.")
        public Said nothing() {
            return new Said("x");
        }

        @ToolOperation(name = "late", description = "Takes too long.", deadlineSeconds = 601)
        public Said late(ToolContext context) {
            return new Said("x");
        }

        @ToolOperation(name = "endless", description = "Has a request without end.")
        public Said endless(Endless request) {
            return new Said("x");
        }

        @ToolOperation(
                name = "fine",
                description = "Is right.",
                examples = {
                    @org.openmcpchain.tool.Example(goal = "x", arguments = "not json"),
                    @org.openmcpchain.tool.Example(goal = "be fine", arguments = "{}")
                })
        public Said fine(ToolContext context) {
            return new Said("fine");
        }
    }

    record Endless(Endless again) {}

    @Test
    void listsTheOperationsOfEachToolByName() {
        registry.bindTool(ledger, service("ledger", 1));

        assertThat(registry.list())
                .extracting(ToolDescriptor::name)
                .containsExactly("ledger_broken", "ledger_look", "ledger_pay", "ledger_refuse", "ledger_slow");
        ToolDescriptor pay = registry.find("ledger_pay").orElseThrow();
        assertThat(pay.effect()).isEqualTo(Effect.TRANSACTION);
        assertThat(pay.deadlineSeconds()).isEqualTo(60);
        assertThat(pay.bundle().symbolicName()).isEqualTo("test.LedgerTool");
        assertThat(registry.find("ledger_look").orElseThrow().examples()).hasSize(1);
        assertThat(registry.find("ghost")).isEmpty();
    }

    @Test
    void leavesOutWhatIsWrongInAToolAndKeepsTheRest() {
        registry.bindTool(new Wrong(), service("wrong", 1));
        registry.bindTool(new Wrong(), service("Bad Name", 2));
        registry.bindTool(new Wrong(), Map.of("service.id", 3L));
        registry.bindTool(new Tool() {}, service("empty", 4));

        assertThat(registry.list()).extracting(ToolDescriptor::name).containsExactly("wrong_fine");
        assertThat(registry.find("wrong_fine").orElseThrow().examples())
                .extracting(ToolDescriptor.GoalExample::goal)
                .containsExactly("be fine");
    }

    @Test
    void saysInWordsWhatIsWrong() {
        ToolInspection inspection = ToolInspection.of("wrong", new Wrong(), new FakeProvenance().bundleOf(Wrong.class));

        assertThat(inspection.problems())
                .anyMatch(problem -> problem.contains("badName") && problem.contains("name"))
                .anyMatch(problem -> problem.contains("noDescription") && problem.contains("description"))
                .anyMatch(problem -> problem.contains("noRecord") && problem.contains("record"))
                .anyMatch(problem -> problem.contains("parameters") && problem.contains("ToolContext"))
                .anyMatch(problem -> problem.contains("late") && problem.contains("600"))
                .anyMatch(problem -> problem.contains("endless"))
                .anyMatch(problem -> problem.contains("example"));
    }

    @Test
    void letsTheOlderToolKeepANameUntilItGoes() throws Exception {
        Sayer older = new Sayer("older");
        registry.bindTool(new Sayer("younger"), service("voice", 9));
        registry.bindTool(older, service("voice", 3));
        assertThat(say()).contains("older");

        registry.unbindTool(older, service("voice", 3));

        assertThat(say()).contains("younger");
    }

    @Test
    void runsAToolOnAThreadOfItsOwnUnderItsClassLoader() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        ledger.look = request -> {
            thread.set(Thread.currentThread());
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(LedgerTool.class.getClassLoader());
            return new LedgerTool.LookResult("x", null, null, 1, null);
        };
        registry.bindTool(ledger, service("ledger", 1));

        look();

        assertThat(thread.get().getName()).isEqualTo("tool-ledger-1");
        registry.unbindTool(ledger, service("ledger", 1));
        await().until(() -> !thread.get().isAlive());
    }

    @Test
    void letsACallFinishBeforeItsToolIsLetGoAndRefusesNewOnes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ledger.look = request -> {
            begun.countDown();
            await(goOn);
            return new LedgerTool.LookResult("x", null, null, 1, null);
        };
        registry.bindTool(ledger, service("ledger", 1));
        CompletableFuture<String> call = CompletableFuture.supplyAsync(this::lookUnchecked);
        begun.await();

        CompletableFuture<Void> unbound =
                CompletableFuture.runAsync(() -> registry.unbindTool(ledger, service("ledger", 1)));
        await().until(() -> registry.list().isEmpty());
        assertThat(unbound).isNotDone();
        assertThatThrownBy(this::look).satisfies(carries(ToolError.TOOL_UNKNOWN));
        goOn.countDown();

        assertThat(call.get()).contains("\"asset\":\"x\"");
        unbound.get();
    }

    @Test
    void interruptsACallThatOutlastsTheDrainTime() throws Exception {
        registry.modified(TestConfigs.tools(0));
        registry.bindTool(ledger, service("ledger", 1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ledger.look = request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        };
        CompletableFuture<String> call = CompletableFuture.supplyAsync(this::lookUnchecked);
        begun.await();

        registry.unbindTool(ledger, service("ledger", 1));

        await(interrupted);
        assertThatThrownBy(call::get).hasRootCauseInstanceOf(HostException.class);
    }

    @Test
    void refusesACallToAToolThatIsBeingLetGo() {
        InstalledTool tool =
                new InstalledTool("x", 1, java.util.List.of(), getClass().getClassLoader());
        tool.retire(Duration.ZERO);

        assertThatThrownBy(() -> tool.call(null, null, null, LONG)).satisfies(carries(ToolError.TOOL_GONE));
    }

    @Test
    void abandonsACallAtItsDeadline() {
        registry.bindTool(ledger, service("ledger", 1));
        CountDownLatch interrupted = new CountDownLatch(1);
        ledger.look = request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        };

        assertThatThrownBy(() -> registry.call("ledger_look", args(), null, Duration.ofMillis(30)))
                .isInstanceOf(TimeoutException.class);
        await(interrupted);
    }

    @Test
    void waitsForAnOperationThatIsOnItsWay() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return registry.awaitOperation("ledger_look", LONG);
            } catch (InterruptedException e) {
                return false;
            }
        });

        registry.bindTool(ledger, service("ledger", 1));

        assertThat(waiting.get()).isTrue();
        assertThat(registry.awaitOperation("ghost", Duration.ofMillis(5))).isFalse();
    }

    @Test
    void ignoresTheRemovalOfAToolThatItNeverTook() {
        registry.unbindTool(ledger, service("ledger", 77));

        assertThat(registry.list()).isEmpty();
    }

    private String say() throws Exception {
        return registry.call("voice_say", registry.check("voice_say", "{}"), null, LONG);
    }

    private CheckedArguments args() {
        return registry.check("ledger_look", "{\"asset\":\"x\"}");
    }

    private String look() throws InterruptedException, TimeoutException, ExecutionException {
        return registry.call("ledger_look", args(), null, LONG);
    }

    private String lookUnchecked() {
        try {
            return look();
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await();
    }

    private static java.util.function.Consumer<Throwable> carries(ErrorCode code) {
        return thrown -> assertThat(thrown).isInstanceOfSatisfying(HostException.class, host -> assertThat(host.code())
                .isEqualTo(code));
    }
}
