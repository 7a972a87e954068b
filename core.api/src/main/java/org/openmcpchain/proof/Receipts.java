/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The receipts of ended runs. Thread-safe. */
@ProviderType
public interface Receipts {

    /** The receipt of a run, or empty when the run has not ended. Error: {@code RUN_UNKNOWN}. */
    Optional<Receipt> ofRun(String runId);
}
