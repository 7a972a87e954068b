/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people can read of sessions without this host: {@code transcript.jsonl}, one line for each entry of the stream;
 * {@code MEMORY.md}; and {@code memory/<date>.md}, the day in short. All of it is made from the journal and made again when
 * it is missing; nothing reads it. Thread-safe.
 */
final class SessionFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SessionFiles.class);
    private static final String TRANSCRIPT = "transcript.jsonl";
    private static final String MEMORY = "MEMORY.md";
    private static final String DAYS = "memory";
    private static final long MEBIBYTE = 1024 * 1024;

    private final SessionJournal journal;
    private final Path root;
    private final long limit;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final Set<String> trusted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean planned = new AtomicBoolean();

    SessionFiles(SessionJournal journal, Path root, int transcriptMebibytes) {
        this.journal = journal;
        this.root = root;
        limit = transcriptMebibytes * MEBIBYTE;
    }

    /** Notes that a session has new entries. True: {@link #write} is to be called, once. */
    boolean touch(String key) {
        touched.add(key);
        return planned.compareAndSet(false, true);
    }

    /** Whether files are missing or older than the session. */
    boolean isBehind(SessionRecord session) {
        try {
            return seqOf(new LineFile(folder(session.key()).resolve(TRANSCRIPT))) != session.seq();
        } catch (IOException | HostException e) {
            LOG.debug("The transcript of session {} cannot be read", session.key(), e);
            return true;
        }
    }

    /** Brings the files of all touched sessions up to date. */
    void write() {
        planned.set(false);
        synchronized (this) {
            for (String key : List.copyOf(touched)) {
                touched.remove(key);
                try {
                    update(key);
                } catch (IOException | UncheckedIOException | HostException e) {
                    LOG.warn("The files of session {} are not up to date; the journal is", key, e);
                }
            }
        }
    }

    private Path folder(String key) {
        return SessionFolder.of(root, key);
    }

    private void update(String key) throws IOException {
        Path folder = folder(key);
        Files.createDirectories(folder.resolve(DAYS), ownerOnly());
        LineFile transcript = new LineFile(folder.resolve(TRANSCRIPT));
        long seq = position(key, folder, transcript);
        boolean remembers = !Files.exists(folder.resolve(MEMORY));
        List<JournalEntry> page = journal.entries(key, seq);
        while (!page.isEmpty() && transcript.size() < limit) {
            noteDays(folder.resolve(DAYS), page);
            transcript.add(page.stream().map(SessionFiles::line).toList());
            remembers |= page.stream().anyMatch(SessionFiles::changesMemory);
            page = journal.entries(key, page.get(page.size() - 1).seq());
        }
        if (remembers) {
            writeMemory(key, folder);
        }
    }

    /** Where the transcript stands. One that does not belong to this journal is thrown away. */
    private long position(String key, Path folder, LineFile transcript) throws IOException {
        long seq = seqOf(transcript);
        if (seq == 0 || (trusted.add(key) && !isOf(key, seq, transcript))) {
            clear(folder);
            return 0;
        }
        return seq;
    }

    private static long seqOf(LineFile transcript) throws IOException {
        return transcript.last().map(line -> Entry.of(line).number("seq", 0)).orElse(0L);
    }

    private boolean isOf(String key, long seq, LineFile transcript) throws IOException {
        Optional<String> hash = transcript.last().flatMap(line -> Entry.of(line).optional("hash"));
        List<JournalEntry> found = journal.entries(key, seq - 1, 1);
        return found.size() == 1 && hash.equals(Optional.of(found.get(0).hash()));
    }

    private static void clear(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(TRANSCRIPT));
        Files.deleteIfExists(folder.resolve(MEMORY));
        try (Stream<Path> days = Files.list(folder.resolve(DAYS))) {
            for (Path day : days.toList()) {
                Files.deleteIfExists(day);
            }
        }
    }

    private static String line(JournalEntry entry) {
        return CanonicalJson.of("{\"at\":\"" + entry.at() + "\",\"body\":" + entry.body() + ",\"hash\":\""
                + entry.hash() + "\",\"seq\":\"" + entry.seq() + "\",\"type\":\"" + entry.type() + "\"}");
    }

    private static boolean changesMemory(JournalEntry entry) {
        return entry.type().equals(EntryTypes.SESSION_COMPACTED) || entry.type().equals(EntryTypes.SESSION_RESET);
    }

    /** What a crash wrote already is not written twice: each line ends with its place in the stream. */
    private static void noteDays(Path folder, List<JournalEntry> entries) throws IOException {
        Map<String, List<DayNote>> days = new TreeMap<>();
        for (JournalEntry entry : entries) {
            DayNote.of(entry).ifPresent(note -> days.computeIfAbsent(
                            DateTimeFormatter.ISO_LOCAL_DATE
                                    .withZone(ZoneOffset.UTC)
                                    .format(entry.at()),
                            day -> new ArrayList<>())
                    .add(note));
        }
        for (Map.Entry<String, List<DayNote>> day : days.entrySet()) {
            LineFile file = new LineFile(folder.resolve(day.getKey() + ".md"));
            long known = file.last().map(DayNote::seqOf).orElse(0L);
            List<String> lines = day.getValue().stream()
                    .filter(note -> note.seq() > known)
                    .map(DayNote::line)
                    .toList();
            if (!lines.isEmpty()) {
                file.add(lines);
            }
        }
    }

    private void writeMemory(String key, Path folder) throws IOException {
        SessionMemory memory = journal.memory(key);
        String text =
                "# Memory of session " + key + "\n\nMade from the journal; a change of this file changes nothing.\n"
                        + "\n## To keep in mind\n\n" + memory.factList() + "\n\n## Summary of the older turns\n\n"
                        + memory.summary() + "\n";
        Path fresh = folder.resolve(MEMORY + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve(MEMORY), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Conversations are nobody else's business. */
    private FileAttribute<?>[] ownerOnly() {
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
