/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;
import org.openmcpchain.tool.Effect;

/** An example of the guide: an intent in few words, and the verdict that it must get. A word that is not known fails. */
final class GuideExample {

    private static final Set<String> WORDS = Set.of(
            "at",
            "subject",
            "principal",
            "effect",
            "granted",
            "now",
            "provider",
            "model",
            "round",
            "inputTokens",
            "contract",
            "asset",
            "value",
            "maxFeePerGas",
            "actions",
            "changes",
            "signature",
            "verdict",
            "rule");
    private static final Set<String> ACTION_WORDS =
            Set.of("kind", "path", "function", "to", "symbol", "amount", "expires", "flags");

    private final Map<String, Object> words;

    GuideExample(Map<String, Object> words) {
        refuseUnknown(words, WORDS);
        this.words = words;
    }

    Decision verdict() {
        return PolicyReader.Then.valueOf(text("verdict", null)).decision();
    }

    String rule() {
        return text("rule", null);
    }

    GateQuestion question(PolicyInForce policy) {
        Instant now = Instant.parse(text("now", "2026-11-20T14:00:00Z"));
        List<String> contracts = list("granted").stream().map(String::valueOf).toList();
        return new GateQuestion(intent(), "", policy, new Circumstances(now, words.containsKey("granted"), contracts));
    }

    private Intent intent() {
        GatePoint point = GatePoint.valueOf(text("at", null));
        Intent.Builder intent = Intent.builder(point, text("subject", "example"), text("principal", "alice"))
                .bundle(Intents.DEX);
        if (words.containsKey("effect")) {
            intent.effect(Effect.valueOf(text("effect", null)));
        }
        if (point == GatePoint.SIGN && words.containsKey("signature")) {
            intent.signature(new SignatureFacts(
                    SignatureFacts.Kind.valueOf(text("signature", null)),
                    Intents.DEVNET,
                    Intents.ALICE,
                    "0x00",
                    "{}",
                    "d",
                    Intents.ROUTER,
                    "t",
                    actions()));
        } else if (point == GatePoint.SIGN) {
            intent.transaction(transaction());
        } else if (words.containsKey("provider")) {
            intent.inference(new InferenceFacts(
                    text("provider", null),
                    text("model", ""),
                    Integer.parseInt(text("round", "1")),
                    Long.parseLong(text("inputTokens", "100")),
                    100));
        }
        return intent.build();
    }

    private TransactionFacts transaction() {
        return new TransactionFacts(
                Intents.DEVNET,
                Intents.ALICE,
                Intents.ROUTER,
                text("contract", null),
                text("asset", null),
                "f()",
                List.of(),
                whole(words.getOrDefault("value", "0")),
                BigInteger.valueOf(200_000),
                whole(words.getOrDefault("maxFeePerGas", "2e9")),
                BigInteger.ONE,
                "0x12345678",
                actions(),
                changes(),
                words.containsKey("changes"));
    }

    private List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (Object item : list("actions")) {
            Map<String, Object> action = map(item);
            refuseUnknown(action, ACTION_WORDS);
            List<Action.Flag> flags = new ArrayList<>();
            ((List<?>) action.getOrDefault("flags", List.of()))
                    .forEach(flag -> flags.add(Action.Flag.valueOf(String.valueOf(flag))));
            actions.add(new Action(
                    ActionKind.valueOf(String.valueOf(action.get("kind"))),
                    String.valueOf(action.getOrDefault("path", "0")),
                    null,
                    null,
                    null,
                    (String) action.get("function"),
                    Intents.ALICE,
                    (String) action.getOrDefault("to", Intents.BOB),
                    null,
                    (String) action.get("symbol"),
                    whole(action.get("amount")),
                    null,
                    null,
                    whole(action.get("expires")),
                    flags,
                    "example"));
        }
        return actions;
    }

    private List<BalanceChange> changes() {
        return list("changes").stream()
                .map(GuideExample::map)
                .map(change -> new BalanceChange(
                        Intents.ALICE,
                        String.valueOf(change.get("asset")),
                        null,
                        null,
                        null,
                        whole(change.get("amount"))))
                .toList();
    }

    private String text(String name, String otherwise) {
        Object value = words.get(name);
        return value == null ? otherwise : String.valueOf(value);
    }

    private List<?> list(String name) {
        return (List<?>) words.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object item) {
        return (Map<String, Object>) item;
    }

    private static BigInteger whole(Object value) {
        return value == null ? null : new BigDecimal(String.valueOf(value)).toBigIntegerExact();
    }

    private static void refuseUnknown(Map<String, Object> words, Set<String> known) {
        words.keySet().stream()
                .filter(word -> !known.contains(word))
                .findFirst()
                .ifPresent(word -> {
                    throw new IllegalArgumentException("the example says " + word);
                });
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
