/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.config;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configuration that the operator asked for: where each value comes from and what became of it. Thread-safe.
 *
 * <p>Layers, each overriding the one before: the default that a bundle declares, the host's own
 * {@code .cfg} files, {@code openmcp.yaml} or {@code openmcp.json}, {@code openmcp.env}, environment variables that begin
 * with {@code OPENMCP__}.
 */
@ProviderType
public interface Configurations {

    /** Every PID that the operator configures, ordered by PID. The defaults of PIDs that nobody mentions are left out. */
    List<ConfiguredPid> effective();

    /** What is wrong with the configuration as it was last read; empty when all of it is in force or waits. */
    List<ConfigProblem> problems();

    /**
     * Reads files and environment again and applies what changed; when anything is wrong, nothing is applied and
     * {@link #problems()} says what.
     *
     * @param principal who asks; the gate judges each change on behalf of this name
     * @return the same as {@link #problems()} afterwards
     */
    List<ConfigProblem> reload(String principal);
}
