/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference;

import dev.langchain4j.model.chat.ChatModel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that answers chat requests. A service with the properties {@link #ID} and, when there are several, a
 * {@code service.ranking}. Thread-safe. While its bundle is being stopped, calls that hold a lease still come through
 * until they end or the drain deadline passes.
 */
@ConsumerType
public interface InferenceProvider {

    /** Service property: the provider's id, 1 to 32 of {@code [a-z0-9-]}. */
    String ID = "inference.id";

    /** What answers there, in words; shown and journaled wherever it answers. */
    String label();

    /** The model it uses, for people. */
    String model();

    /** Whether it works without the network. */
    boolean local();

    /** The model as LangChain4j calls it. */
    ChatModel chat();
}
