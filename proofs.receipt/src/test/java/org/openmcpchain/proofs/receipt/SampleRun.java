/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;

/** The stream of a swap as the host writes it: interrupted once, two tools, an approval and a swap. */
public final class SampleRun {

    public static final String ID = "0193481c-7a54-7c11-9d3e-52f0c0a8b001";
    public static final String GOAL = "swap 100 USDC for ETH with at most 1 % slippage";
    public static final Instant START = Instant.parse("2026-11-20T09:50:00.125Z");
    public static final String APPROVAL = "0x" + "a1".repeat(32);
    public static final String SWAP = "0x" + "b2".repeat(32);
    public static final String ENDING = CanonicalJson.of(Map.of(
            "state",
            "SUCCEEDED",
            "outcome",
            "OK",
            "attempt",
            "2",
            "resultHash",
            "77".repeat(32),
            "replyHash",
            "88".repeat(32)));

    private static final Map<String, Object> PLANNER = bundle("org.openmcpchain.inference.planner", "11");
    private static final Map<String, Object> DEX = bundle("org.openmcpchain.tool.dex", "22");

    private final String stream;
    private final List<JournalEntry> entries = new ArrayList<>();

    private SampleRun(String runId) {
        this.stream = "run/" + runId;
    }

    /** The whole stream, without {@code run.ended}. */
    public static List<JournalEntry> stream() {
        return stream(ID);
    }

    public static List<JournalEntry> stream(String runId) {
        SampleRun run = new SampleRun(runId);
        run.begin();
        run.inference("1");
        run.approval();
        run.swap();
        run.add(EntryTypes.INFERENCE_REQUESTED, question("2"));
        run.add(EntryTypes.INFERENCE_REPLIED, answer("2"));
        return List.copyOf(run.entries);
    }

    /** A stream of the shortest run that there can be. */
    public static List<JournalEntry> shortest() {
        SampleRun run = new SampleRun(ID);
        run.add(EntryTypes.RUN_SUBMITTED, Map.of("goal", GOAL, "principal", "admin"));
        return List.copyOf(run.entries);
    }

    private void begin() {
        add(
                EntryTypes.RUN_SUBMITTED,
                Map.of(
                        "goal",
                        GOAL,
                        "principal",
                        "admin",
                        "clientId",
                        "order-7",
                        "network",
                        "eip155:31337",
                        "metadata",
                        "{}"));
        add(EntryTypes.RUN_STATE, Map.of("from", "PENDING", "to", "SCHEDULED", "attempt", 0));
        add(EntryTypes.RUN_STATE, Map.of("from", "SCHEDULED", "to", "RUNNING", "attempt", 1));
        verdict("INFERENCE", "planner", PLANNER);
        add(EntryTypes.INFERENCE_REQUESTED, question("1"));
        add(EntryTypes.RUN_STATE, Map.of("from", "RUNNING", "to", "RETRYING", "attempt", 1, "reason", "restart"));
        add(EntryTypes.RUN_STATE, Map.of("from", "RETRYING", "to", "RUNNING", "attempt", 2));
    }

    private void inference(String round) {
        add(EntryTypes.INFERENCE_REQUESTED, question(round));
        add(EntryTypes.INFERENCE_REPLIED, answer(round));
        add(
                EntryTypes.TOOL_SELECTED,
                Map.of(
                        "phase",
                        "SELECT_TOOL",
                        "callId",
                        round + ".0",
                        "tool",
                        "dex_swap",
                        "effect",
                        "TRANSACTION",
                        "bundle",
                        DEX,
                        "arguments",
                        "{\"amount\":\"100\",\"buy\":\"ETH\",\"sell\":\"USDC\"}",
                        "argumentsHash",
                        "55".repeat(32),
                        "schemaHash",
                        "66".repeat(32)));
        verdict("TOOL", "dex_swap", DEX);
    }

    private void approval() {
        verdict("SIGN", "dex_swap", DEX);
        signed(APPROVAL, "approve", 7);
        add(EntryTypes.TX_STATE, Map.of("hash", APPROVAL, "state", "SUBMITTED"));
        mined(APPROVAL, 101);
    }

