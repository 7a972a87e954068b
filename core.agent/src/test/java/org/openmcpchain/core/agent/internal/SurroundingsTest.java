/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.OutcomeException;
import org.openmcpchain.tool.ToolException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** What stands around the loop: networks, the context of a call, settings, the start of the host, failures. */
@Timeout(60)
class SurroundingsTest {

    private final Networks networks = new Networks();
    private final FakeChain chain = new FakeChain();
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CallScope scope = new CallScope(
            "alice", "run", "1.0", "ledger_pay", new BundleRef("b", "1", "ab"), null, now.plusSeconds(60));

    @Test
    void choosesTheOnlyNetworkAndNoneOfSeveral() {
        assertThat(networks.choose(Optional.empty())).isEmpty();
        networks.bindChain(chain, chain.properties());
        assertThat(networks.choose(Optional.empty())).contains(chain);

        FakeChain other = new FakeChain(FakeNetwork.builder(ChainId.eip155(5)).build());
        networks.bindChain(other, other.properties());
        assertThat(networks.choose(Optional.empty())).isEmpty();
        assertThat(networks.choose(Optional.of("eip155:5"))).contains(other);
        assertThat(networks.ids()).containsExactly("eip155:31337", "eip155:5");

        networks.unbindChain(other, other.properties());
        assertThat(networks.choose(Optional.of("eip155:5"))).isEmpty();
    }

