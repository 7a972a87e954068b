/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;

/**
 * An intent in plain words, for the person who decides on it. Everything that foreign hands wrote (names, symbols,
 * arguments, messages) goes through {@link SafeText}; amounts are exact.
 */
final class ApprovalWords {

    static final int MAX_LINES = 400;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 500;
    private static final int LONGEST_SUMMARY = 600;
    private static final int LONGEST_NAME = 128;
    private static final int ACTIONS_IN_SUMMARY = 3;
    private static final int MAX_ARGUMENTS = 40;
    /** Arguments, and that there are more of them or of the text, have room behind a text. */
    private static final int LINES_BEHIND = MAX_ARGUMENTS + 2;

    private static final int LONGEST_PIECE = LONGEST - "Text: ".length();

    private final Intent intent;
    private final List<String> lines = new ArrayList<>();

    private ApprovalWords(Intent intent) {
        this.intent = intent;
    }

    /** The intent in one sentence. */
    static String summary(Intent intent) {
        String subject = SafeText.name(intent.subject(), LONGEST_NAME);
        String what = intent.transaction()
                .map(ApprovalWords::inShort)
                .or(() -> intent.signature().map(ApprovalWords::inShort))
                .or(() -> intent.inference().map(ApprovalWords::inShort))
                .orElseGet(() -> switch (intent.point()) {
                    case TOOL -> "call the tool" + inShortArguments(intent);
                    case INSTALL -> "install it";
                    case CONFIGURE -> "change it";
                    default -> "do what was not decoded";
                });
        return SafeText.line(subject + ": " + what, LONGEST_SUMMARY);
    }

    /** The intent line by line. */
    static List<String> lines(Intent intent) {
        ApprovalWords words = new ApprovalWords(intent);
        words.who();
        intent.transaction().ifPresent(words::transaction);
        intent.signature().ifPresent(words::signature);
        intent.inference().ifPresent(words::inference);
        words.arguments();
        return List.copyOf(words.lines);
    }

