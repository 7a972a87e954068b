/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A network, as a service with the property {@link #ID}. Thread-safe.
 */
@ProviderType
public interface Chain {

    /** Service property: the CAIP-2 name of the network. */
    String ID = "chain.id";

    /** What the network is. Answers without asking the node. */
    NetworkInfo network();

    /** Asks the node whether it answers; never throws, takes at most a few seconds. */
    ChainStatus status();

    /** Opens the network for one tool call. */
    ChainAccess open(CallScope scope);
}
