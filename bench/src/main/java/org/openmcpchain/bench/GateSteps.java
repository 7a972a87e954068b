/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.core.policy.internal.BareGate;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.policy.Verdict;

/**
 * What is measured by JMH: a transaction is judged by rules of which only the last one holds. A third of them compares an
 * amount, a third a text, a third looks through the actions.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GateSteps {

    /** How many rules there are. */
    @Param({"1", "100", "1000"})
    public int rules;

    private Intent intent;
    private BareGate gate;
    private List<CelRuntime.Program> programs;
    private Map<String, ?> variables;
    private List<Predicate<Intent>> predicates;

    /** Puts all three together, and sees that they say the same. */
    @Setup
    public void prepare() throws Exception {
        intent = intent();
        gate = BareGate.of(policy());
        programs = programs();
        variables = Map.of(
                "value",
                1_000L,
                "contract",
                "uniswap-v2.router",
                "actions",
                List.of(Map.of("kind", "CONTRACT_CALL"), Map.of("kind", "TOKEN_APPROVAL")));
        predicates = predicates();
        String last = "rule-" + (rules - 1);
        if (!gate.judge(intent).equals(last) || celAlone() != rules - 1 || javaAlone() != rules - 1) {
            throw new IllegalStateException("they do not decide alike");
        }
    }

    /** The whole verdict, but for the disk. */
    @Benchmark
    public Verdict decide() {
        return gate.decide(intent);
    }

    /** The rules of the policy. */
    @Benchmark
    public String judge() {
        return gate.judge(intent);
    }

    /** The same comparisons, by cel-java over a map; 64-bit integers instead of amounts. */
    @Benchmark
    public int celAlone() throws Exception {
        for (int i = 0; i < programs.size(); i++) {
            if ((Boolean) programs.get(i).eval(variables)) {
                return i;
            }
        }
        return -1;
    }

    /** The same comparisons, written in Java. */
    @Benchmark
    public int javaAlone() {
        for (int i = 0; i < predicates.size(); i++) {
            if (predicates.get(i).test(intent)) {
                return i;
            }
        }
        return -1;
    }

    private String policy() {
        StringBuilder text = new StringBuilder("version: 1\nrules:\n");
        for (int i = 0; i < rules; i++) {
            String when = i == rules - 1
                    ? "tx.contract == \"uniswap-v2.router\""
                    : switch (i % 3) {
                        case 0 -> "tx.value > amount(\"" + (2_000 + i) + "\")";
                        case 1 -> "tx.contract == \"contract-" + i + "\"";
                        default -> "actions.exists(a, a.kind == \"KIND_" + i + "\")";
                    };
            text.append("  - {id: rule-")
                    .append(i)
                    .append(", at: SIGN, then: ALLOW, when: '")
                    .append(when)
                    .append("'}\n");
        }
        return text.toString();
    }

    private List<CelRuntime.Program> programs() throws Exception {
        Cel cel = CelFactory.standardCelBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("value", SimpleType.INT)
                .addVar("contract", SimpleType.STRING)
                .addVar("actions", ListType.create(MapType.create(SimpleType.STRING, SimpleType.STRING)))
                .build();
        List<CelRuntime.Program> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            String when = i == rules - 1
                    ? "contract == \"uniswap-v2.router\""
                    : switch (i % 3) {
                        case 0 -> "value > " + (2_000 + i);
                        case 1 -> "contract == \"contract-" + i + "\"";
                        default -> "actions.exists(a, a.kind == \"KIND_" + i + "\")";
                    };
            all.add(cel.createProgram(cel.compile(when).getAst()));
        }
        return all;
    }

    private List<Predicate<Intent>> predicates() {
        List<Predicate<Intent>> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            BigInteger limit = BigInteger.valueOf(2_000L + i);
            String name = i == rules - 1 ? "uniswap-v2.router" : "contract-" + i;
            String kind = "KIND_" + i;
            int form = i == rules - 1 ? 1 : i % 3;
            all.add(
                    form == 0
                            ? asked -> asked.transaction().orElseThrow().value().compareTo(limit) > 0
                            : form == 1
                                    ? asked -> name.equals(
                                            asked.transaction().orElseThrow().contract())
                                    : asked -> asked.transaction().orElseThrow().actions().stream()
                                            .anyMatch(action ->
                                                    action.kind().name().equals(kind)));
        }
        return all;
    }

    private static Intent intent() {
        String account = "0x" + "a1".repeat(20);
        return Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("r1", "1.0")
                .key("r1/1.0/swap")
                .transaction(new TransactionFacts(
                        ChainId.eip155(31337),
                        account,
                        account,
                        "uniswap-v2.router",
                        null,
                        "swap(uint256)",
                        List.of("1"),
                        BigInteger.valueOf(1_000),
                        BigInteger.valueOf(200_000),
                        BigInteger.TEN.pow(9),
                        BigInteger.ONE,
                        "0x" + "12".repeat(228),
                        List.of(action(ActionKind.CONTRACT_CALL), action(ActionKind.TOKEN_APPROVAL)),
                        List.of(),
                        false))
                .build();
    }

    private static Action action(ActionKind kind) {
        return new Action(
                kind,
                "0",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                BigInteger.TEN,
                null,
                null,
                null,
                List.of(),
                "an action");
    }
}
