/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in one round: who says what when, and when the host is killed. Made from the seed and the round's number and
 * from nothing else, so that a round can be played again.
 *
 * @param round its number, from 1
 * @param lines what is said, one line for each session
 * @param kill when the host is killed, after it is ready
 * @param killAgain when it is killed once more, after its next start began; or null
 */
record CrashPlan(int round, List<Line> lines, Duration kill, Duration killAgain) {

    private static final int LONGEST_LIFE = 3_000;
    private static final int LONGEST_START = 6_000;
    private static final int KILLED_STARTING = 50;

    /**
     * What one session is told.
     *
     * @param session its number, from 0
     * @param id the client id of the message
     * @param wei for a swap the amount, which no other message has; 0 for a mint, which is held for approval
     * @param after when, after the host is ready
     */
    record Line(int session, String id, long wei, Duration after) {

        boolean isSwap() {
            return wei > 0;
        }

        /** The goal in words. */
        String goal() {
            return isSwap()
                    ? "swap " + java.math.BigDecimal.valueOf(wei, 18).toPlainString()
                            + " ETH for USDC with at most 5 % slippage"
                    : "mint an NFT for bob.eth";
        }
    }

    static CrashPlan of(long seed, int round, int sessions) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + round);
        Duration kill = Duration.ofMillis(20 + random.nextInt(LONGEST_LIFE));
        boolean isKilledStarting = random.nextInt(100) < KILLED_STARTING;
        Duration killAgain = isKilledStarting ? Duration.ofMillis(500 + random.nextInt(LONGEST_START)) : null;
        List<Line> lines = new ArrayList<>();
        for (int session = 0; session < sessions; session++) {
            long unique = (long) round * sessions + session;
            boolean isSwap = random.nextInt(4) > 0;
            long wei = isSwap ? 100_000_000_000_000L + unique * 1_000_000L : 0;
            lines.add(new Line(
                    session, "r" + round + "-s" + session, wei, Duration.ofMillis(random.nextInt(LONGEST_LIFE))));
        }
        return new CrashPlan(round, List.copyOf(lines), kill, killAgain);
    }
}
