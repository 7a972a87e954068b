/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The API keys of this host; only their hashes are stored. Thread-safe. */
@ProviderType
public interface ApiKeys {

    /** Makes a key with 256 random bits. Journaled without its secret. */
    IssuedKey issue(String name, Set<Scope> scopes, String issuedBy);

    /** Who presents this key, or empty if it is unknown or revoked. Takes constant time over the secret. */
    Optional<Principal> authenticate(String key);

    /** All keys, oldest first. */
    List<ApiKeyInfo> list();

    /** Revokes a key at once. Error: {@code KEY_UNKNOWN}. */
    ApiKeyInfo revoke(String id, String revokedBy);
}
