/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.core.policy.internal.FakeJournaledStore.Fate;
import org.openmcpchain.core.policy.internal.FakeJournaledStore.KilledError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.CapUsage;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.Spent;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.RunState;

/**
 * A sender and a chain beside the real gate, and an account of what may still be spent and what was, kept without looking
 * at the ledgers: an allowed intent may be signed until its run ends or the host dies, a signed one may be mined.
 */
final class LedgerModel {

    static final String POLICY =
            """
            version: 1
            rules:
              - {id: large, at: SIGN, when: 'tx.value >= amount("4")', then: ASK, reason: large, approval: {approvers: ['*'], quorum: 1, expires: PT30M}}
              - {id: rest, at: SIGN, then: ALLOW, reason: small}
            caps:
              - {id: hour, unit: 'eip155:31337/slip44:60', limit: 10, window: PT1H}
              - {id: mine, unit: 'eip155:31337/slip44:60', limit: 13, per: PRINCIPAL}
              - {id: there, unit: 'eip155:31337/slip44:60', limit: 8, per: RECIPIENT, window: PT2H}
              - {id: fees, unit: wei-fee, limit: 1500}
              - {id: often, unit: count, limit: 5, per: SESSION, at: SIGN}
            """;

    private static final int KEYS = 12;
    private static final long GAS_PRICE = 1;
    private static final Duration GRACE = Duration.ofMinutes(6);
    private static final String[] PRINCIPALS = {"alice", "bob"};
    private static final String[] RECIPIENTS = {LedgerWorld.BOB, LedgerWorld.CAROL};

    private final LedgerWorld world;
    private final Map<String, Wish> allowed = new ConcurrentHashMap<>();
    private final Map<String, Wish> signed = new TreeMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final List<String> history = new ArrayList<>();

    /** A payment that somebody wants. */
    private record Wish(String key, String principal, String recipient, long amount) {

        static Wish of(int number, int extra) {
            // One in five times, the same key comes with another amount.
            long other = extra % 5 == 0 ? extra / 5 % 3 : 0;
            return new Wish("k" + number, PRINCIPALS[number % 2], RECIPIENTS[number / 2 % 2], 1 + number % 4 + other);
        }

        Intent intent() {
            return LedgerWorld.send(key, principal, recipient, amount);
        }
    }

    /** What the chain knows: coins that went, and what the gas cost. */
    private record Fact(Wish wish, boolean moved, long fee, Instant at) {}

    LedgerModel(LedgerWorld world) {
        this.world = world;
    }

    String history() {
        return String.join(" ", history);
    }

    /** One step of somebody; what makes no sense now does nothing. */
    void step(int number) {
        int what = number % 20;
        int which = number / 20 % KEYS;
        int extra = number / 20 / KEYS;
        String key = "k" + which;
        history.add(what + ":" + which);
        switch (what) {
            case 0, 1, 2, 3, 4 -> decide(Wish.of(which, extra));
            case 5, 6 -> sign(key);
            case 7, 8 -> mine(key, true, extra);
            case 9 -> mine(key, false, extra);
            case 10 -> drop(key);
            case 11 -> settle(key);
            case 12 -> vote(true, extra);
            case 13 -> vote(extra % 3 != 0, extra);
            case 14 -> world.clock.go(Duration.ofMinutes(1 + extra % 40));
            case 15 -> crash();
            case 16 -> unlucky(Fate.WRITE_AND_DIE, extra, which);
            case 17 -> unlucky(Fate.REFUSE, extra, which);
            case 18 -> end(key);
            default -> lookAfter();
        }
    }

    private void decide(Wish wish) {
        if (isStarted(wish.key())) {
            return;
        }
        Verdict verdict = world.decide(wish.intent());
        if (verdict.isAllowed()) {
            allowed.put(wish.key(), wish);
        } else if (verdict.decision() == Decision.NEEDS_APPROVAL) {
            allowed.remove(wish.key());
        }
        // What was allowed before a denial may be on its way.
    }

    /** A sender looks into its log first, and an ended run sends nothing. */
    private boolean isStarted(String key) {
        return ended.contains(key) || world.log.find(key).isPresent();
    }

    private void sign(String key) {
        Wish wish = allowed.remove(key);
        if (wish != null && !isStarted(key)) {
            world.log.put(key, TransactionState.SIGNED, null, null);
            signed.put(key, wish);
        }
    }

    private void mine(String key, boolean succeeds, int extra) {
        Wish wish = signed.remove(key);
        if (wish != null) {
            long gas = 1 + extra % LedgerWorld.GAS;
            facts.add(new Fact(wish, succeeds, gas * GAS_PRICE, world.clock.instant()));
            world.log.put(key, succeeds ? TransactionState.MINED : TransactionState.REVERTED, gas, GAS_PRICE);
        }
    }

    private void drop(String key) {
        if (signed.remove(key) != null) {
            world.log.put(key, TransactionState.DROPPED, null, null);
        }
    }

    private void settle(String key) {
        world.log.find(key).ifPresent(record -> {
            switch (record.state()) {
                case MINED -> world.book.settle(key, Spent.mined(true, record.gasUsed()));
                case REVERTED -> world.book.settle(key, Spent.mined(false, record.gasUsed()));
                case DROPPED -> world.book.release(key, "dropped");
                default -> {
                    // Nobody knows yet.
                }
            }
        });
    }

