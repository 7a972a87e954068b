/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** The fixed attributes of an error code; what each enum constant carries. */
record ErrorTraits(
        Category category, boolean retryable, int httpStatus, GrpcStatus grpcStatus, String summary, String remedy) {

    static ErrorTraits invalid(String summary, String remedy) {
        return new ErrorTraits(Category.INVALID, false, 400, GrpcStatus.INVALID_ARGUMENT, summary, remedy);
    }

    static ErrorTraits notFound(String summary, String remedy) {
        return new ErrorTraits(Category.NOT_FOUND, false, 404, GrpcStatus.NOT_FOUND, summary, remedy);
    }

    static ErrorTraits conflict(String summary, String remedy) {
        return new ErrorTraits(Category.CONFLICT, false, 409, GrpcStatus.FAILED_PRECONDITION, summary, remedy);
    }

    static ErrorTraits denied(String summary, String remedy) {
        return new ErrorTraits(Category.POLICY, false, 403, GrpcStatus.PERMISSION_DENIED, summary, remedy);
    }

    static ErrorTraits limit(String summary, String remedy) {
        return new ErrorTraits(Category.LIMIT, true, 429, GrpcStatus.RESOURCE_EXHAUSTED, summary, remedy);
    }

    static ErrorTraits tooLarge(String summary, String remedy) {
        return new ErrorTraits(Category.LIMIT, false, 413, GrpcStatus.INVALID_ARGUMENT, summary, remedy);
    }

    static ErrorTraits outside(String summary, String remedy) {
        return new ErrorTraits(Category.EXTERNAL, true, 502, GrpcStatus.UNAVAILABLE, summary, remedy);
    }

    static ErrorTraits outsideFinal(String summary, String remedy) {
        return new ErrorTraits(Category.EXTERNAL, false, 502, GrpcStatus.FAILED_PRECONDITION, summary, remedy);
    }

    static ErrorTraits unavailable(String summary, String remedy) {
        return new ErrorTraits(Category.EXTERNAL, true, 503, GrpcStatus.UNAVAILABLE, summary, remedy);
    }

    static ErrorTraits internal(String summary, String remedy) {
        return new ErrorTraits(Category.INTERNAL, true, 500, GrpcStatus.INTERNAL, summary, remedy);
    }

    static ErrorTraits of(
            Category category, boolean retryable, int http, GrpcStatus grpc, String summary, String remedy) {
        return new ErrorTraits(category, retryable, http, grpc, summary, remedy);
    }
}
