/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Grants;
import org.openmcpchain.market.Permission;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.tool.Effect;

class JournaledGateTest {

    private static final ChainId DEVNET = ChainId.eip155(31337);
    private static final BundleRef DEX = new BundleRef("org.example.dex", "1.0.0", "a".repeat(64));
    private static final BigInteger ETHER = BigInteger.TEN.pow(18);

    private final MemoryHost host = new MemoryHost();
    private final StartingSettings settings = new StartingSettings();

    @AfterEach
    void close() {
        host.close();
    }

    private JournaledGate bareGate() {
        return new JournaledGate(new PolicyVersions(settings, host), host, new NoReservations(), new NoApprovalDesk());
    }

    private JournaledGate gate() {
        JournaledGate gate = bareGate();
        gate.bindGrants(new FixedGrants(new Grant(
                DEX,
                List.of(Permission.contract("uniswap-v2.router"), Permission.contract("asset:*")),
                "operator",
                Instant.EPOCH)));
        return gate;
    }

    @Test
    void allowsASwapWithinEveryLimit() {
        Verdict verdict = gate().decide(sign(facts("uniswap-v2.router", null, ETHER, 200_000, 2)));

        assertThat(verdict.isAllowed()).isTrue();
        assertThat(verdict.ruleId()).isEqualTo("sign-allowed");
    }

