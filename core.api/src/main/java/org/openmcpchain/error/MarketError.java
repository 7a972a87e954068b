/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** What can go wrong between the host and the marketplace. */
public enum MarketError implements ErrorCode {
    LISTING_UNKNOWN(
            ErrorTraits.notFound("The marketplace has no such listing", "Search the marketplace for what you need")),
    MARKET_UNREACHABLE(ErrorTraits.unavailable(
            "The marketplace index does not answer",
            "Check the address of the index; an unreachable index is not an empty one")),
    MARKET_INDEX_INVALID(ErrorTraits.outsideFinal(
            "The marketplace index cannot be read", "Report it to the publisher of the index")),
    ARTIFACT_SIZE_MISMATCH(ErrorTraits.outsideFinal(
            "The artifact does not have the size that the catalogue lists",
            "Do not use it; report it to the publisher of the index")),
    ARTIFACT_DIGEST_MISMATCH(ErrorTraits.outsideFinal(
            "The artifact does not have the SHA-256 that the catalogue lists",
            "Do not use it; report it to the publisher of the index")),
    ARTIFACT_INVALID(ErrorTraits.outsideFinal(
            "The artifact is not a bundle that may be installed", "Read the detail; report it to the publisher")),
    INSTALL_UNRESOLVED(ErrorTraits.of(
            Category.CONFLICT,
            false,
            409,
            GrpcStatus.FAILED_PRECONDITION,
            "The bundle needs something that this host does not have",
            "Provide what is named, or choose another version")),
    INSTALL_ACTIVATION_FAILED(ErrorTraits.of(
            Category.EXTERNAL,
            false,
            422,
            GrpcStatus.FAILED_PRECONDITION,
            "The bundle was installed but could not be started, and was taken out again",
            "Read the detail; report it to the publisher")),
    INSTALL_UNSATISFIED(ErrorTraits.of(
            Category.CONFLICT,
            false,
            422,
            GrpcStatus.FAILED_PRECONDITION,
            "The bundle started but its components did not come up, and it was taken out again",
            "Provide the service that is named, or its configuration")),
    INSTALL_PERMISSIONS(ErrorTraits.denied(
            "The bundle asks for permissions that were not granted",
            "Read the permissions and grant them with the installation, or do not install it")),
    INSTALL_CONFLICT(ErrorTraits.conflict(
            "Another version of this bundle is installed, or another installation is going on",
            "Remove the other version first, or wait")),
    INSTALL_INTERRUPTED(ErrorTraits.unavailable(
            "The host ended during the installation, which was undone at its next start", "Install the bundle again")),
    NOT_INSTALLED(ErrorTraits.notFound("This bundle is not installed from the marketplace", "List what is installed")),
    REMOVE_FAILED(ErrorTraits.internal(
            "The bundle could not be removed", "Try again; if it stays, restart the host and look at the log"));

    private final ErrorTraits traits;

    MarketError(ErrorTraits traits) {
        this.traits = traits;
    }

    @Override
    public Category category() {
        return traits.category();
    }

    @Override
    public boolean retryable() {
        return traits.retryable();
    }

    @Override
    public int httpStatus() {
        return traits.httpStatus();
    }

    @Override
    public GrpcStatus grpcStatus() {
        return traits.grpcStatus();
    }

    @Override
    public String summary() {
        return traits.summary();
    }

    @Override
    public String remedy() {
        return traits.remedy();
    }
}
