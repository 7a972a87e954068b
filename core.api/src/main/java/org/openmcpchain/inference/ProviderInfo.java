/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference;

import org.openmcpchain.market.BundleRef;

/**
 * An inference provider as people see it.
 *
 * @param id its id, for example {@code planner}
 * @param label what answers there, for example {@code deterministic planner}; shown wherever it answers
 * @param model the model it uses
 * @param local whether it works without the network
 * @param ranking higher is preferred
 * @param bundle the bundle that it comes from
 * @param calls how many calls it is answering at this moment
 */
public record ProviderInfo(
        String id, String label, String model, boolean local, int ranking, BundleRef bundle, int calls) {}
