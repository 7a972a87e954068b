/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openmcpchain.chain.BlockRef;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.BalanceChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.utils.Numeric;

/**
 * What a transaction would do to balances on the newest state: {@code eth_simulateV1} with traced transfers where the node
 * has it, {@code debug_traceCall} otherwise, nothing where it has neither. It reads what contracts say of themselves in
 * their events, so a contract that lies is believed: rules rest on the decoded actions as well, never on this alone. Source:
 * execution-apis, eth_simulateV1; geth, callTracer.
 */
final class Simulation {

    private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);

    private static final int MAX_CHANGES = 128;
    private static final int MAX_CALLS = 2_048;

    private enum Method {
        SIMULATE,
        TRACE,
        NONE
    }

    private final NetworkSettings settings;
    private final EvmNode node;
    private volatile Method method = Method.SIMULATE;

    Simulation(NetworkSettings settings, EvmNode node) {
        this.settings = settings;
        this.node = node;
    }

    /** The changes by account and asset, or empty when the node cannot tell all of them. */
    Optional<List<BalanceChange>> changes(Crafter.Draft draft) {
        try {
            return switch (method) {
                case SIMULATE -> simulated(draft);
                case TRACE -> traced(draft);
                case NONE -> Optional.empty();
            };
        } catch (UnsupportedOperationException missing) {
            method = method == Method.SIMULATE ? Method.TRACE : Method.NONE;
            return changes(draft);
        } catch (HostException | IllegalArgumentException | ArithmeticException e) {
            LOG.debug("A transaction on {} was not simulated", settings.info().id(), e);
            return Optional.empty();
        }
    }

    private Optional<List<BalanceChange>> simulated(Crafter.Draft draft) {
        BlockRef head = node.head();
        // Some nodes start a simulated block at time 1, where nothing that looks at the clock behaves as it will.
        Map<String, Object> block = Map.of(
                "number", quantity(head.number() + 1),
                "time", quantity(head.timestamp().getEpochSecond() + 1));
        Map<String, Object> question = Map.of(
                "blockStateCalls",
                List.of(Map.of("blockOverrides", block, "calls", List.of(call(draft)))),
                "traceTransfers",
                true,
                "validation",
                false);
        JsonNode call = node.raw("eth_simulateV1", question, "latest")
                .path(0)
                .path("calls")
                .path(0);
        if (!"0x1".equals(call.path("status").asText())) {
            return Optional.empty();
        }
        Balances balances = new Balances();
        call.path("logs").forEach(balances::log);
        return balances.changes();
    }

    private Optional<List<BalanceChange>> traced(Crafter.Draft draft) {
        Map<String, Object> tracer = Map.of("tracer", "callTracer", "tracerConfig", Map.of("withLog", true));
        JsonNode root = node.raw("debug_traceCall", call(draft), "latest", tracer);
        if (!root.hasNonNull("type") || root.hasNonNull("error")) {
            return Optional.empty();
        }
        Balances balances = new Balances();
        List<JsonNode> open = new ArrayList<>(List.of(root));
        for (int i = 0; i < open.size(); i++) {
            JsonNode frame = open.get(i);
            // What a frame did that failed was undone, with all that it called.
            if (!frame.hasNonNull("error")) {
                balances.frame(frame);
                frame.path("calls").forEach(open::add);
            }
            if (open.size() > MAX_CALLS) {
                return Optional.empty();
            }
        }
        return balances.changes();
    }

    private static Map<String, Object> call(Crafter.Draft draft) {
        return Map.of(
                "from", draft.from(),
                "to", draft.to(),
                "value", Numeric.encodeQuantity(draft.value()),
                "input", draft.data(),
                "gas", Numeric.encodeQuantity(draft.gasLimit()));
    }

    private static String quantity(long number) {
        return Numeric.encodeQuantity(BigInteger.valueOf(number));
    }

    /** The sums of all movements. */
    private final class Balances {

        private record Holding(String account, String asset, BigInteger tokenId) implements Comparable<Holding> {

            private static final java.util.Comparator<Holding> ORDER = java.util.Comparator.comparing(Holding::account)
                    .thenComparing(Holding::asset)
                    .thenComparing(
                            Holding::tokenId, java.util.Comparator.nullsFirst(java.util.Comparator.naturalOrder()));

            @Override
            public int compareTo(Holding other) {
                return ORDER.compare(this, other);
            }
        }

        private final TransferLogs reader = new TransferLogs(settings.info());
        private final TreeMap<Holding, BigInteger> sums = new TreeMap<>();

        void log(JsonNode log) {
            reader.read(log).forEach(this::move);
        }

        void frame(JsonNode frame) {
            // A delegated or static call shows its caller's value again; nothing moves.
            boolean moves = !frame.path("type").asText().matches("DELEGATECALL|STATICCALL|CALLCODE");
            String value = frame.path("value").asText("0x0");
            if (moves && frame.hasNonNull("to") && Numeric.toBigInt(value).signum() > 0) {
                move(reader.coin(frame.path("from").asText(), frame.path("to").asText(), Numeric.toBigInt(value)));
            }
            frame.path("logs").forEach(this::log);
        }

        private void move(TransferLogs.Movement movement) {
            add(movement.from(), movement, movement.amount().negate());
            add(movement.to(), movement, movement.amount());
        }

        private void add(String account, TransferLogs.Movement movement, BigInteger amount) {
            if (!TransferLogs.isNobody(account)) {
                sums.merge(new Holding(account, movement.asset(), movement.tokenId()), amount, BigInteger::add);
            }
        }

        Optional<List<BalanceChange>> changes() {
            sums.values().removeIf(amount -> amount.signum() == 0);
            if (sums.size() > MAX_CHANGES) {
                return Optional.empty();
            }
            List<BalanceChange> changes = new ArrayList<>();
            sums.forEach((holding, amount) -> {
                var known = reader.known(holding.asset());
                changes.add(new BalanceChange(
                        holding.account(),
                        holding.asset(),
                        known.map(org.openmcpchain.money.Asset::symbol).orElse(null),
                        known.map(org.openmcpchain.money.Asset::decimals).orElse(null),
                        holding.tokenId(),
                        amount));
            });
            return Optional.of(changes);
        }
    }
}
