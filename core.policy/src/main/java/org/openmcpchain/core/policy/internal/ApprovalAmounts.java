/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.TransactionFacts;

/** Amounts as people read them: exact, with groups of three, never rounded. */
final class ApprovalAmounts {

    private static final int MAX_DECIMALS = 77;
    private static final int LONGEST_SYMBOL = 24;
    private static final int LONGEST_ASSET = 200;
    private static final int COIN_DECIMALS = 18;
    private static final int GROUP = 3;

    private ApprovalAmounts() {}

    /** So much of an asset; without decimals or a symbol in base units of its full name. */
    static String of(BigInteger units, Integer decimals, String symbol, String asset) {
        if (units == null) {
            return "an unknown amount of " + name(symbol, asset);
        }
        if (decimals == null || decimals < 0 || decimals > MAX_DECIMALS) {
            return grouped(units.toString()) + " base units of " + name(symbol, asset);
        }
        return number(units, decimals) + " " + name(symbol, asset);
    }

    /** A decimal number from base units. */
    static String number(BigInteger units, int decimals) {
        BigDecimal whole = new BigDecimal(units, decimals).stripTrailingZeros();
        return grouped((whole.scale() < 0 ? whole.setScale(0) : whole).toPlainString());
    }

    /** So much of the coin of a transaction's network. */
    static String coin(TransactionFacts facts, BigInteger wei) {
        return wei == null ? "an unknown amount of the coin" : number(wei, COIN_DECIMALS) + " " + coinOf(facts);
    }

    private static String coinOf(TransactionFacts facts) {
        Stream<String> fromActions = facts.actions().stream()
                .filter(action -> isCoin(action.asset()) && action.symbol() != null)
                .map(Action::symbol);
        Stream<String> fromChanges = facts.changes().stream()
                .filter(change -> isCoin(change.asset()) && change.symbol() != null)
                .map(BalanceChange::symbol);
        return Stream.concat(fromActions, fromChanges)
                .findFirst()
                .map(symbol -> SafeText.name(symbol, LONGEST_SYMBOL))
                .orElse("of the network's coin");
    }

    private static boolean isCoin(String asset) {
        return asset != null && LedgerOutflow.isCoin(LedgerOutflow.normal(asset));
    }

    private static String name(String symbol, String asset) {
        if (symbol != null) {
            return SafeText.name(symbol, LONGEST_SYMBOL);
        }
        return asset == null ? "an unknown asset" : SafeText.name(asset, LONGEST_ASSET);
    }

    private static String grouped(String plain) {
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        StringBuilder out = new StringBuilder(plain);
        int first = plain.startsWith("-") ? 1 : 0;
        for (int at = end - GROUP; at > first; at -= GROUP) {
            out.insert(at, ',');
        }
        return out.toString();
    }
}
