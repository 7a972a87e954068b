/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares three memories after all the killing: what clients were told, what the host says, and what the chain has. Only the
 * first and the last count as truth.
 */
final class CrashAudit {

    private static final Set<String> AT_REST =
            Set.of("SUCCEEDED", "FAILED", "CANCELLED", "COMPENSATED", "COMPENSATION_FAILED", "WAITING_APPROVAL");

    /** A person said no, or nobody said anything: nothing else may make a run fail here. */
    private static final Set<String> FAIR_FAILURES = Set.of("APPROVAL_REJECTED", "APPROVAL_EXPIRED");

    private final CrashRecord record;
    private final CrashApi api;
    private final CrashChain chain;
    private final List<String> lost = new ArrayList<>();
    private final List<String> duplicated = new ArrayList<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final Map<String, JsonNode> runs = new HashMap<>();
    private long gaps;

    CrashAudit(CrashRecord record, CrashApi api, CrashChain chain) {
        this.record = record;
        this.api = api;
        this.chain = chain;
    }

    static boolean isAtRest(String state) {
        return AT_REST.contains(state);
    }

    /** @param height the chain's height before the first round */
    void run(int sessions, long height) throws IOException, InterruptedException {
        api.runs().forEach(run -> runs.put(run.path("id").asText(), run));
        runs.values().forEach(this::ending);
        for (int session = 0; session < sessions; session++) {
            messages(session);
        }
        List<CrashChain.Sent> sent = chain.sentBy(api.treasury(), height);
        amounts(sent);
        transactions(sent);
        nonces(sent);
        approvals();
        JsonNode verified = api.verify();
        if (!verified.path("intact").asBoolean()) {
            lost.add("the journal is broken: " + verified);
        }
    }

    List<String> lost() {
        return lost;
    }

    List<String> duplicated() {
        return duplicated;
    }

    long gaps() {
        return gaps;
    }

    /** How many runs are in each state, with the code of those that failed. */
    Map<String, Integer> endings() {
        return endings;
    }

    private void ending(JsonNode run) {
        String state = run.path("state").asText();
        String code = run.path("errorCode").asText();
        endings.merge(code.isEmpty() ? state : state + " " + code, 1, Integer::sum);
        if (!isAtRest(state)) {
            lost.add("run " + run.path("id").asText() + " is still " + state);
        }
        if (state.equals("FAILED") && !FAIR_FAILURES.contains(code)) {
            lost.add("run " + run.path("id").asText() + " failed with " + code);
        }
    }

    /** Each acknowledged message is there once, under its number, with its words, and has exactly one run. */
    private void messages(int session) throws IOException, InterruptedException {
        Map<Long, String> texts = new LinkedHashMap<>();
        Map<Long, Set<String>> turns = new HashMap<>();
        for (JsonNode entry : api.history(session)) {
            if (entry.path("kind").asText().equals("message")) {
                texts.put(entry.path("message").asLong(), entry.path("text").asText());
            }
            if (entry.path("kind").asText().equals("turn")) {
                entry.path("messages").forEach(number -> turns.computeIfAbsent(number.asLong(), n -> new HashSet<>())
                        .add(entry.path("run").asText()));
            }
        }
        Set<Long> expected = new HashSet<>();
        for (CrashPlan.Line line : record.lines()) {
            if (line.session() == session) {
                message(line, texts, turns, expected);
            }
        }
        texts.keySet().stream()
                .filter(number -> !expected.contains(number))
                .forEach(number -> duplicated.add("session " + session + " has message " + number
                        + ", which nobody sent or which was sent once and is there twice"));
    }

    private void message(
            CrashPlan.Line line, Map<Long, String> texts, Map<Long, Set<String>> turns, Set<Long> expected) {
        Long number = record.number(line.id()).orElse(null);
        if (number == null) {
            lost.add("message " + line.id() + " was never acknowledged");
            return;
        }
        if (!expected.add(number)) {
            lost.add("message " + line.id() + " shares its number with another one");
        }
        if (!line.goal().equals(texts.get(number))) {
            lost.add("message " + line.id() + " is not in the history under its number " + number);
        }
        Set<String> its = turns.getOrDefault(number, Set.of());
        if (its.isEmpty() || its.stream().anyMatch(run -> !runs.containsKey(run))) {
            lost.add("message " + line.id() + " has no run");
        }
        if (its.size() > 1) {
            duplicated.add("message " + line.id() + " has the runs " + its);
        }
    }

    /** Each swap has an amount of its own, so an amount that is on the chain twice was sent twice. */
    private void amounts(List<CrashChain.Sent> sent) {
        Map<BigInteger, String> seen = new HashMap<>();
        for (CrashChain.Sent one : sent) {
            if (one.wei().signum() > 0) {
                String before = seen.put(one.wei(), one.hash());
                if (before != null) {
                    duplicated.add(one.wei() + " wei were sent by " + before + " and by " + one.hash());
                }
            }
        }
        for (CrashPlan.Line line : record.lines()) {
            if (line.isSwap() && isSucceeded(line) && !seen.containsKey(BigInteger.valueOf(line.wei()))) {
                lost.add("the swap of " + line.id() + " succeeded and is not on the chain");
            }
        }
    }

    private boolean isSucceeded(CrashPlan.Line line) {
        return runs.values().stream()
                .anyMatch(run -> run.path("goal").asText().equals(line.goal())
                        && run.path("state").asText().equals("SUCCEEDED"));
    }

    /** Each call of each run has one transaction under each label, and the chain has no other one of this account. */
    private void transactions(List<CrashChain.Sent> sent) throws IOException, InterruptedException {
        Map<String, String> callOf = new HashMap<>();
        for (String run : runs.keySet()) {
            Map<String, String> hashes = new HashMap<>();
            for (JsonNode entry : api.entries(run)) {
                if (entry.path("type").asText().equals("tx.signed")) {
                    JsonNode body = entry.path("body");
                    String call = run + " " + body.path("callId").asText() + " "
                            + body.path("label").asText();
                    String hash = body.path("hash").asText();
                    String before = hashes.put(call, hash);
                    if (before != null && !before.equals(hash)) {
                        duplicated.add("call " + call + " was signed as " + before + " and as " + hash);
                    }
                    callOf.put(hash, call);
                }
            }
        }
        Set<String> mined = new HashSet<>();
        for (CrashChain.Sent one : sent) {
            String call = callOf.get(one.hash());
            if (call == null) {
                duplicated.add("the chain has " + one.hash() + ", which no journal knows");
            } else if (!mined.add(call)) {
                duplicated.add("call " + call + " is on the chain more than once");
            }
        }
    }

    private void nonces(List<CrashChain.Sent> sent) throws IOException, InterruptedException {
        gaps = chain.stuck(api.treasury());
        for (int i = 1; i < sent.size(); i++) {
            gaps += Math.abs(sent.get(i).nonce() - sent.get(i - 1).nonce() - 1);
        }
    }

    /** An answer that was acknowledged has had its effect. */
    private void approvals() throws IOException, InterruptedException {
        for (JsonNode approval : api.pendingApprovals()) {
            String answer = record.answers().get(approval.path("id").asText());
            if (answer != null) {
                lost.add("approval " + approval.path("id").asText() + " was answered with " + answer
                        + " and is pending");
            }
        }
    }
}
