/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

/**
 * What became of a submitted goal.
 *
 * @param run the run
 * @param created false when the client id was known already and this is the earlier run
 */
public record Submission(Run run, boolean created) {}
