/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every error code of the host, in one list. */
public final class ErrorCatalogue {

    private static final List<ErrorCode> ALL = Stream.<ErrorCode[]>of(
                    RequestError.values(),
                    AccessError.values(),
                    RunError.values(),
                    JournalError.values(),
                    ToolError.values(),
                    ChainError.values(),
                    WalletError.values(),
                    PolicyError.values(),
                    InferenceError.values(),
                    MarketError.values(),
                    ProofError.values(),
                    ConfigError.values())
            .flatMap(Stream::of)
            .toList();

    private ErrorCatalogue() {}

    /** All codes, ordered by topic. */
    public static List<ErrorCode> all() {
        return ALL;
    }

    /** The code with this name, or empty. */
    public static Optional<ErrorCode> find(String name) {
        return ALL.stream().filter(code -> code.name().equals(name)).findFirst();
    }
}
