/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
/** Makes the published marketplace index from source records and jars. Runs at build time, never in the host. */
package org.openmcpchain.marketplace.index;
