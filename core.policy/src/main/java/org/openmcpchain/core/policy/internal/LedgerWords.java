/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a cap says, in words. */
final class LedgerWords {

    private static final int MICRO = 6;
    private static final int LONGEST = 160;

    private LedgerWords() {}

    /** Why a cap refuses, with its numbers. */
    static String excess(CapRule cap, LedgerCharge charge, BigInteger used, String obstacle) {
        String limit = amount(cap, cap.limit()) + holder(cap, charge.holder()) + window(cap.window());
        if (obstacle != null) {
            return "cap " + cap.id() + " of " + limit + " cannot be kept: " + obstacle;
        }
        String wanted = charge.amount().compareTo(LedgerOutflow.UNBOUNDED) >= 0
                ? "an amount without a bound"
                : amount(cap, charge.amount());
        return "cap " + cap.id() + " allows " + limit
                + (used.signum() == 0 ? "" : "; " + amount(cap, used) + " are reserved or spent")
                + "; this takes " + wanted;
    }

    private static String amount(CapRule cap, BigInteger amount) {
        return switch (cap.unit()) {
            case LedgerMeasure.VALUE_USD, LedgerMeasure.MODEL_USD -> new BigDecimal(amount, MICRO)
                            .stripTrailingZeros()
                            .toPlainString()
                    + " USD";
            case LedgerMeasure.FEE -> amount + " wei of fees";
            case LedgerMeasure.GAS -> amount + " gas";
            case LedgerMeasure.TOKENS -> amount + " tokens";
            case LedgerMeasure.COUNT -> amount + (amount.equals(BigInteger.ONE) ? " time" : " times");
            default -> amount + " base units of " + SafeText.line(cap.unit(), LONGEST);
        };
    }

    private static String holder(CapRule cap, String holder) {
        return switch (cap.per()) {
            case ALL -> "";
            case TRANSACTION -> " at once";
            default -> " for " + cap.per().name().toLowerCase(Locale.ROOT) + " " + SafeText.line(holder, LONGEST);
        };
    }

    private static String window(Optional<Duration> window) {
        return window.map(length -> " within " + length).orElse("");
    }
}
