/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.StoreChange;
import org.openmcpchain.core.run.StoreChange.DocumentRemoved;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.core.run.StoreChange.EntryAppended;
import org.openmcpchain.core.run.StoreChange.HeadMoved;
import org.openmcpchain.core.run.StoreChange.ReceiptSaved;
import org.openmcpchain.core.run.StoreChange.RunSaved;
import org.openmcpchain.core.run.StoreChange.TransactionSaved;
import org.openmcpchain.core.run.StoredDocument;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.ProofError;
import org.openmcpchain.proof.CanonicalJson;

/** Checks a write on its sender's thread, so that a bad one fails alone and the writer's thread does little. */
final class WriteRules {

    static final int MAX_BODY = 1 << 20;
    private static final int MAX_DOCUMENT = 1024 * 1024;
    private static final int MAX_WRITE_KIB = 8 * 1024;
    private static final int ROW_KIB = 1;
    private static final int KIB = 1024;
    private static final Pattern STREAM = Pattern.compile("[A-Za-z0-9._:@/-]{1,128}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9.-]{1,64}");

    private WriteRules() {}

    /**
     * A write that can be written.
     *
     * <p>Errors: {@code ENTRY_TOO_LARGE}, {@code JSON_NOT_CANONICAL}.
     *
     * @throws IllegalArgumentException for a name that is not well formed and for rows without an entry: a mistake in
     *     the calling code, not in its data
     */
    static WriteRequest checked(List<EntryDraft> drafts, List<StoreChange> rows, WriteRequest.Behind behind) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("rows are written with the entry that says so");
        }
        List<WriteRequest.Line> lines = new ArrayList<>(drafts.size());
        int kibibytes = 0;
        for (EntryDraft draft : drafts) {
            WriteRequest.Line line = line(draft);
            lines.add(line);
            kibibytes += 1 + line.body().length() / KIB;
        }
        for (StoreChange row : rows) {
            kibibytes += sizeOf(row);
        }
        if (kibibytes > MAX_WRITE_KIB) {
            throw tooLarge(MAX_WRITE_KIB * KIB);
        }
        return new WriteRequest(List.copyOf(lines), List.copyOf(rows), behind, kibibytes);
    }

    private static WriteRequest.Line line(EntryDraft draft) {
        refuseUnless(STREAM.matcher(draft.stream()).matches(), "not the name of a stream");
        refuseUnless(TYPE.matcher(draft.type()).matches(), "not the name of an entry type");
        String body = CanonicalJson.of(draft.body());
        if (body.length() > MAX_BODY || body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY) {
            throw tooLarge(MAX_BODY);
        }
        return new WriteRequest.Line(draft.stream(), draft.type(), body);
    }

    private static int sizeOf(StoreChange row) {
        if (row instanceof DocumentSaved saved) {
            return documentSize(saved.document());
        }
        if (row instanceof DocumentRemoved) {
            return 1;
        }
        if (row instanceof ReceiptSaved saved) {
            return ROW_KIB + saved.receipt().envelope().length() / KIB;
        }
        if (row instanceof RunSaved saved) {
            return ROW_KIB
                    + saved.run().goal().length() / KIB
                    + saved.run().result().orElse("").length() / KIB;
        }
        if (row instanceof TransactionSaved saved) {
            return ROW_KIB + saved.transaction().rawTransaction().length() / KIB;
        }
        refuseUnless(
                !(row instanceof EntryAppended) && !(row instanceof HeadMoved),
                "entries get their place from the journal");
        return ROW_KIB;
    }

    private static int documentSize(StoredDocument document) {
        refuseUnless(hasLength(document.collection(), 64) && hasLength(document.id(), 128), "not a document's name");
        if (document.body().length() > MAX_DOCUMENT) {
            throw tooLarge(MAX_DOCUMENT);
        }
        if (!CanonicalJson.of(document.body()).startsWith("{")) {
            throw HostException.of(ProofError.JSON_NOT_CANONICAL, "detail", "a document is a JSON object");
        }
        return ROW_KIB + document.body().length() / KIB;
    }

    private static boolean hasLength(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest;
    }

    private static void refuseUnless(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static HostException tooLarge(int limit) {
        return HostException.of(JournalError.ENTRY_TOO_LARGE, "limitBytes", limit);
    }
}
