/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.lang.annotation.Annotation;

/** Configurations for tests. */
final class Settings {

    private Settings() {}

    static JournalSettings journal() {
        return journal("PT20S", 16, 256);
    }

    static JournalSettings journal(String acknowledgeTimeout, int queueMebibytes, int subscriptionLimit) {
        return new JournalSettings() {
            @Override
            public int batchLimit() {
                return 1024;
            }

            @Override
            public int queueMebibytes() {
                return queueMebibytes;
            }

            @Override
            public String acknowledgeTimeout() {
                return acknowledgeTimeout;
            }

            @Override
            public int subscriptionLimit() {
                return subscriptionLimit;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return JournalSettings.class;
            }
        };
    }

    static EngineSettings engine(int workers, int queueLimit, String runDeadline, String drain) {
        return engine(workers, queueLimit, runDeadline, drain, 3, 100);
    }

    static EngineSettings engine(
            int workers, int queueLimit, String runDeadline, String drain, int retries, int jitter) {
        return engine(workers, queueLimit, runDeadline, drain, retries, jitter, "PT30S", "PT30S");
    }

    /** Looks all the time for what is lost or does not stop. */
    static EngineSettings sweeping(int queueLimit, String runDeadline) {
        return engine(2, queueLimit, runDeadline, "PT0.4S", 3, 100, "PT0.02S", "PT0.1S");
    }

    private static EngineSettings engine(
            int workers,
            int queueLimit,
            String runDeadline,
            String drain,
            int retries,
            int jitter,
            String sweep,
            String giveUp) {
        return new EngineSettings() {
            @Override
            public String giveUp() {
                return giveUp;
            }

            @Override
            public String sweep() {
                return sweep;
            }

            @Override
            public int retries() {
                return retries;
            }

            @Override
            public String retryDelay() {
                return "PT0.1S";
            }

            @Override
            public String retryDelayLimit() {
                return "PT5S";
            }

            @Override
            public int retryJitter() {
                return jitter;
            }

            @Override
            public int workers() {
                return workers;
            }

            @Override
            public int queueLimit() {
                return queueLimit;
            }

            @Override
            public String runDeadline() {
                return runDeadline;
            }

            @Override
            public String drain() {
                return drain;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return EngineSettings.class;
            }
        };
    }

    static CareSettings care(String archiveAfter, String fullEvery, String incrementalEvery, int keepFull) {
        return new CareSettings() {
            @Override
            public String archiveAfter() {
                return archiveAfter;
            }

            @Override
            public String fullEvery() {
                return fullEvery;
            }

            @Override
            public String incrementalEvery() {
                return incrementalEvery;
            }

            @Override
            public int keepFull() {
                return keepFull;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return CareSettings.class;
            }
        };
    }

    static RestoreSettings restore(String id) {
        return new RestoreSettings() {
            @Override
            public String restore() {
                return id;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return RestoreSettings.class;
            }
        };
    }
}
