/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One stable error code. The codes live in one enum per topic; {@link ErrorCatalogue} lists them all. Each has a page
 * in {@code docs/errors/<name>.md}.
 */
@ProviderType
public interface ErrorCode {

    /** The code as it travels, for example {@code TOOL_ARGUMENTS_INVALID}. */
    String name();

    /** Whose turn it is. */
    Category category();

    /** Whether the same call may succeed later without being changed. */
    boolean retryable();

    /** The HTTP status of an answer that carries this code. */
    int httpStatus();

    /** The gRPC status of an answer that carries this code. */
    GrpcStatus grpcStatus();

    /** What happened, in one sentence without a full stop. */
    String summary();

    /** What to do next, in one sentence without a full stop. */
    String remedy();
}