    /** Two people are asked, and a message is signed beside it. */
    private void held() {
        add(
                EntryTypes.APPROVAL_REQUESTED,
                Map.of(
                        "approval", "ap-1",
                        "rule", "large-swaps",
                        "policyVersion", "3-abc",
                        "intentHash", "99".repeat(32),
                        "required", 2));
        add(EntryTypes.APPROVAL_VOTED, Map.of("approval", "ap-1", "principal", "bob", "approves", true));
        add(
                EntryTypes.APPROVAL_VOTED,
                Map.of("approval", "ap-1", "principal", "carol", "approves", true, "state", "APPROVED"));
        add(EntryTypes.APPROVAL_CLOSED, Map.of("approval", "ap-1", "state", "USED"));
        add(
                EntryTypes.MESSAGE_SIGNED,
                Map.of("callId", "1.0", "label", "permit", "kind", "TYPED_DATA", "digest", "0x" + "ab".repeat(32)));
    }

    private void swap() {
        held();
        verdict("SIGN", "dex_swap", DEX);
        signed(SWAP, "swap", 8);
        mined(SWAP, 102);
        add(
                EntryTypes.TOOL_RETURNED,
                Map.of(
                        "phase", "EXECUTE",
                        "callId", "1.0",
                        "tool", "dex_swap",
                        "outcome", "OK",
                        "result", "{\"bundle\":{\"symbolicName\":\"forged\",\"version\":\"1\",\"sha256\":\"00\"}}",
                        "resultHash", "99".repeat(32)));
    }

    private void verdict(String point, String subject, Map<String, Object> bundle) {
        add(
                EntryTypes.GATE_VERDICT,
                Map.of(
                        "point", point,
                        "subject", subject,
                        "principal", "admin",
                        "bundle", bundle,
                        "decision", "ALLOW",
                        "rule", "known-network",
                        "policyVersion", "1-3f9a",
                        "reason", "the network is known",
                        "intentHash", "cc".repeat(32)));
    }

    private void signed(String hash, String label, int nonce) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("idempotencyKey", "dd".repeat(32));
        body.put("hash", hash);
        body.put("callId", "1.0");
        body.put("label", label);
        body.put("chain", "eip155:31337");
        body.put("from", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
        body.put("to", "0x00000000000000000000000000000000000000a1");
        body.put("nonce", nonce);
        body.put("value", 0);
        body.put("rawTransaction", "0x02f8b1" + label.length());
        body.put("state", "SIGNED");
        add(EntryTypes.TX_SIGNED, body);
    }

    private void mined(String hash, int block) {
        add(
                EntryTypes.TX_STATE,
                Map.of(
                        "hash",
                        hash,
                        "state",
                        "MINED",
                        "blockNumber",
                        block,
                        "blockHash",
                        "0x" + "ee".repeat(32),
                        "gasUsed",
                        110_000,
                        "effectiveGasPrice",
                        1_000_000_007));
    }

    private static Map<String, Object> question(String round) {
        return Map.of(
                "phase", "PLAN",
                "round", round,
                "provider", "planner",
                "label", "deterministic planner",
                "model", "rules-1",
                "bundle", PLANNER,
                "requestHash", "33".repeat(32),
                "promptTemplate", "agent/1");
    }

    private static Map<String, Object> answer(String round) {
        return Map.of(
                "phase",
                "PLAN",
                "round",
                round,
                "provider",
                "planner",
                "model",
                "rules-1",
                "requestHash",
                "33".repeat(32),
                "responseHash",
                "44".repeat(32),
                "thought",
                "a swap is wanted",
                "tokens",
                Map.of("input", 0, "output", 0));
    }

    private static Map<String, Object> bundle(String name, String digest) {
        return Map.of("symbolicName", name, "version", "0.1.0", "sha256", digest.repeat(32));
    }

    private void add(String type, Map<String, ?> body) {
        long seq = entries.size() + 1L;
        Instant at = START.plusMillis(seq * 10);
        String previous = entries.isEmpty()
                ? JournalEntry.ORIGIN
                : entries.get(entries.size() - 1).hash();
        String json = CanonicalJson.of(body);
        entries.add(new JournalEntry(
                stream, seq, at, type, json, previous, JournalEntry.hashOf(stream, seq, at, type, json, previous)));
    }
}
