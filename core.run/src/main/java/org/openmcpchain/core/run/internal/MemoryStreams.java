/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.StreamArchived;
import org.openmcpchain.core.run.StreamHead;
import org.openmcpchain.journal.JournalEntry;

/** The journal of the store in memory. Guarded by the store's lock. */
final class MemoryStreams {

    private final Map<String, NavigableMap<Long, JournalEntry>> entries = new HashMap<>();
    private final NavigableMap<String, Optional<StreamHead>> heads = new TreeMap<>();
    private long count;

    long count() {
        return count;
    }

    boolean isEmpty() {
        return heads.isEmpty() && count == 0;
    }

    boolean has(JournalEntry entry) {
        return of(entry.stream()).containsKey(entry.seq());
    }

    private NavigableMap<Long, JournalEntry> of(String stream) {
        return entries.getOrDefault(stream, new TreeMap<>());
    }

    void append(JournalEntry entry) {
        entries.computeIfAbsent(entry.stream(), name -> new TreeMap<>()).put(entry.seq(), entry);
        heads.putIfAbsent(entry.stream(), Optional.empty());
        count++;
    }

    void move(StreamHead head) {
        heads.put(head.stream(), Optional.of(head));
    }

    void archive(StreamArchived change) {
        Optional<StreamHead> head = streamHead(change.stream());
        if (head.isPresent()) {
            StreamHead now = head.get();
            count -= of(change.stream()).size();
            entries.remove(change.stream());
            move(new StreamHead(
                    now.stream(), now.seq(), now.hash(), now.ended(), now.epoch(), Optional.of(change.archive())));
        }
    }

    List<JournalEntry> read(String stream, long afterSeq, int limit) {
        Collection<JournalEntry> behind = of(stream).tailMap(afterSeq, false).values();
        return behind.stream().limit(limit).toList();
    }

    Optional<JournalEntry> head(String stream) {
        return Optional.ofNullable(of(stream).lastEntry()).map(Map.Entry::getValue);
    }

    List<String> streams(String after, int limit) {
        return heads.tailMap(after, false).keySet().stream().limit(limit).toList();
    }

    Optional<StreamHead> streamHead(String stream) {
        return heads.getOrDefault(stream, Optional.empty());
    }

    List<StreamHead> streamHeads(String after, int limit) {
        return heads.tailMap(after, false).values().stream()
                .flatMap(Optional::stream)
                .limit(limit)
                .toList();
    }

    List<String> ended(String after, int limit) {
        return heads.tailMap(after, false).values().stream()
                .flatMap(Optional::stream)
                .filter(head -> head.ended() && head.archive().isEmpty())
                .map(StreamHead::stream)
                .limit(limit)
                .toList();
    }

    List<String> stray(int limit) {
        return new TreeSet<>(entries.keySet())
                .stream()
                        .filter(stream -> !heads.containsKey(stream)
                                && !entries.get(stream).isEmpty())
                        .limit(limit)
                        .toList();
    }

    void copy(Consumer<StoreChange> each) {
        heads.values().stream().flatMap(Optional::stream).map(HeadMoved::new).forEach(each);
        new TreeMap<>(entries).values().forEach(stream -> stream.values().stream()
                .map(EntryAppended::new)
                .forEach(each));
    }
}
