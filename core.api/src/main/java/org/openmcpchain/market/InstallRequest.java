/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.market;

import java.util.Optional;

/**
 * The wish to install a bundle.
 *
 * @param id the marketplace id
 * @param version the exact version, or empty for the newest
 * @param grantPermissions whether the permissions of the listing are granted; without it a bundle that asks for any is
 *     refused
 * @param principal who installs
 */
public record InstallRequest(String id, Optional<String> version, boolean grantPermissions, String principal) {}
