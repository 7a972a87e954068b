/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One cap's count for one holder. Guarded by the lock of {@link LedgerMemory}. */
final class LedgerMeter {

    private final Map<String, BigInteger> reserved = new HashMap<>();
    private final TreeMap<Settled, BigInteger> settled = new TreeMap<>();
    private BigInteger reservedSum = BigInteger.ZERO;
    private BigInteger settledSum = BigInteger.ZERO;
    private BigInteger carried = BigInteger.ZERO;
    private Instant countedFrom = Instant.MIN;
    private boolean blown;

    private record Settled(Instant at, String key) implements Comparable<Settled> {
        @Override
        public int compareTo(Settled other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : key.compareTo(other.key);
        }
    }

    /** What an intent has reserved here now. */
    BigInteger reservedBy(String key) {
        return reserved.getOrDefault(key, BigInteger.ZERO);
    }

    /** An intent reserves exactly this from now on. */
    void reserve(String key, BigInteger amount) {
        BigInteger before = amount.signum() == 0 ? reserved.remove(key) : reserved.put(key, amount);
        reservedSum =
                reservedSum.subtract(before == null ? BigInteger.ZERO : before).add(amount);
    }

    /** Something was spent. */
    void settle(String key, Instant at, BigInteger amount) {
        if (amount.signum() > 0) {
            settled.merge(new Settled(at, key), amount, BigInteger::add);
            settledSum = settledSum.add(amount);
        }
    }

    /** What was spent under this key at this time is counted elsewhere from now on, or not at all any more. */
    void forget(String key, Instant at) {
        BigInteger amount = settled.remove(new Settled(at, key));
        settledSum = settledSum.subtract(amount == null ? BigInteger.ZERO : amount);
    }

    /** The sum of what was forgotten, for a cap without a window. */
    void carry(BigInteger amount) {
        carried = amount;
    }

    BigInteger carried() {
        return carried;
    }

    /** A person lets a cap without a window begin anew: what was spent until then does not count. */
    void countFrom(Instant from) {
        countedFrom = from;
        carried = BigInteger.ZERO;
    }

    Instant countedFrom() {
        return countedFrom;
    }

    /** What is reserved in all. */
    BigInteger reserved() {
        return reservedSum;
    }

    /** What counts as spent now. */
    BigInteger spent(Optional<Duration> window, Instant now) {
        BigInteger sum = settledSum;
        Instant from = window.map(now::minus).orElse(countedFrom);
        for (Map.Entry<Settled, BigInteger> entry : settled.entrySet()) {
            // At the very end of the window it comes back; what was spent at the very reset is still the old budget's.
            if (entry.getKey().at().isAfter(from)) {
                break;
            }
            sum = sum.subtract(entry.getValue());
        }
        return window.isPresent() ? sum : sum.add(carried);
    }

    /** When the oldest part that counts comes back. */
    Optional<Instant> comesBack(Duration window, Instant now) {
        return settled.keySet().stream()
                .map(Settled::at)
                .filter(at -> at.isAfter(now.minus(window)))
                .findFirst()
                .map(at -> at.plus(window));
    }

    boolean isBlown() {
        return blown;
    }

    void blown(boolean value) {
        blown = value;
    }

    boolean isEmpty() {
        return reserved.isEmpty() && settled.isEmpty() && carried.signum() == 0 && !blown;
    }
}
