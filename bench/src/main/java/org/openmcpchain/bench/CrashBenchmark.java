/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Kills a host again and again while sessions move money, then asks the chain what became of it. The moments come from the
 * seed: {@code --first K --rounds 1} plays round K again.
 */
final class CrashBenchmark implements Benchmark {

    private static final Duration REST = Duration.ofMinutes(10);
    private static final Duration TOLD = Duration.ofSeconds(5);

    /** Moods below this one say yes, this one says no, and higher ones say nothing. */
    private static final int REJECTED = 6;

    private static final int ANSWERED = REJECTED + 1;
    private static final Duration STARTING = Duration.ofSeconds(90);

    private final CrashRecord record = new CrashRecord();
    private BenchHost host;
    private CrashApi api;
    private int kills;

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String summary() {
        return "kill -9 while sessions move money (without arguments: --rounds 20 --seed 1 --sessions 16 --first 1"
                + " --minutes 600)";
    }

    @Override
    public Report run(List<String> arguments) throws Exception {
        Options options = new Options(arguments);
        int rounds = options.number("--rounds", 20);
        int first = options.number("--first", 1);
        int sessions = options.number("--sessions", 16);
        long seed = options.number("--seed", 1);
        System.err.printf("  seed %d, rounds %d to %d, %d sessions%n", seed, first, first + rounds - 1, sessions);
        try {
            connect(BenchHost.start("crash"));
            api.install("org.openmcpchain.tool.dex");
            api.install("org.openmcpchain.tool.nft");
            api.holdMints();
            CrashChain chain = new CrashChain(host.home());
            long height = chain.height();
            long end = System.nanoTime()
                    + Duration.ofMinutes(options.number("--minutes", 600)).toNanos();
            int played = 0;
            for (int round = first; round < first + rounds && System.nanoTime() < end; round++) {
                long begun = System.nanoTime();
                CrashPlan plan = CrashPlan.of(seed, round, sessions);
                plan.lines().forEach(record::plan);
                live(plan, seed);
                rise(plan);
                System.err.printf(
                        "  round %d of %d: killed after %d ms%s, up again, %.1f s%n",
                        round - first + 1,
                        rounds,
                        plan.kill().toMillis(),
                        plan.killAgain() == null
                                ? ""
                                : " and " + plan.killAgain().toMillis() + " ms into its start",
                        (System.nanoTime() - begun) / 1e9);
                played++;
            }
            settle(sessions, seed);
            CrashAudit audit = new CrashAudit(record, api, chain);
            audit.run(sessions, height);
            return report(audit, played);
        } finally {
            if (host != null) {
                host.close();
            }
        }
    }

    private void connect(BenchHost fresh) {
        host = fresh;
        api = new CrashApi(fresh);
    }

    /** The host lives for as long as the plan says. */
    private void live(CrashPlan plan, long seed) throws InterruptedException {
        ExecutorService people = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "crash-client");
            thread.setDaemon(true);
            return thread;
        });
        List<CrashPlan.Line> late = record.unacknowledged();
        CrashApi current = api;
        for (CrashPlan.Line line : late) {
            boolean isOld = !plan.lines().contains(line);
            people.execute(() -> say(current, line, isOld ? Duration.ZERO : line.after()));
        }
        people.execute(() -> decide(current, seed * 31 + plan.round()));
        Thread.sleep(plan.kill().toMillis());
        kill(ProcessHandle.of(host.pid()).orElseThrow());
        people.shutdownNow();
        if (!people.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("clients of a killed host do not end");
        }
    }

    private void say(CrashApi current, CrashPlan.Line line, Duration after) {
        try {
            Thread.sleep(after.toMillis());
            if (!record.taken(line.id(), current.say(line))) {
                System.err.println("  " + line.id() + " was taken twice under two numbers");
            }
        } catch (IOException e) {
            // The host died before it answered, so the line is said again in the next round.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody who looks at approvals now and then, says yes to most, no to some, and leaves some. */
    private void decide(CrashApi current, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (JsonNode approval : current.pendingApprovals()) {
                    answer(current, approval, random.nextInt(10));
                }
                Thread.sleep(100 + random.nextInt(300));
            }
        } catch (IOException e) {
            // The host died; the next round has somebody new.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(CrashApi current, JsonNode approval, int mood) throws IOException, InterruptedException {
        if (mood < REJECTED) {
            current.approve(approval);
            record.answered(approval.path("id").asText(), "yes");
        } else if (mood == REJECTED) {
            current.reject(approval);
            record.answered(approval.path("id").asText(), "no");
        }
    }

    private void kill(ProcessHandle process) throws InterruptedException {
        process.destroyForcibly();
        while (process.isAlive()) {
            Thread.sleep(5);
        }
        kills++;
    }

    private void rise(CrashPlan plan) throws IOException, InterruptedException {
        if (plan.killAgain() != null) {
            killWhileItStarts(plan.killAgain());
        }
        connect(host.again());
    }

    private void killWhileItStarts(Duration after) throws InterruptedException {
        long dead = host.pid();
        Thread starting = new Thread(() -> {
            try {
                host.again().pid();
            } catch (IOException e) {
                // that is the point of it
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        starting.start();
        long end = System.nanoTime() + STARTING.toNanos();
        long pid = dead;
        while ((pid == dead || pid == 0) && System.nanoTime() < end) {
            Thread.sleep(20);
            pid = notedPid();
        }
        Thread.sleep(after.toMillis());
        kill(ProcessHandle.of(pid).orElseThrow());
        starting.join();
    }

    private long notedPid() {
        Path note = host.home().resolve("host.json");
        try {
            return Files.exists(note)
                    ? BenchHost.JSON.readTree(note.toFile()).path("pid").asLong()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** What was not acknowledged is said once more, what is held is answered, and all work comes to rest. */
    private void settle(int sessions, long seed) throws IOException, InterruptedException {
        for (CrashPlan.Line line : record.unacknowledged()) {
            record.taken(line.id(), api.say(line));
        }
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + REST.toNanos();
        long told = 0;
        while (!api.isAtRest(sessions) && System.nanoTime() < end) {
            for (JsonNode approval : api.pendingApprovals()) {
                answer(api, approval, random.nextInt(ANSWERED));
            }
            if (System.nanoTime() - told > TOLD.toNanos()) {
                System.err.println("  coming to rest: " + api.stats());
                told = System.nanoTime();
            }
            Thread.sleep(200);
        }
    }

    private Report report(CrashAudit audit, int rounds) {
        audit.lost().forEach(one -> System.err.println("  LOST " + one));
        audit.duplicated().forEach(one -> System.err.println("  DUPLICATED " + one));
        Report report = new Report("what", "how many")
                .row("kill -9", Integer.toString(kills))
                .row("messages", Integer.toString(record.lines().size()))
                .row("answers to approvals", Integer.toString(record.answers().size()));
        audit.endings().forEach((ending, count) -> report.row("runs " + ending, Integer.toString(count)));
        return report.count("rounds", rounds)
                .count("lost", audit.lost().size())
                .count("duplicated", audit.duplicated().size())
                .count("gaps", audit.gaps());
    }

    /** {@code --name value} pairs. */
    private record Options(List<String> arguments) {

        int number(String name, int fallback) {
            int at = arguments.indexOf(name);
            return at < 0 ? fallback : Integer.parseInt(arguments.get(at + 1));
        }
    }
}
