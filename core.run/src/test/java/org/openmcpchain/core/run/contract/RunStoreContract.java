/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.contract.Rows.CHAIN;
import static org.openmcpchain.core.run.contract.Rows.START;
import static org.openmcpchain.core.run.contract.Rows.entry;
import static org.openmcpchain.core.run.contract.Rows.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunRecord;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunState;

/** What every store must do. A store's own test class extends this one and gives it an empty store for each test. */
public abstract class RunStoreContract extends JournalRowsContract {

    private static final String SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

    @Test
    public void anEmptyStoreKnowsNothing() {
        assertThat(store().run("r1")).isEmpty();
        assertThat(store().runByClientId("alice", "c1")).isEmpty();
        assertThat(store().runs(RunQuery.newest(10))).isEqualTo(new Page<RunRecord>(List.of(), 0, OptionalInt.empty()));
        assertThat(store().unfinishedRuns()).isEmpty();
        assertThat(store().countByState()).isEmpty();
        assertThat(store().entries("host", 0, 10)).isEmpty();
        assertThat(store().head("host")).isEmpty();
        assertThat(store().streams("", 10)).isEmpty();
        assertThat(store().transaction("k")).isEmpty();
        assertThat(store().transactionByHash("0x00")).isEmpty();
        assertThat(store().transactionsOfRun("r1")).isEmpty();
        assertThat(store().openTransactions(CHAIN)).isEmpty();
        assertThat(store().highestNonce(CHAIN, SENDER)).isEmpty();
        assertThat(store().receipt("r1")).isEmpty();
        assertThat(store().document("api-key", "k")).isEmpty();
        assertThat(store().documents("api-key")).isEmpty();
    }

    @Test
    public void keepsEveryFieldOfARun() {
        RunRecord pending = run("r1", Optional.of("client:1"), "Tausche ½ Ether ✓ 🦊\n'; --", 1, RunState.PENDING);
        commit(new RunSaved(pending));
        assertThat(store().run("r1")).contains(pending);

        RunRecord ended = pending.in(RunState.RUNNING, START.plusMillis(1), 3)
                .ended(
                        new RunEnding(
                                RunState.FAILED,
                                Optional.of("reply"),
                                Optional.of("thought"),
                                Optional.of("{\"outcome\":\"FAILED\"}"),
                                Optional.of("POLICY_DENIED"),
                                Optional.of("denied by rule value-cap"),
                                Optional.of("planner")),
                        START.plusMillis(2),
                        "ab".repeat(32));
        commit(new RunSaved(ended));
        assertThat(store().run("r1")).contains(ended);
    }

    @Test
    public void keepsTheLongestValues() {
        RunRecord longest = run("r1", Optional.of("c".repeat(128)), "ü".repeat(4000), 1, RunState.RUNNING)
                .ended(
                        new RunEnding(
                                RunState.FAILED,
                                Optional.of("é".repeat(65_536)),
                                Optional.of("t".repeat(65_536)),
                                Optional.of("r".repeat(1_048_576)),
                                Optional.of("C".repeat(64)),
                                Optional.of("d".repeat(4000)),
                                Optional.of("p".repeat(256))),
                        START,
                        "ab".repeat(32));
        JournalEntry entry = entry("s".repeat(128), 1, "b".repeat(1_048_576));
        Receipt receipt = new Receipt("r1", "ab".repeat(32), "cd".repeat(32), "e".repeat(4_194_304));
        StoredDocument document = new StoredDocument("c".repeat(64), "i".repeat(128), "b".repeat(65_536), START);
        commit(new RunSaved(longest), new EntryAppended(entry), new ReceiptSaved(receipt), new DocumentSaved(document));

        assertThat(store().run("r1")).contains(longest);
        assertThat(store().head(entry.stream())).contains(entry);
        assertThat(store().receipt("r1")).contains(receipt);
        assertThat(store().documents(document.collection())).containsExactly(document);
    }

    @Test
    public void replacesARunAndAddsNone() {
        RunRecord pending = run("r1", 1, RunState.PENDING);
        commit(new RunSaved(pending));
        commit(new RunSaved(pending.in(RunState.RUNNING, START.plusMillis(5), 1)));

        assertThat(store().countByState()).isEqualTo(Map.of(RunState.RUNNING, 1L));
        assertThat(store().run("r1").orElseThrow().attempts()).isEqualTo(1);
    }

