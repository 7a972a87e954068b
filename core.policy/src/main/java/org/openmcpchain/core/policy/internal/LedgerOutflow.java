/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;

/**
 * What an intent takes out of the signer's property at most, by asset and by recipient. It is never less than what the
 * decoded actions say, never less than what the simulation says, and what was given away as an allowance counts as gone.
 *
 * <p>Property of another account (a Safe that acts inside the transaction) counts like the signer's own: the signature
 * moves it. What the signer passes to such an account in the same transaction is counted once. What comes to the signer
 * is never subtracted.
 */
final class LedgerOutflow {

    /** More than any cap: it cannot be said how much it is. */
    static final BigInteger UNBOUNDED = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private static final String COIN_NAMESPACE = "/slip44:";
    private static final String USUAL_COIN = "/slip44:60";
    private static final int COIN_DECIMALS = 18;

    private final Map<String, Flow> flows = new TreeMap<>();
    private final String signer;
    private final String chain;
    private final String receiver;
    private boolean movesUnknown;
    private boolean tokensUnknown;
    private boolean allUnknown;

    private LedgerOutflow(String chain, String signer, String receiver) {
        this.chain = chain;
        this.signer = address(signer);
        this.receiver = address(receiver);
    }

    /** One asset's part. */
    static final class Flow {

        private final Map<String, BigInteger> own = new HashMap<>();
        private final Map<String, Map<String, BigInteger>> foreign = new HashMap<>();
        private final Map<String, BigInteger> allowed = new HashMap<>();
        private BigInteger simulated = BigInteger.ZERO;
        private final String name;
        private Integer decimals;

        private Flow(String name, Integer decimals) {
            this.name = name;
            this.decimals = decimals;
        }

        /** The asset's CAIP-19 name as it was given. */
        String name() {
            return name;
        }

        /** Its decimals, or null when they are not known. */
        Integer decimals() {
            return decimals;
        }

        /** Base units that leave in all. */
        BigInteger total() {
            BigInteger total = sum(own).max(simulated).add(sum(allowed));
            for (Map.Entry<String, Map<String, BigInteger>> account : foreign.entrySet()) {
                BigInteger passedOn = own.getOrDefault(account.getKey(), BigInteger.ZERO);
                total = total.add(sum(account.getValue()).subtract(passedOn).max(BigInteger.ZERO));
            }
            return total;
        }

        /** Base units by recipient; what only the simulation knows of goes to the one who is called. */
        Map<String, BigInteger> byRecipient(String called) {
            Map<String, BigInteger> all = new TreeMap<>(own);
            foreign.values().forEach(to -> to.forEach((who, amount) -> all.merge(who, amount, BigInteger::add)));
            allowed.forEach((who, amount) -> all.merge(who, amount, BigInteger::add));
            BigInteger hidden = simulated.subtract(sum(own));
            if (hidden.signum() > 0) {
                all.merge(called, hidden, BigInteger::add);
            }
            return all;
        }