    @Test
    void deniesOneWeiAboveTheValueCap() {
        Verdict verdict = gate().decide(sign(facts("uniswap-v2.router", null, ETHER.add(BigInteger.ONE), 200_000, 2)));

        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.ruleId()).isEqualTo("value-cap");
    }

    @Test
    void deniesOneUnitOfGasAboveTheCap() {
        assertThat(gate().decide(sign(facts("uniswap-v2.router", null, ETHER, 1_000_000, 2)))
                        .isAllowed())
                .isTrue();
        assertThat(gate().decide(sign(facts("uniswap-v2.router", null, ETHER, 1_000_001, 2)))
                        .ruleId())
                .isEqualTo("gas-cap");
    }

    @Test
    void deniesAFeeAboveTheCap() {
        assertThat(gate().decide(sign(facts("uniswap-v2.router", null, ETHER, 21_000, 501)))
                        .ruleId())
                .isEqualTo("gas-cap");
    }

    @Test
    void deniesAContractThatTheGrantDoesNotName() {
        Verdict verdict = gate().decide(sign(facts("bridge", null, BigInteger.ZERO, 21_000, 2)));

        assertThat(verdict.ruleId()).isEqualTo("contract-granted");
        assertThat(verdict.reason()).contains("bridge");
    }

    @Test
    void deniesAnAddressThatNobodyKnows() {
        assertThat(gate().decide(sign(facts(null, null, BigInteger.ZERO, 21_000, 2)))
                        .ruleId())
                .isEqualTo("contract-granted");
    }

    @Test
    void allowsTheTokenOfAListedAsset() {
        assertThat(gate().decide(sign(facts(null, "USDC", BigInteger.ZERO, 60_000, 2)))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void deniesANetworkThatIsNotListed() {
        settings.networks = new String[] {"eip155:1"};

        assertThat(gate().decide(sign(facts("uniswap-v2.router", null, ETHER, 21_000, 2)))
                        .ruleId())
                .isEqualTo("network-known");
    }

    @Test
    void deniesToSignWhatWasNotDecoded() {
        Intent intent = Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("r1", "1.0")
                .bundle(DEX)
                .build();

        assertThat(gate().decide(intent).decision()).isEqualTo(Decision.DENY);
    }

    @Test
    void deniesAToolWhoseJarIsNotTheGrantedOne() {
        Intent intent = Intent.builder(GatePoint.TOOL, "dex_swap", "alice")
                .run("r1", "1.0")
                .bundle(new BundleRef(DEX.symbolicName(), DEX.version(), "b".repeat(64)))
                .effect(Effect.READ)
                .build();

        assertThat(gate().decide(intent).ruleId()).isEqualTo("tool-granted");
    }

    @Test
    void allowsAToolWithAGrant() {
        Intent intent = Intent.builder(GatePoint.TOOL, "dex_quote", "alice")
                .bundle(DEX)
                .argumentsHash("c".repeat(64))
                .build();

        assertThat(gate().decide(intent).ruleId()).isEqualTo("tool-allowed");
    }

    @Test
    void deniesEveryToolWhileThereAreNoGrants() {
        JournaledGate gate = gate();
        FixedGrants other = new FixedGrants(null);
        gate.bindGrants(other);
        gate.unbindGrants(other);

        assertThat(gate.decide(sign(facts("uniswap-v2.router", null, ETHER, 21_000, 2)))
                        .ruleId())
                .isEqualTo("contract-granted");
    }

    @ParameterizedTest
    @EnumSource(GatePoint.class)
    void allowsNothingUnderTheEmptyPolicy(GatePoint point) {
        settings.networks = new String[0];
        settings.inferenceProviders = new String[0];
        settings.installs = false;
        settings.configuration = false;
        JournaledGate gate = bareGate();

        Verdict verdict = gate.decide(Intent.builder(point, "anything", "alice").build());

        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
    }

    @Test
    void asksOnlyTheListedProviders() {
        settings.inferenceProviders = new String[] {"planner"};
        JournaledGate gate = gate();

        assertThat(gate.decide(inference("planner")).isAllowed()).isTrue();
        assertThat(gate.decide(inference("openai")).ruleId()).isEqualTo("inference-listed");
    }

    @Test
    void allowsInstallationsAndConfigurationByDefault() {
        assertThat(gate().decide(Intent.builder(GatePoint.INSTALL, "x", "root").build())
                        .isAllowed())
                .isTrue();
        assertThat(gate().decide(
                                Intent.builder(GatePoint.CONFIGURE, "x", "root").build())
                        .isAllowed())
                .isTrue();
    }

    @Test
    void journalsEachVerdictInTheStreamOfItsRun() {
        Verdict verdict = gate().decide(sign(facts("bridge", null, BigInteger.ZERO, 21_000, 2)));

        assertThat(host.entries("run/r1")).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(EntryTypes.GATE_VERDICT);
            assertThat(entry.body())
                    .contains("\"rule\":\"contract-granted\"")
                    .contains("\"intentHash\":\"" + verdict.intentHash() + "\"");
        });
    }

    @Test
    void journalsAdministrativeActsInTheHostStream() {
        gate().decide(Intent.builder(GatePoint.INSTALL, "x", "root").build());

        assertThat(host.entries(JournalEntry.HOST_STREAM))
                .extracting(JournalEntry::type)
                .containsExactly(EntryTypes.POLICY_UPDATED, EntryTypes.GATE_VERDICT);
    }

    @Test
    void givesNoVerdictThatCouldNotBeJournaled() {
        JournaledGate gate = gate();
        host.breakDown(true);

        assertThatThrownBy(() -> gate.decide(inference("planner")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_UNAVAILABLE));
    }

    @Test
    void deniesWhenARuleBreaks() {
        JournaledGate gate = bareGate();
        gate.bindGrants(new FixedGrants(null) {
            @Override
            public Optional<Grant> of(BundleRef bundle) {
                throw new IllegalStateException("broken on purpose");
            }
        });

        Verdict verdict = gate.decide(sign(facts("uniswap-v2.router", null, ETHER, 21_000, 2)));

        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.reason()).doesNotContain("broken on purpose");
    }

    @Test
    void namesTheSameVersionForTheSameLimitsAndAnotherForOthers() {
        String before = gate().policyVersion();
        assertThat(gate().policyVersion()).isEqualTo(before);

        settings.maxValue = "2";
        assertThat(gate().policyVersion()).isNotEqualTo(before).startsWith("2-");
    }

    @Test
    void staysShutWhenALimitCannotBeRead() {
        settings.maxValue = "one ether";
        assertThatThrownBy(this::gate).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(PolicyError.POLICY_INVALID));

        settings.maxValue = "-1";
        assertThatThrownBy(this::gate).isInstanceOf(HostException.class);
    }

    @Test
    void hashesDifferentIntentsDifferently() {
        assertThat(gate().decide(inference("a")).intentHash())
                .isNotEqualTo(gate().decide(inference("b")).intentHash());
    }

    private static Intent inference(String provider) {
        return Intent.builder(GatePoint.INFERENCE, provider, "alice")
                .run("r1", null)
                .build();
    }

    private static Intent sign(TransactionFacts facts) {
        return Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("r1", "1.0")
                .bundle(DEX)
                .effect(Effect.TRANSACTION)
                .transaction(facts)
                .build();
    }

    private static TransactionFacts facts(String contract, String asset, BigInteger value, long gas, long gwei) {
        return new TransactionFacts(
                DEVNET,
                "0x" + "1".repeat(40),
                "0x" + "2".repeat(40),
                contract,
                asset,
                "f(uint256)",
                List.of("1"),
                value,
                BigInteger.valueOf(gas),
                BigInteger.valueOf(gwei).multiply(BigInteger.TEN.pow(9)),
                BigInteger.ONE,
                "0x",
                List.of(),
                List.of(),
                false);
    }

    private static class FixedGrants implements Grants {

        private final Grant grant;

        FixedGrants(Grant grant) {
            this.grant = grant;
        }

        @Override
        public Optional<Grant> of(BundleRef bundle) {
            return Optional.ofNullable(grant).filter(g -> g.bundle().equals(bundle));
        }

        @Override
        public List<Grant> list() {
            return List.of();
        }
    }
}