    @Test
    public void findsARunByItsClientIdOfOnePrincipal() {
        commit(new RunSaved(run("r1", Optional.of("c1"), "goal", 1, RunState.PENDING)));

        assertThat(store().runByClientId("alice", "c1").orElseThrow().id()).isEqualTo("r1");
        assertThat(store().runByClientId("bob", "c1")).isEmpty();
        assertThat(store().runByClientId("alice", "C1")).isEmpty();
    }

    @Test
    public void refusesASecondRunWithTheSameClientId() {
        commit(new RunSaved(run("r1", Optional.of("c1"), "goal", 1, RunState.PENDING)));

        assertUnavailable(() -> commit(new RunSaved(run("r2", Optional.of("c1"), "goal", 2, RunState.PENDING))));
        assertThat(store().run("r2")).isEmpty();
        commit(
                new RunSaved(run("r3", 3, RunState.PENDING)),
                new RunSaved(run("r4", 4, RunState.PENDING)),
                new RunSaved(run("r5", Optional.of("C1"), "goal", 5, RunState.PENDING)));
    }

    @Test
    public void listsRunsInPages() {
        for (int i = 1; i <= 5; i++) {
            commit(new RunSaved(run("r" + i, i, RunState.PENDING)));
        }
        Page<RunRecord> first = store().runs(query(Set.of(), true, 0, 2));
        assertThat(first.items()).extracting(RunRecord::id).containsExactly("r5", "r4");
        assertThat(first.total()).isEqualTo(5);
        assertThat(first.nextOffset()).hasValue(2);

        Page<RunRecord> last = store().runs(query(Set.of(), true, 4, 2));
        assertThat(last.items()).extracting(RunRecord::id).containsExactly("r1");
        assertThat(last.nextOffset()).isEmpty();

        assertThat(store().runs(query(Set.of(), false, 0, 2)).items())
                .extracting(RunRecord::id)
                .containsExactly("r1", "r2");
        Page<RunRecord> beyond = store().runs(query(Set.of(), true, 9, 2));
        assertThat(beyond.items()).isEmpty();
        assertThat(beyond.total()).isEqualTo(5);
        assertThat(beyond.nextOffset()).isEmpty();
    }

    @Test
    public void ordersRunsOfTheSameMomentById() {
        commit(new RunSaved(run("b", 1, RunState.PENDING)));
        commit(new RunSaved(run("a", 1, RunState.PENDING)));
        commit(new RunSaved(run("c", 1, RunState.PENDING)));

        assertThat(store().runs(query(Set.of(), false, 0, 9)).items())
                .extracting(RunRecord::id)
                .containsExactly("a", "b", "c");
        assertThat(store().runs(query(Set.of(), true, 0, 9)).items())
                .extracting(RunRecord::id)
                .containsExactly("c", "b", "a");
    }

