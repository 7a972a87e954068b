/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.Submission;

/** Takes goals in: checks them, writes them down and gives them a place on the lane. Thread-safe. */
final class RunIntake {

    private static final int MAX_GOAL = 4000;
    private static final int MAX_PRINCIPAL = 128;
    private static final int MAX_METADATA = 16 * 1024;
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final JournaledStore journal;
    private final ShieldedReads reads;
    private final RunLane lane;
    private final LostRuns lost;
    private final Predicate<String> knowsNetwork;
    private final Clock clock;
    private final RunIds ids;
    private final Locks locks = new Locks();

    RunIntake(
            JournaledStore journal,
            ShieldedReads reads,
            RunLane lane,
            LostRuns lost,
            Predicate<String> knowsNetwork,
            Clock clock) {
        this.journal = journal;
        this.reads = reads;
        this.lane = lane;
        this.lost = lost;
        this.knowsNetwork = knowsNetwork;
        this.clock = clock;
        ids = new RunIds(clock);
    }

    Submission submit(RunRequest request) {
        check(request);
        if (request.clientId().isEmpty()) {
            return new Submission(create(request), true);
        }
        // Two requests with the same client id wait for each other here, so that the second finds the first.
        synchronized (locks.of(List.of(request.principal(), request.clientId().get()))) {
            Optional<RunRecord> earlier = reads.ask(rows ->
                    rows.runByClientId(request.principal(), request.clientId().get()));
            return earlier.map(run -> repeated(run, request)).orElseGet(() -> new Submission(create(request), true));
        }
    }

    /** The first answer may have been that the write was not acknowledged in time; then nobody has put the run in. */
    private Submission repeated(RunRecord earlier, RunRequest request) {
        if (earlier.goal().equals(request.goal()) && earlier.network().equals(request.network())) {
            lost.look(earlier);
            return new Submission(earlier, false);
        }
        throw HostException.of(
                RunError.RUN_CLIENT_ID_CONFLICT, "clientId", request.clientId().orElseThrow(), "id", earlier.id());
    }

    /** Whether the network is there counts only here: a run that exists already is found without it. */
    private RunRecord create(RunRequest request) {
        request.network().ifPresent(this::refuseUnlessKnown);
        lane.reserve();
        try {
            RunRecord run = pending(request);
            journal.write(
                    List.of(new EntryDraft(run.stream(), EntryTypes.RUN_SUBMITTED, body(run, request))),
                    List.of(new RunSaved(run)));
            lane.add(run.id());
            return run;
        } finally {
            lane.release();
        }
    }

    private RunRecord pending(RunRequest request) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new RunRecord(
                ids.next(),
                request.clientId(),
                request.principal(),
                request.goal(),
                request.network(),
                request.session(),
                request.metadata(),
                RunState.PENDING,
                at,
                at,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The metadata goes in as text: it may hold numbers that have no canonical form in the journal. */
    private static Map<String, Object> body(RunRecord run, RunRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("goal", run.goal());
        body.put("principal", run.principal());
        body.put("clientId", run.clientId().orElse(null));
        body.put("network", run.network().orElse(null));
        body.put("session", run.session().orElse(null));
        body.put("metadata", run.metadata());
        body.put("traceId", request.traceId().orElse(null));
        return body;
    }

    private static void check(RunRequest request) {
        refuseUnless(isText(request.principal(), MAX_PRINCIPAL), "principal", "1 to 128 characters");
        refuseUnless(isText(request.goal(), MAX_GOAL), "goal", "1 to 4,000 characters, not only blanks");
        request.clientId()
                .ifPresent(id ->
                        refuseUnless(CLIENT_ID.matcher(id).matches(), "clientId", "1 to 128 of A-Z a-z 0-9 . _ : -"));
        refuseUnless(isMetadata(request.metadata()), "metadata", "a JSON object of at most 16 KiB");
        request.traceId().ifPresent(id -> refuseUnless(TRACE_ID.matcher(id).matches(), "traceId", "32 of 0-9 a-f"));
        request.network()
                .ifPresent(name -> refuseUnless(isChainId(name), "network", "a CAIP-2 name, for example eip155:1"));
    }

    private void refuseUnlessKnown(String network) {
        if (!knowsNetwork.test(network)) {
            throw HostException.of(ChainError.CHAIN_UNKNOWN, "network", network);
        }
    }

    private static boolean isText(String text, int longest) {
        return text != null && !text.isBlank() && text.length() <= longest && PlainText.isStorable(text);
    }

    private static boolean isMetadata(String metadata) {
        try {
            return metadata != null
                    && metadata.length() <= MAX_METADATA
                    && metadata.getBytes(StandardCharsets.UTF_8).length <= MAX_METADATA
                    && PlainText.isStorable(metadata)
                    && CanonicalJson.of(metadata).startsWith("{");
        } catch (HostException e) {
            return false;
        }
    }

    private static boolean isChainId(String network) {
        try {
            return ChainId.parse(network).toString().equals(network);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuseUnless(boolean condition, String field, String rule) {
        if (!condition) {
            throw HostException.of(RequestError.REQUEST_INVALID, "field", field, "rule", rule);
        }
    }
}
