/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.core.run.internal.Codes.assertCode;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.core.run.RunSuspendedException;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.contract.Rows;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.run.RunState;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

final class SmallPartsTest {

    @Test
    void idsAreUuidsOfVersion7ThatSortByTheirOrder() {
        Instant now = Instant.parse("2026-11-20T09:50:00.500Z");
        RunIds ids = new RunIds(Clock.fixed(now, ZoneOffset.UTC));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made).allSatisfy(id -> {
            assertThat(UUID.fromString(id).version()).isEqualTo(7);
            assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        });
        assertThat(UUID.fromString(made.get(0)).getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    @Property(tries = 300)
    void cleanTextIsShortEnoughAndStorable(@ForAll String text, @ForAll boolean halve) {
        int longest = halve ? Math.max(1, text.length() / 2) : Math.max(1, text.length());
        String clean = PlainText.of(text, longest);

        assertThat(clean.length()).isLessThanOrEqualTo(longest);
        assertThat(PlainText.isStorable(clean)).isTrue();
    }

    @Test
    void cutsNoCharacterInHalf() {
        assertThat(PlainText.of("ab🦊", 3)).isEqualTo("ab");
        assertThat(PlainText.of("ab🦊", 4)).isEqualTo("ab🦊");
        assertThat(PlainText.orNull(null, 4)).isNull();
    }

    @Test
    void illegalTransitionsAreRefused() {
        Transitions transitions = new Transitions(Rows.run("r1", 1, RunState.PENDING));
        assertCode(RunError.RUN_TRANSITION_ILLEGAL, () -> transitions.to(RunState.RUNNING, "x", Rows.START));
        assertThat(transitions.entries()).isEmpty();
        assertCode(
                RunError.RUN_TRANSITION_ILLEGAL,
                () -> Transitions.refuseIllegal(Rows.run("r1", 1, RunState.FAILED), RunState.RUNNING));
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "SCHEDULED", "RUNNING", "RETRYING"})
    void reachesAWorkerFromWhereverARunWaits(RunState state) {
        Transitions transitions = new Transitions(Rows.run("r1", 1, state))
                .toRunning(Rows.START, List.of(new BundleRef("org.example.core", "1.0.0", "a".repeat(64))));

        assertThat(transitions.run().state()).isEqualTo(RunState.RUNNING);
        assertThat(transitions.run().attempts()).isEqualTo(1);
        EntryDraft last = transitions.entries().get(transitions.entries().size() - 1);
        assertThat(last.body().get("to")).isEqualTo(RunState.RUNNING);
        assertThat(last.body().get("attempt")).isEqualTo(1);
        assertThat(last.body().get("bundles").toString()).contains("org.example.core");
    }

    @ParameterizedTest
    @EnumSource(Attempt.Halt.class)
    void aGoalThatWasReachedIsReachedWhateverWasWanted(Attempt.Halt halt) {
        RunEnding reached = Host.success("done");
        assertThat(AttemptResult.of(halt, reached, null)).isEqualTo(new AttemptResult.Ended(reached));
    }

    @Test
    void judgesWhatCameOutOfAnExecutor() {
        RunEnding failed = RunEnding.failed("X", "x");
        assertThat(AttemptResult.of(Attempt.Halt.STOP, failed, null)).isInstanceOf(AttemptResult.Suspended.class);
        assertThat(AttemptResult.of(Attempt.Halt.EXECUTOR_GONE, null, new IllegalStateException()))
                .isEqualTo(new AttemptResult.Again("executor-gone", false));
        assertThat(AttemptResult.of(Attempt.Halt.NONE, null, new RunSuspendedException()))
                .isEqualTo(new AttemptResult.Again("suspended", true));
        assertThat(stateOf(AttemptResult.of(Attempt.Halt.NONE, null, HostException.of(RunError.RUN_CANCELLED))))
                .isEqualTo(RunState.CANCELLED);
        assertThat(stateOf(AttemptResult.of(Attempt.Halt.CANCEL, failed, null))).isEqualTo(RunState.CANCELLED);
        assertThat(stateOf(AttemptResult.of(Attempt.Halt.NONE, Host.ending(RunState.RUNNING, Map.of(), ""), null)))
                .isEqualTo(RunState.FAILED);
    }

    private static RunState stateOf(AttemptResult result) {
        return ((AttemptResult.Ended) result).ending().state();
    }

    @Test
    void writesDownThatTheHostStartedAndWithWhichOfOurBundles() {
        Bundle ours = bundle("org.openmcpchain.core.run", true);
        Bundle foreign = bundle("org.apache.felix.scr", false);
        BundleContext context = Mockito.mock(BundleContext.class);
        Mockito.when(context.getBundle()).thenReturn(ours);
        Mockito.when(context.getBundles()).thenReturn(new Bundle[] {foreign, ours});
        Journal journal = Mockito.mock(Journal.class);

        assertThat(new HostStart(context, journal)).isNotNull();

        @SuppressWarnings("unchecked")
        ArgumentCaptor<Map<String, ?>> body = ArgumentCaptor.forClass(Map.class);
        Mockito.verify(journal).append(Mockito.eq("host"), Mockito.eq("host.started"), body.capture());
        assertThat(body.getValue().get("version")).isEqualTo("0.1.0");
        assertThat(body.getValue().get("bundles")).isEqualTo(List.of("org.openmcpchain.core.run/0.1.0"));
    }

    private static Bundle bundle(String name, boolean ours) {
        Bundle bundle = Mockito.mock(Bundle.class);
        Hashtable<String, String> headers = new Hashtable<>();
        if (ours) {
            headers.put("OpenMCP-Kind", "core");
        }
        Mockito.when(bundle.getHeaders()).thenReturn(headers);
        Mockito.when(bundle.getSymbolicName()).thenReturn(name);
        Mockito.when(bundle.getVersion()).thenReturn(new Version(0, 1, 0));
        return bundle;
    }

    @Test
    void theStoreInMemoryTakesItsLimitFromItsConfiguration() {
        MemorySettings settings = Mockito.mock(MemorySettings.class);
        Mockito.when(settings.entryLimit()).thenReturn(0L);
        MemoryRunStore store = new MemoryRunStore(settings);

        assertCode(
                JournalError.JOURNAL_UNAVAILABLE,
                () -> store.commit(List.of(new StoreChange.EntryAppended(Rows.entry("host", 1, "{}")))));
    }
}