    @Test
    public void filtersRuns() {
        RunRecord swap = run("r1", Optional.empty(), "Swap 100%_of my ETH", 1, RunState.PENDING);
        RunRecord mint = run("r2", Optional.empty(), "mint an NFT \\o/", 2, RunState.RUNNING);
        RunRecord price = run("r3", Optional.empty(), "price of ETH", 3, RunState.RUNNING)
                .ended(
                        new RunEnding(
                                RunState.SUCCEEDED,
                                Optional.of("3000"),
                                Optional.empty(),
                                Optional.of("{}"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        START.plusSeconds(500),
                        null);
        commit(new RunSaved(swap), new RunSaved(mint), new RunSaved(price));

        assertThat(idsOf(query(Set.of(RunState.PENDING, RunState.RUNNING), false, 0, 9)))
                .containsExactly("r1", "r2");
        assertThat(idsOf(between(1, 3))).containsExactly("r1", "r2");
        assertThat(idsOf(between(2, 4))).containsExactly("r2", "r3");
        assertThat(idsOf(withResult(true))).containsExactly("r3");
        assertThat(idsOf(withResult(false))).containsExactly("r1", "r2");
        assertThat(idsOf(withText("eth"))).containsExactly("r1", "r3");
        assertThat(idsOf(withText("ETH"))).containsExactly("r1", "r3");
    }

    @Test
    public void takesTheWildcardsOfItsLanguageAsText() {
        commit(
                new RunSaved(run("r1", Optional.empty(), "100%_of", 1, RunState.PENDING)),
                new RunSaved(run("r2", Optional.empty(), "100 xof", 2, RunState.PENDING)),
                new RunSaved(run("r3", Optional.empty(), "a\\b' OR 1=1", 3, RunState.PENDING)));

        assertThat(idsOf(withText("%"))).containsExactly("r1");
        assertThat(idsOf(withText("_o"))).containsExactly("r1");
        assertThat(idsOf(withText("\\"))).containsExactly("r3");
        assertThat(idsOf(withText("\\b' or"))).containsExactly("r3");
        assertThat(idsOf(withText("' OR '1'='1"))).isEmpty();
    }

    @Test
    public void listsUnfinishedRunsOldestFirst() {
        commit(
                new RunSaved(run("r3", 3, RunState.RUNNING)),
                new RunSaved(run("r1", 1, RunState.RETRYING)),
                new RunSaved(run("r2", 2, RunState.PENDING)));
        for (RunState state : RunState.values()) {
            if (state.isTerminal()) {
                commit(new RunSaved(run("ended-" + state, 0, state)));
            }
        }
        assertThat(store().unfinishedRuns()).extracting(RunRecord::id).containsExactly("r1", "r2", "r3");
    }

    @Test
    public void countsRunsByState() {
        commit(
                new RunSaved(run("r1", 1, RunState.PENDING)),
                new RunSaved(run("r2", 2, RunState.PENDING)),
                new RunSaved(run("r3", 3, RunState.FAILED)));

        assertThat(store().countByState()).isEqualTo(Map.of(RunState.PENDING, 2L, RunState.FAILED, 1L));
    }

    @Test
    public void theLastOfTwoChangesToARowInOneCommitStays() {
        RunRecord pending = run("r1", 1, RunState.PENDING);
        commit(new RunSaved(pending), new RunSaved(pending.in(RunState.RUNNING, START.plusMillis(1), 1)));

        assertThat(store().run("r1").orElseThrow().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    public void readersSeeACommitWholeOrNotAtAll() throws Exception {
        int commits = 60;
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<String>> readings = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                readings.add(readers.submit(() -> seesOnlyPairs(commits)));
            }
            for (long seq = 1; seq <= commits; seq++) {
                commit(new EntryAppended(entry("left", seq, "{}")), new EntryAppended(entry("right", seq, "{}")));
            }
            for (Future<String> reading : readings) {
                assertThat(reading.get(60, TimeUnit.SECONDS)).isEmpty();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** Reads left before right: what was committed together can never be seen on the left only. Empty: it never was. */
    private String seesOnlyPairs(long last) {
        long left;
        do {
            left = store().head("left").map(JournalEntry::seq).orElse(0L);
            long right = store().head("right").map(JournalEntry::seq).orElse(0L);
            int entries = store().entries("left", 0, 1000).size();
            if (right < left || entries < left) {
                return "the left ends at " + left + ", then the right ends at " + right + ", and " + entries
                        + " entries are on the left";
            }
        } while (left < last);
        return "";
    }

    private List<String> idsOf(RunQuery query) {
        return store().runs(query).items().stream().map(RunRecord::id).toList();
    }

    private static RunQuery query(Set<RunState> states, boolean newestFirst, int offset, int limit) {
        return new RunQuery(
                states,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                newestFirst,
                offset,
                limit);
    }

    private static RunQuery between(int fromMinute, int toMinute) {
        return new RunQuery(
                Set.of(),
                Optional.of(START.plusSeconds(60L * fromMinute)),
                Optional.of(START.plusSeconds(60L * toMinute)),
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                9);
    }

    private static RunQuery withResult(boolean has) {
        return new RunQuery(
                Set.of(), Optional.empty(), Optional.empty(), Optional.of(has), Optional.empty(), false, 0, 9);
    }

    private static RunQuery withText(String text) {
        return new RunQuery(
                Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text), false, 0, 9);
    }
}
