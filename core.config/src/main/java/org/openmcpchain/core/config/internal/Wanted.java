/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.Map;
import java.util.Optional;

/**
 * One PID with everything that the operator says of it, layers laid over each other.
 *
 * @param pid the PID
 * @param description what its bundle says of it, or empty while no installed bundle knows it
 * @param elsewhere what a {@code .cfg} file or the console says of it, beneath the layers
 * @param values by key
 */
record Wanted(Pid pid, Optional<Description> description, Map<String, Object> elsewhere, Map<String, Given> values) {}
