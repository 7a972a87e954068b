/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Grants;
import org.openmcpchain.market.Permission;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Policies.Scope;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.tool.Effect;

/** What the journal holds is enough to judge each intent again, and to come to the same verdict. */
class ReplayTest {

    private static final long SEED = 20_261_120L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER =
            """
            version: 1
            rules:
              - {id: hours, at: [TOOL, SIGN], when: now.getMilliseconds() < 500, then: DENY}
              - {id: unlimited, at: SIGN, when: 'actions.exists(a, a.unlimited)', then: ASK}
              - {id: fragile, at: SIGN, when: tx.value > 5, then: ALLOW}
              - {id: rest, at: [INFERENCE, TOOL, SIGN, CONFIGURE], then: ALLOW}
            """;

    private final Random random = new Random(SEED);

    @Test
    void readsBackEveryIntentThatItWrites() {
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> text = IntentText.of(intent());
            String json = CanonicalJson.of(text);

            assertThat(CanonicalJson.of(IntentText.of(IntentReader.read(json)))).isEqualTo(json);
        }
    }

    @Test
    void refusesATextThatIsNoIntent() {
        for (String text : List.of("{}", "[]", "", "{\"point\":\"SIGN\"", "{\"point\":\"SING\",\"subject\":\"a\"}")) {
            assertThatThrownBy(() -> IntentReader.read(text))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_BROKEN));
        }
    }

    @Test
    void givesTheSameVerdictsUnderTheStoredVersions() throws Exception {
        try (MemoryHost host = new MemoryHost()) {
            PolicyVersions versions = new PolicyVersions(new StartingSettings(), host);
            JournaledGate gate =
                    new JournaledGate(versions, host, new NoReservations(), new NoApprovalDesk(), new SteppingClock());
            gate.bindGrants(new SomeGrants());
            for (int i = 0; i < 600; i++) {
                if (i == 300) {
                    versions.update(1, PolicyReader.read(OTHER), "root");
                }
                gate.decide(intent());
            }

            List<JournalEntry> verdicts = new ArrayList<>();
            for (String stream : host.journal().streams("", 1000)) {
                host.entries(stream).stream()
                        .filter(entry -> entry.type().equals(EntryTypes.GATE_VERDICT))
                        .forEach(verdicts::add);
            }
            assertThat(verdicts).hasSize(600);
            Map<String, PolicyInForce> known = new HashMap<>();
            for (JournalEntry entry : verdicts) {
                JsonNode body = JSON.readTree(entry.body());
                PolicyInForce then =
                        known.computeIfAbsent(body.path("policyVersion").asText(), label -> stored(versions, label));
                GateQuestion question = Rejudging.question(entry, body, then).orElseThrow();
                Ruling again = then.rules().judge(question);

                assertThat(IntentText.hash(IntentText.of(question.intent())))
                        .isEqualTo(body.path("intentHash").asText());
                assertThat(again.decision()).isEqualTo(VerdictText.ruling(body).decision());
                assertThat(again.rule()).isEqualTo(VerdictText.ruling(body).rule());
            }
            assertThat(verdicts)
                    .extracting(
                            entry -> JSON.readTree(entry.body()).path("rule").asText())
                    .contains("network-known", "contract-granted", "unreadable", "fragile", "hours", "rest");

            GuardedPolicies policies = new GuardedPolicies(versions, gate, host, host.journal());
            assertThat(policies.dryRun(OTHER, new Scope(Optional.empty(), Instant.EPOCH, Instant.MAX)))
                    .satisfies(run -> assertThat(run.judged()).isEqualTo(600))
                    .satisfies(run -> assertThat(run.changed()).hasSize((int) (600 - run.same())));
        }
    }

    private static PolicyInForce stored(PolicyVersions versions, String label) {
        long version = Long.parseLong(label.substring(0, label.indexOf('-')));
        return new StoredPolicy(versions.version(version).orElseThrow(), false).read();
    }

    private Intent intent() {
        GatePoint point = GatePoint.values()[random.nextInt(GatePoint.values().length)];
        Intent.Builder intent = Intent.builder(point, text(), text());
        intent.run(random.nextBoolean() ? "r" + random.nextInt(5) : null, maybe("1.0"))
                .key(maybe("r1/1.0/swap"))
                .session(maybe("main/trader/main"))
                .argumentsHash(maybe("c".repeat(64)))
                .arguments(maybe("{\"a\":\"" + random.nextInt(9) + "\"}"))
                .effect(random.nextBoolean() ? Effect.values()[random.nextInt(3)] : null)
                .bundle(random.nextInt(4) == 0 ? null : new BundleRef(text(), "1.0.0", "a".repeat(64)));
        if (point == GatePoint.SIGN && random.nextInt(4) > 0) {
            intent.transaction(transaction());
        } else if (point == GatePoint.SIGN) {
            intent.signature(signature());
        }
        if (point == GatePoint.INFERENCE) {
            intent.inference(new InferenceFacts(text(), text(), random.nextInt(50), random.nextLong(), 7));
        }
        return intent.build();
    }

    private TransactionFacts transaction() {
        return new TransactionFacts(
                ChainId.eip155(random.nextBoolean() ? 31337 : 1),
                maybe(Intents.ALICE),
                maybe(Intents.ROUTER),
                random.nextInt(5) == 0 ? null : "uniswap-v2.router",
                maybe("USDC"),
                maybe(text()),
                List.of(text(), text()),
                random.nextInt(5) == 0 ? null : new BigInteger(random.nextBoolean() ? 4 : 66, random),
                new BigInteger(20, random),
                maybeNumber(38),
                maybeNumber(20),
                maybe("0x1234"),
                actions(),
                random.nextBoolean()
                        ? List.of()
                        : List.of(new BalanceChange(
                                Intents.ALICE, Intents.USDC, maybe("USDC"), 6, maybeNumber(9), maybeNumber(256))),
                random.nextBoolean());
    }

    private SignatureFacts signature() {
        return new SignatureFacts(
                SignatureFacts.Kind.values()[random.nextInt(3)],
                random.nextBoolean() ? null : Intents.DEVNET,
                maybe(Intents.ALICE),
                maybe("0x12"),
                maybe(text()),
                maybe(text()),
                maybe(Intents.ROUTER),
                maybe("Permit"),
                actions());
    }

    private List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Action.Flag> flags = new ArrayList<>(List.of(Action.Flag.values()));
            flags.removeIf(flag -> random.nextInt(4) > 0);
            actions.add(new Action(
                    ActionKind.values()[random.nextInt(ActionKind.values().length)],
                    "0",
                    maybe("ERC-20"),
                    maybe(Intents.ROUTER),
                    maybe(text()),
                    maybe(text()),
                    maybe(Intents.ALICE),
                    maybe(Intents.BOB),
                    maybe(Intents.USDC),
                    maybe(text()),
                    maybeNumber(256),
                    random.nextBoolean() ? null : 18,
                    maybeNumber(256),
                    maybeNumber(48),
                    flags,
                    text()));
        }
        return actions;
    }

    private BigInteger maybeNumber(int bits) {
        return random.nextInt(4) == 0 ? null : new BigInteger(bits, random);
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? null : text;
    }

    private String text() {
        return List.of("dex_swap", "", "ünïcödé \u202e\n\"", "a", "\ud83d\ude80", "null")
                .get(random.nextInt(6));
    }

    /** Each look at the clock is a third of a second later. */
    private static final class SteppingClock extends Clock {

        private Instant now = Instant.parse("2026-11-20T14:00:00Z");

        @Override
        public Instant instant() {
            now = now.plusMillis(333);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class SomeGrants implements Grants {
        @Override
        public Optional<Grant> of(BundleRef bundle) {
            return bundle.symbolicName().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Grant(
                            bundle, List.of(Permission.contract("uniswap-v2.router")), "root", Instant.EPOCH));
        }

        @Override
        public List<Grant> list() {
            return List.of();
        }
    }
}
