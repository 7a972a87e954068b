/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.store.jpa.internal;

import java.nio.file.Path;
import java.util.Locale;

/** What was measured for docs/adr/0002-embedded-database.md. */
enum Candidate {
    /** H2 as it comes: a commit reaches the file up to 500 ms later. */
    H2_DEFAULT {
        @Override
        Appender open(Path directory) throws Exception {
            return new RawAppender("jdbc:h2:file:" + directory.resolve("h2"), null);
        }
    },
    /** A commit is written to the file, but the operating system is not asked to force it. */
    H2_WRITE_DELAY_0 {
        @Override
        Appender open(Path directory) throws Exception {
            return new RawAppender("jdbc:h2:file:" + directory.resolve("h2") + ";WRITE_DELAY=0", null);
        }
    },
    /** The same, and each commit is forced. */
    H2_CHECKPOINT_SYNC {
        @Override
        Appender open(Path directory) throws Exception {
            return new RawAppender("jdbc:h2:file:" + directory.resolve("h2") + ";WRITE_DELAY=0", "CHECKPOINT SYNC");
        }
    },
    /** SQLite with a write-ahead log that is forced at each commit. */
    SQLITE_WAL_FULL {
        @Override
        Appender open(Path directory) throws Exception {
            return new RawAppender(
                    "jdbc:sqlite:" + directory.resolve("sqlite.db") + "?journal_mode=WAL&synchronous=FULL", null);
        }
    },
    /** The store itself: EclipseLink on H2, forced. */
    STORE_JPA {
        @Override
        Appender open(Path directory) throws Exception {
            return new StoreAppender(OpenStore.h2(directory));
        }
    },
    /** The store on SQLite. */
    STORE_JPA_SQLITE {
        @Override
        Appender open(Path directory) throws Exception {
            return new StoreAppender(OpenStore.sqlite(directory));
        }
    },
    /** No database: the entry's bytes at the end of a file, then fdatasync. What the disk allows. */
    FILE_FORCE {
        @Override
        Appender open(Path directory) throws Exception {
            return new FileAppender(directory.resolve("log"));
        }
    };

    abstract Appender open(Path directory) throws Exception;

    static Candidate named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