    private void vote(boolean yes, int extra) {
        List<Approval> pending =
                world.approvals.list(Set.of(Approval.State.PENDING), 0, 50).items();
        if (pending.isEmpty()) {
            return;
        }
        Approval approval = pending.get(extra % pending.size());
        try {
            if (yes) {
                world.approvals.approve(approval.id(), "carol", approval.intentHash(), "");
            } else {
                world.approvals.reject(approval.id(), "carol", "no");
            }
        } catch (HostException e) {
            if (e.code() != PolicyError.APPROVAL_WITHDRAWN) {
                throw e;
            }
            // Its run has ended; nobody had looked until now.
        }
    }

    private void crash() {
        allowed.clear();
        world.restart();
    }

    /** The disk refuses, or the host dies right behind the write. */
    private void unlucky(Fate fate, int extra, int which) {
        world.fakeStore().next(fate);
        try {
            switch (extra % 4) {
                case 0 -> settle("k" + which);
                case 1 -> vote(extra % 8 < 4, extra);
                default -> decide(Wish.of(which, extra));
            }
        } catch (HostException refused) {
            history.add("refused"); // what was allowed before may be on its way
        } catch (KilledError dead) {
            crash();
        }
        world.fakeStore().next(Fate.WRITE);
    }

    private void end(String key) {
        ended.add(key);
        allowed.remove(key);
        world.runs.put("run-" + key, RunState.CANCELLED, world.clock.instant());
        world.fakeStore().end("run/run-" + key);
    }

    private void lookAfter() {
        world.approvals.closeWhatIsOver();
        world.reconciler.run();
    }

    /** Several decisions, settlements and votes at the same time. */
    void together(int seed) throws Exception {
        history.add("together:" + seed);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = Math.floorMod(seed * 31 + i * 7919, 1_000_000);
                Wish wish = Wish.of(number % KEYS, number / KEYS);
                tasks.add(threads.submit(() -> {
                    if (number % 4 == 0) {
                        settle(wish.key());
                    } else if (!isStarted(wish.key())) {
                        decideAlone(wish);
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** A sender holds its key while it decides; the wishes of one key do not overtake each other. */
    private void decideAlone(Wish wish) {
        synchronized (wish.key().intern()) {
            decide(wish);
        }
    }

    /** Caps under which more may be spent, or was spent within their window, than they allow. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        check(found, "hour", 10, Duration.ofHours(1), wish -> "*", Wish::amount, true);
        check(found, "mine", 13, null, Wish::principal, Wish::amount, true);
        check(found, "there", 8, Duration.ofHours(2), Wish::recipient, Wish::amount, true);
        check(found, "often", 5, null, Wish::principal, wish -> 1, false);
        long fees = facts.stream().mapToLong(Fact::fee).sum()
                + (signed.size() + allowed.size()) * LedgerWorld.GAS * LedgerWorld.FEE;
        if (fees > 1500) {
            found.add("fees " + fees);
        }
        return found;
    }

    private void check(
            List<String> found,
            String cap,
            long limit,
            Duration window,
            Function<Wish, String> holder,
            ToLongFunction<Wish> amount,
            boolean movementsOnly) {
        Map<String, Long> sums = new HashMap<>();
        Instant from = window == null ? Instant.MIN : world.clock.instant().minus(window);
        facts.stream()
                .filter(fact -> (fact.moved() || !movementsOnly) && fact.at().isAfter(from))
                .map(Fact::wish)
                .forEach(wish -> sums.merge(holder.apply(wish), amount.applyAsLong(wish), Long::sum));
        signed.values().forEach(wish -> sums.merge(holder.apply(wish), amount.applyAsLong(wish), Long::sum));
        allowed.values().forEach(wish -> sums.merge(holder.apply(wish), amount.applyAsLong(wish), Long::sum));
        sums.forEach((who, sum) -> {
            if (sum > limit) {
                found.add(cap + " of " + who + ": " + sum);
            }
        });
    }

    /** Everything comes to its end. */
    void finish() {
        for (int i = 0; i < KEYS; i++) {
            mine("k" + i, i % 3 != 0, i);
            end("k" + i);
        }
        world.clock.go(GRACE);
        lookAfter();
        world.restart();
        lookAfter();
    }

    /** Where the ledgers differ from what really happened. */
    List<String> differences() {
        List<String> found = new ArrayList<>();
        for (CapUsage usage : world.book.usage()) {
            if (!usage.reserved().equals("0")) {
                found.add("still reserved: " + usage);
            }
        }
        compare(found, "fees", "*", facts.stream().mapToLong(Fact::fee).sum());
        for (String principal : PRINCIPALS) {
            List<Fact> own = facts.stream()
                    .filter(fact -> fact.wish().principal().equals(principal))
                    .toList();
            compare(
                    found,
                    "mine",
                    principal,
                    own.stream()
                            .filter(Fact::moved)
                            .mapToLong(fact -> fact.wish().amount())
                            .sum());
            compare(found, "often", "alice/" + principal, own.size());
        }
        if (!world.book.open().isEmpty()) {
            found.add("still open: " + world.book.open());
        }
        return found;
    }

    private void compare(List<String> found, String cap, String holder, long expected) {
        BigInteger settled = world.usages(cap).stream()
                .filter(line -> line.holder().equals(holder))
                .map(line -> new BigInteger(line.settled()))
                .findFirst()
                .orElse(BigInteger.ZERO);
        if (!settled.equals(BigInteger.valueOf(expected))) {
            found.add(cap + " of " + holder + ": " + settled + " instead of " + expected);
        }
    }
}
