/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The marketplace as this host uses it. An installation is all or nothing: when it fails, the host is as it was.
 * Thread-safe; changes are made one at a time.
 *
 * <p>Errors of every method: {@code MARKET_UNREACHABLE}, {@code MARKET_INDEX_INVALID}.
 */
@ProviderType
public interface Marketplace {

    /** Listings whose id, title or summary hold all words of the query (empty: all), ordered by id and version. */
    List<Listing> listings(String query);

    /** The newest version of this listing, or empty. */
    Optional<Listing> listing(String id);

    /** What was installed from the marketplace, ordered by symbolic name. Answers without the index. */
    List<InstalledBundle> installed();

    /**
     * Downloads, checks size and SHA-256, resolves, installs and starts a bundle; returns when its components are up.
     * Installing what is installed already changes nothing.
     *
     * <p>Errors: {@code LISTING_UNKNOWN}, {@code ARTIFACT_SIZE_MISMATCH}, {@code ARTIFACT_DIGEST_MISMATCH},
     * {@code ARTIFACT_INVALID}, {@code INSTALL_PERMISSIONS}, {@code INSTALL_UNRESOLVED} (parameter {@code missing}),
     * {@code INSTALL_ACTIVATION_FAILED}, {@code INSTALL_UNSATISFIED}, {@code INSTALL_CONFLICT}, {@code POLICY_DENIED}.
     */
    InstalledBundle install(InstallRequest request);

    /**
     * Stops and removes a bundle that was installed from the marketplace, and withdraws its grant first.
     *
     * <p>Errors: {@code NOT_INSTALLED}, {@code REMOVE_FAILED}.
     */
    void remove(String id, String principal);
}
