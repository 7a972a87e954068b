/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.core.run.RunStore;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store as the rest of the host may see it: as it is, or, where that is configured and it is empty, with the rows of a
 * snapshot. A snapshot that is not what its hash says keeps the host shut, and so does a restore that was cut short.
 */
@Component(
        service = Restoration.class,
        name = "org.openmcpchain.core.run.Restoration",
        configurationPid = "org.openmcpchain.core.run.Restoration")
@Designate(ocd = RestoreSettings.class)
public final class Restoration {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
    private static final String COLLECTION = "journal-restore";
    private static final String MARK = "running";
    private static final int ROWS_OF_COMMIT = 1_000;
    private static final int CHARACTERS_OF_COMMIT = 4 << 20;

    private final RunStore store;
    private final JournalFolder folder;

    /** Restores what is to be restored. Errors: {@code SNAPSHOT_UNKNOWN}, {@code SNAPSHOT_BROKEN}. */
    @Activate
    public Restoration(
            RestoreSettings settings, @Reference(name = "RunStore") RunStore store, @Reference JournalFolder folder) {
        this.store = store;
        this.folder = folder;
        String id = settings.restore().strip();
        if (store.document(COLLECTION, MARK).isPresent()) {
            throw broken(id, "a restore was cut short; empty the database and start again");
        }
        if (!id.isEmpty() && store.isEmpty()) {
            restore(id);
        } else if (!id.isEmpty()) {
            LOG.info("Nothing is restored from {}: the database has rows", PlainText.of(id, 64));
        }
    }

    RunStore store() {
        return store;
    }

    JournalFolder folder() {
        return folder;
    }

    private void restore(String id) {
        SnapshotFiles files = new SnapshotFiles(folder);
        List<SnapshotFiles.Known> chain = files.chainOf(id);
        files.verify(chain);
        String wanted = chain.get(chain.size() - 1).snapshot().stateHash();
        try {
            store.commit(List.of(new DocumentSaved(
                    new StoredDocument(COLLECTION, MARK, "{}", Clock.systemUTC().instant()))));
            long rows = write(files, chain);
            if (!stateHash().equals(wanted)) {
                throw broken(id, "the rows that were restored do not give its hash");
            }
            beginCheckpointFile(id);
            store.commit(List.of(new DocumentRemoved(COLLECTION, MARK)));
            LOG.info("{} rows were restored from the snapshot {}", rows, id);
        } catch (IOException e) {
            throw HostException.caused(e, JournalError.SNAPSHOT_BROKEN, "id", id, "detail", "it cannot be read");
        }
    }

    private long write(SnapshotFiles files, List<SnapshotFiles.Known> chain) throws IOException {
        List<StoreChange> batch = new ArrayList<>();
        long characters = 0;
        long count = 0;
        try (SnapshotChain rows = files.open(chain)) {
            for (SnapshotChain.Row row = rows.next(); row != null; row = rows.next()) {
                batch.add(RowText.row(row.key(), RowJson.object(row.json())));
                characters += row.json().length();
                count++;
                if (batch.size() == ROWS_OF_COMMIT || characters > CHARACTERS_OF_COMMIT) {
                    store.commit(List.copyOf(batch));
                    batch.clear();
                    characters = 0;
                }
            }
        }
        if (!batch.isEmpty()) {
            store.commit(batch);
        }
        return count;
    }

    private String stateHash() {
        StateHash state = new StateHash();
        store.copy(row -> {
            if (!(row instanceof DocumentSaved saved)
                    || !saved.document().collection().equals(COLLECTION)) {
                state.add(RowText.key(row), CanonicalJson.of(RowText.of(row)));
            }
        });
        return state.hex();
    }

    /** The file goes on behind the checkpoints that came back; the one before is kept beside it. */
    private void beginCheckpointFile(String id) throws IOException {
        Path file = folder.checkpoints();
        if (Files.exists(file)) {
            Files.move(
                    file,
                    file.resolveSibling("checkpoints-before-" + id + ".jsonl"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        CheckpointFile fresh = new CheckpointFile(file);
        long after = 0;
        List<JournalEntry> page;
        do {
            page = store.entries(Checkpoints.STREAM, after, 100);
            for (JournalEntry entry : page) {
                after = entry.seq();
                Checkpoints.complete(entry).ifPresent(fresh::append);
            }
        } while (page.size() == 100);
    }

    private static HostException broken(String id, String detail) {
        return HostException.of(JournalError.SNAPSHOT_BROKEN, "id", PlainText.of(id, 64), "detail", detail);
    }
}