    private void add(String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(SafeText.line(line, LONGEST));
        } else if (lines.size() == MAX_LINES) {
            lines.add("There is more than these " + MAX_LINES + " lines say");
        }
    }

    private static String inShort(TransactionFacts facts) {
        StringBuilder text = new StringBuilder(inShort(facts.actions()));
        String received = facts.changes().stream()
                .filter(change -> change.account().equalsIgnoreCase(facts.from())
                        && change.amount().signum() > 0)
                .map(ApprovalWords::amount)
                .collect(Collectors.joining(", "));
        if (!received.isEmpty()) {
            text.append("; simulated, you receive ").append(received);
        }
        return text.append("; fee at most ")
                .append(ApprovalAmounts.coin(facts, fee(facts)))
                .append("; on ")
                .append(facts.chain())
                .toString();
    }

    private static String inShort(SignatureFacts facts) {
        String kind =
                switch (facts.kind()) {
                    case TYPED_DATA -> "sign "
                            + (facts.primaryType() == null ? "typed data" : name(facts.primaryType()));
                    case PERSONAL_MESSAGE -> "sign a message";
                    case RAW_DIGEST -> "sign 32 bytes that can mean anything";
                };
        return kind + ": " + inShort(facts.actions()) + "; on " + facts.chain();
    }

    private static String inShort(InferenceFacts facts) {
        return "ask model " + name(facts.model()) + " with at most " + facts.inputTokens() + " tokens in and "
                + facts.outputTokens() + " out";
    }

    private static String inShortArguments(Intent intent) {
        return intent.arguments()
                .map(json -> " with " + SafeText.line(json, LONGEST / 2))
                .orElse("");
    }

    private static String inShort(List<Action> actions) {
        if (actions.isEmpty()) {
            return "do what nobody could read";
        }
        // What only carries others says little; but it must not hide that it is all there is.
        List<Action> telling = actions.stream()
                .filter(action -> !onlyCarries(action) || actions.size() == 1)
                .toList();
        List<Action> shown = telling.isEmpty() ? actions : telling;
        String text = shown.stream()
                .limit(ACTIONS_IN_SUMMARY)
                .map(ApprovalWords::inWords)
                .collect(Collectors.joining("; "));
        int more = shown.size() - ACTIONS_IN_SUMMARY;
        return more > 0 ? text + "; and " + more + " more" : text;
    }

    private static boolean onlyCarries(Action action) {
        return action.kind() == ActionKind.CONTRACT_CALL
                && action.asset() == null
                && action.flags().isEmpty();
    }

    private void who() {
        add("For " + name(intent.principal())
                + intent.session()
                        .map(session -> " in session " + name(session))
                        .orElse("")
                + intent.runId().map(run -> ", run " + name(run)).orElse(""));
        intent.bundle()
                .ifPresent(bundle -> add("By bundle " + name(bundle.symbolicName()) + " " + name(bundle.version())
                        + ", sha256 " + name(bundle.sha256())));
    }

    private void transaction(TransactionFacts facts) {
        add("Transaction on " + facts.chain() + " from " + name(facts.from()) + " to "
                + (facts.to() == null
                        ? "nobody: it creates a contract"
                        : (facts.contract() == null ? "" : name(facts.contract()) + " ") + name(facts.to())));
        actions(facts.actions());
        changes(facts);
        add("Value: " + ApprovalAmounts.coin(facts, facts.value()));
        add("Gas: at most " + facts.gasLimit() + " units at " + facts.maxFeePerGas() + " wei, so a fee of at most "
                + ApprovalAmounts.coin(facts, fee(facts)));
    }

    private void changes(TransactionFacts facts) {
        if (!facts.simulated()) {
            add("It was not simulated with all its movements: it may move more than what is listed");
        }
        for (BalanceChange change : facts.changes()) {
            boolean own = change.account().equalsIgnoreCase(facts.from());
            add("Simulated: " + (own ? "your account" : name(change.account()))
                    + (change.amount().signum() < 0 ? " loses " : " receives ") + amount(change));
        }
    }

    private void signature(SignatureFacts facts) {
        add("Signature on " + facts.chain() + " by " + name(facts.from()) + " over " + name(facts.digest()));
        if (facts.domain() != null || facts.verifyingContract() != null) {
            add("For " + (facts.domain() == null ? "an unnamed application" : name(facts.domain()))
                    + (facts.verifyingContract() == null ? "" : ", contract " + name(facts.verifyingContract())));
        }
        actions(facts.actions());
        if (facts.document() != null) {
            text(facts.document());
        }
    }

    /** A message to its end, as far as there is room: a line that is longer than one of ours goes on in the next one. */
    private void text(String document) {
        List<String> pieces =
                document.lines().flatMap(line -> pieces(line).stream()).toList();
        int room = Math.max(0, MAX_LINES - lines.size() - LINES_BEHIND);
        pieces.stream().limit(room).forEach(piece -> add("Text: " + piece));
        if (pieces.size() > room) {
            add("There are " + (pieces.size() - room) + " more lines of the text, which are not shown");
        }
    }

    private static List<String> pieces(String line) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int point : line.codePoints().toArray()) {
            String shown = SafeText.line(Character.toString(point), LONGEST_PIECE);
            if (piece.length() + shown.length() > LONGEST_PIECE) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(shown);
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private void actions(List<Action> actions) {
        if (actions.isEmpty()) {
            add("Nobody could read what it does");
        }
        int number = 1;
        for (Action action : actions) {
            String flags = action.flags().isEmpty()
                    ? ""
                    : " ["
                            + action.flags().stream()
                                    .map(flag ->
                                            flag.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                                    .collect(Collectors.joining(", "))
                            + "]";
            add(number++ + ". " + inWords(action) + flags);
        }
    }

    private void inference(InferenceFacts facts) {
        add("Provider " + name(facts.provider()) + ", model " + name(facts.model()) + ", question " + facts.round());
        add("Tokens: at most " + facts.inputTokens() + " in and " + facts.outputTokens() + " out");
    }

    private void arguments() {
        if (intent.arguments().isEmpty()) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(intent.arguments().get());
            int shown = 0;
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                if (shown++ == MAX_ARGUMENTS) {
                    add("There are " + json.size() + " arguments");
                    break;
                }
                JsonNode value = field.getValue();
                add("Argument " + name(field.getKey()) + ": "
                        + (value.isValueNode() ? value.asText() : value.toString()));
            }
        } catch (JsonProcessingException e) {
            add("Arguments: " + intent.arguments().get());
        }
    }

    private static String inWords(Action action) {
        if (action.text() != null && !action.text().isBlank()) {
            return SafeText.line(action.text(), LONGEST);
        }
        String kind = action.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String amount = action.asset() == null && action.amount() == null
                ? ""
                : " of "
                        + (action.is(Action.Flag.UNLIMITED)
                                ? "an unlimited amount of "
                                        + ApprovalAmounts.of(BigInteger.ZERO, 0, action.symbol(), action.asset())
                                                .substring(2)
                                : ApprovalAmounts.of(
                                        action.amount(), action.decimals(), action.symbol(), action.asset()));
        return kind + amount + (action.to() == null ? "" : " to " + name(action.to()));
    }

    private static String amount(BalanceChange change) {
        String number = change.tokenId() == null ? "" : ", token " + change.tokenId();
        return ApprovalAmounts.of(change.amount().abs(), change.decimals(), change.symbol(), change.asset()) + number;
    }

    private static BigInteger fee(TransactionFacts facts) {
        return facts.gasLimit() == null || facts.maxFeePerGas() == null
                ? null
                : facts.gasLimit().multiply(facts.maxFeePerGas());
    }

    private static String name(String text) {
        return SafeText.name(String.valueOf(text), LONGEST_NAME);
    }
}
