/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.policy.Approval;

class ApprovalShelfTest {

    private static final String ASKS =
            "version: 1\nrules: [{id: all, at: SIGN, then: ASK, reason: all, approval: {approvers: ['*'], expires: PT1H}}]\n";

    @Test
    void takesOldClosedOnesOffTheListAndLeavesTheOthers() {
        LedgerWorld world = new LedgerWorld(ASKS);
        String old = world.decide(LedgerWorld.send("a", 1)).approval();
        world.approvals.reject(old, "carol", "no");
        world.clock.go(Duration.ofDays(91));
        String open = world.decide(LedgerWorld.send("b", 1)).approval();
        ApprovalShelf shelf = new ApprovalShelf(world.store);

        shelf.prune(world.clock.instant().minus(Duration.ofDays(90)));
        shelf.prune(world.clock.instant().minus(Duration.ofDays(90)));

        assertThat(shelf.find(old)).isEmpty();
        assertThat(shelf.newestOf("a")).isEmpty();
        assertThat(shelf.page(Set.of(), 0, 10).items()).extracting(Approval::id).containsExactly(open);
        assertThat(new ApprovalShelf(world.store).in(Set.of())).hasSize(1);
    }

    @Test
    void aDocumentThatCannotBeReadIsDamageAndNoGuess() {
        FakeJournaledStore store = new FakeJournaledStore();
        store.write(
                java.util.List.of(new EntryDraft("host", "x", java.util.Map.of())),
                java.util.List.of(new DocumentSaved(
                        new StoredDocument(ApprovalText.COLLECTION, "x", "{\"state\":\"NONE\"}", Instant.EPOCH))));

        assertThatThrownBy(() -> new ApprovalShelf(store))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_BROKEN));
    }

    @Test
    void idsGoOnBehindTheLastOneWhateverTheClockSays() {
        ApprovalIds ids = new ApprovalIds();
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            String next = ids.next(1_000_000);
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        ApprovalIds later = new ApprovalIds();
        later.behind(last);
        assertThat(later.next(1)).isGreaterThan(last);
    }
}