    @Test
    void waitsForANetworkThatIsOnItsWay() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return networks.await(Optional.of("eip155:31337"), Duration.ofSeconds(30))
                        .isPresent();
            } catch (InterruptedException e) {
                return false;
            }
        });
        networks.bindChain(chain, chain.properties());

        assertThat(waiting.get()).isTrue();
    }

    @Test
    void givesAToolItsChainUntilTheCallEnds() {
        networks.bindChain(chain, chain.properties());
        CallContext context = new CallContext(scope, Optional.of(FakeChain.id()), networks, () -> now);
        ChainAccess access = context.chain();

        assertThat(context.runId()).isEqualTo("run");
        assertThat(context.callId()).isEqualTo("1.0");
        assertThat(context.deadline()).isEqualTo(now.plusSeconds(60));
        assertThat(context.now()).isEqualTo(now);
        assertThat(access.network().id()).isEqualTo(FakeChain.id());
        assertThat(access.account().address()).isEqualTo(FakeChain.ACCOUNT);
        assertThat(access.head().number()).isPositive();
        assertThat(access.balance(FakeChain.ACCOUNT)).isZero();
        assertThat(access.resolve("bob.eth")).isEqualTo(LedgerTool.RECEIVER);
        context.close();

        TransactionIntent intent =
                TransactionIntent.builder("pay").to(LedgerTool.RECEIVER).build();
        assertThatThrownBy(() -> access.send(intent)).hasMessageContaining("ended");
        assertThatThrownBy(context::chain).hasMessageContaining("ended");
        assertThat(chain.transactionsSent()).isZero();
    }

    @Test
    void saysWhichNetworksThereAreWhenNoneIsMeant() {
        networks.bindChain(chain, chain.properties());

        try (CallContext context = new CallContext(scope, Optional.empty(), networks, () -> now)) {
            assertThatThrownBy(context::chain)
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.code()).isEqualTo(ChainError.CHAIN_UNKNOWN))
                    .hasMessageContaining("eip155:31337");
            assertThatThrownBy(() -> context.chain(ChainId.eip155(5))).isInstanceOf(HostException.class);
        }
    }

    @Test
    void readsItsSettingsAndNamesTheKeyThatIsWrong() {
        assertThat(AgentSettings.of(TestConfigs.agent().withNetwork(" eip155:5 "))
                        .defaultNetwork())
                .contains("eip155:5");
        assertThat(AgentSettings.of(TestConfigs.agent()).defaultNetwork()).isEmpty();
        for (AgentConfig wrong : new AgentConfig[] {
            TestConfigs.agent().withDeadline("a minute"),
            TestConfigs.agent().withDeadline("PT-1S"),
            TestConfigs.agent().withDeadline("P9D"),
            TestConfigs.agent().withNetwork("mainnet")
        }) {
            assertThatThrownBy(() -> AgentSettings.of(wrong))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.code()).isEqualTo(ConfigError.CONFIG_INVALID));
        }
    }

    @Test
    void takesANewConfigurationWhileItRuns() {
        AgentRig rig = new AgentRig();
        rig.agent.modified(TestConfigs.agent().withRounds(1));
        rig.model.says(ScriptedInference.calls(ScriptedInference.call("ledger_look", "{\"asset\":\"x\"}")));

        assertThat(rig.run(new FakeSession(FakeSession.run("x", 1), java.util.List.of()))
                        .errorCode())
                .contains("RUN_ROUNDS_EXHAUSTED");
        rig.agent.deactivate();
    }

    @Test
    void knowsWhenEveryBundleHadItsTurn() throws Exception {
        FrameworkStartLevel levels = mock(FrameworkStartLevel.class);
        when(levels.getInitialBundleStartLevel()).thenReturn(80);
        when(levels.getStartLevel()).thenReturn(60);
        Bundle system = mock(Bundle.class);
        when(system.adapt(any())).thenReturn(levels);
        BundleContext context = mock(BundleContext.class);
        when(context.getBundle(0)).thenReturn(system);
        HostStart start = new HostStart(context);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                start.await(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        start.frameworkEvent(null);
        assertThat(waiting).isNotDone();

        when(levels.getStartLevel()).thenReturn(80);
        start.frameworkEvent(null);
        waiting.get();
        start.close();

        verify(context).removeFrameworkListener(start);
    }

    @Test
    void turnsWhatAToolThrowsIntoOutcomes() {
        Verdict verdict = new Verdict(Decision.DENY, "r", "1", "no", "ab");
        assertThat(ToolFailures.outcome("t", new OutcomeException(new Outcome.Denied<>(verdict)))
                        .word())
                .isEqualTo("DENIED");
        assertThat(ToolFailures.outcome("t", new OutcomeException(new Outcome.Unknown<>("0x", "d")))
                        .word())
                .isEqualTo("UNKNOWN");
        assertThat(ToolFailures.outcome("t", new OutcomeException(new Outcome.Ok<>("x")))
                        .word())
                .isEqualTo("FAILED");
        assertThat(ToolFailures.outcome(
                        "t", new OutcomeException(new Outcome.Failed<>("CHAIN_REVERTED", false, null, Map.of()))))
                .isEqualTo(new Outcome.Failed<>("CHAIN_REVERTED", false, "the tool gave no reason", Map.of()));
        assertThat(ToolFailures.outcome("t", new ToolException(null)).word()).isEqualTo("FAILED");
        assertThat(ToolFailures.outcome("t", HostException.of(ChainError.CHAIN_FUNDS, "detail", "poor")))
                .isEqualTo(new Outcome.Failed<>(
                        "CHAIN_FUNDS", false, ChainError.CHAIN_FUNDS.summary() + ": poor", Map.of("detail", "poor")));
        assertThat(ToolFailures.outcome("t", new StackOverflowError()).word()).isEqualTo("FAILED");
    }

    @Test
    void showsEveryOutcomeToTheModelAsJson() {
        Verdict verdict = new Verdict(Decision.NEEDS_APPROVAL, "r", "1", "ask", "ab");
        assertThat(new ToolResult("1.0", "t", new Outcome.NeedsApproval<>(verdict))
                        .message()
                        .text())
                .isEqualTo("{\"outcome\":\"NEEDS_APPROVAL\",\"rule\":\"r\",\"detail\":\"ask\"}");
        assertThat(new ToolResult("1.0", "t", new Outcome.Unknown<>("0x1", "d"))
                        .message()
                        .isError())
                .isTrue();
    }
}