        private static BigInteger sum(Map<String, BigInteger> amounts) {
            return amounts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    /** What an intent takes away; nothing when it is neither a transaction nor a signature. */
    static LedgerOutflow of(Intent intent) {
        if (intent.transaction().isPresent()) {
            return of(intent.transaction().get());
        }
        if (intent.signature().isPresent()) {
            return of(intent.signature().get());
        }
        return new LedgerOutflow("", "", "");
    }

    private static LedgerOutflow of(TransactionFacts facts) {
        LedgerOutflow outflow = new LedgerOutflow(facts.chain().toString(), facts.from(), facts.to());
        outflow.actions(facts.actions());
        outflow.value(facts.value());
        facts.changes().forEach(outflow::change);
        boolean silent = facts.actions().isEmpty()
                && facts.data() != null
                && facts.data().length() > 2;
        boolean movesUnknown = outflow.movesUnknown || silent || has(facts.actions(), ActionKind.UNREADABLE);
        outflow.tokensUnknown |= movesUnknown && !facts.simulated() || hidesAllowances(facts.actions());
        outflow.allUnknown = has(facts.actions(), ActionKind.RAW_DIGEST);
        return outflow;
    }

    private static LedgerOutflow of(SignatureFacts facts) {
        String chain = facts.chain() == null ? "" : facts.chain().toString();
        LedgerOutflow outflow = new LedgerOutflow(chain, facts.from(), facts.verifyingContract());
        outflow.actions(facts.actions());
        outflow.tokensUnknown |= facts.actions().isEmpty()
                || outflow.movesUnknown
                || has(facts.actions(), ActionKind.UNREADABLE)
                || hidesAllowances(facts.actions());
        outflow.allUnknown =
                facts.kind() == SignatureFacts.Kind.RAW_DIGEST || has(facts.actions(), ActionKind.RAW_DIGEST);
        return outflow;
    }

    /** Every asset that leaves, by its normal name. */
    Map<String, Flow> flows() {
        return flows;
    }

    /** Whether an asset may leave of which nothing is said. */
    boolean isUnknown(String asset) {
        return allUnknown || tokensUnknown && !isCoin(asset);
    }

    /** Whether anything may leave of which nothing is said. */
    boolean isUnknown() {
        return allUnknown || tokensUnknown;
    }

    /** The network that it is about, CAIP-2, or empty. */
    String chain() {
        return chain;
    }

    /** Who is called, for what has no other recipient. */
    String receiver() {
        return receiver;
    }

    /**
     * One name for each asset: lower case, a collection instead of one of its tokens, and one coin for each network, by
     * whatever number it goes.
     */
    static String normal(String caip19) {
        String text = caip19.toLowerCase(Locale.ROOT);
        int coin = text.indexOf(COIN_NAMESPACE);
        if (coin >= 0) {
            return text.substring(0, coin) + "/slip44";
        }
        int slash = text.indexOf('/');
        int token = text.indexOf('/', slash + 1);
        return token < 0 ? text : text.substring(0, token);
    }

    static boolean isCoin(String normalName) {
        return normalName.endsWith("/slip44");
    }

    private void value(BigInteger wei) {
        BigInteger sent = orUnbounded(wei);
        if (sent.signum() == 0) {
            return;
        }
        Flow coin = flow(chain + USUAL_COIN, COIN_DECIMALS);
        BigInteger told = Flow.sum(coin.own);
        if (told.compareTo(sent) < 0) {
            coin.own.merge(receiver, sent.subtract(told), BigInteger::add);
        }
    }

    private void change(BalanceChange change) {
        if (change.asset() != null && address(change.account()).equals(signer) && change.amount() != null) {
            Flow flow = flow(change.asset(), change.decimals());
            flow.simulated = flow.simulated.add(change.amount().negate().max(BigInteger.ZERO));
        }
    }

    private void actions(List<Action> actions) {
        for (Action action : actions) {
            switch (action.kind()) {
                case COIN_TRANSFER, TOKEN_TRANSFER, NFT_TRANSFER -> moved(action);
                case TOKEN_APPROVAL, NFT_APPROVAL, OPERATOR_APPROVAL, PERMIT, TRANSFER_AUTHORIZATION -> allowed(action);
                case CONTRACT_CALL -> {
                    if (action.asset() != null && action.amount() != null) {
                        moved(action);
                    }
                }
                default -> {
                    // Carries others, which are told behind it, or says nothing of an amount.
                }
            }
        }
    }

    private void moved(Action action) {
        String from = address(action.from());
        String to = address(action.kind() == ActionKind.CONTRACT_CALL ? action.contract() : action.to());
        if (to.equals(signer)) {
            return;
        }
        if (action.asset() == null) {
            movesUnknown = true;
            return;
        }
        Flow flow = flow(action.asset(), action.decimals());
        Map<String, BigInteger> purse = from.isEmpty() || from.equals(signer)
                ? flow.own
                : flow.foreign.computeIfAbsent(from, account -> new LinkedHashMap<>());
        purse.merge(to, amountOf(action), BigInteger::add);
    }

    private void allowed(Action action) {
        if (action.is(Action.Flag.REVOKES)) {
            return;
        }
        if (action.asset() == null) {
            tokensUnknown = true;
            return;
        }
        flow(action.asset(), action.decimals()).allowed.merge(address(action.to()), amountOf(action), BigInteger::add);
    }

    private static BigInteger amountOf(Action action) {
        if (action.kind() == ActionKind.OPERATOR_APPROVAL || action.is(Action.Flag.UNLIMITED)) {
            return UNBOUNDED;
        }
        boolean single = action.kind() == ActionKind.NFT_TRANSFER || action.kind() == ActionKind.NFT_APPROVAL;
        return action.amount() == null && single ? BigInteger.ONE : orUnbounded(action.amount());
    }

    private Flow flow(String asset, Integer decimals) {
        Flow flow = flows.computeIfAbsent(normal(asset), name -> new Flow(asset, decimals));
        if (flow.decimals == null) {
            flow.decimals = decimals;
        }
        return flow;
    }

    private static boolean has(List<Action> actions, ActionKind kind) {
        return actions.stream().anyMatch(action -> action.kind() == kind);
    }

    /** A simulation shows what moves now, but neither allowances nor what foreign code may do later. */
    private static boolean hidesAllowances(List<Action> actions) {
        return bareDelegateCall(actions) || actions.stream().anyMatch(action -> action.is(Action.Flag.TRUNCATED));
    }

    /** Foreign code that is not told step by step behind it; that it cannot be read is no step. */
    private static boolean bareDelegateCall(List<Action> actions) {
        return actions.stream()
                .filter(action -> action.kind() == ActionKind.DELEGATE_CALL)
                .anyMatch(outer -> actions.stream()
                        .noneMatch(inner -> inner != outer
                                && inner.kind() != ActionKind.UNREADABLE
                                && inner.path() != null
                                && inner.path().startsWith(String.valueOf(outer.path()))));
    }

    /** A missing amount is not none, and no decoder has a negative one. */
    private static BigInteger orUnbounded(BigInteger amount) {
        return amount == null || amount.signum() < 0 ? UNBOUNDED : amount;
    }

    private static String address(String hex) {
        return hex == null ? "" : hex.toLowerCase(Locale.ROOT);
    }
}
