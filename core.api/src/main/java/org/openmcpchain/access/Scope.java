/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.access;

/** What an API key allows. */
public enum Scope {
    /** Read everything. */
    READ,
    /** Submit and cancel runs. */
    RUN,
    /** Approve and reject what the policy puts before people. */
    APPROVE,
    /** Install, remove, configure, issue and revoke keys. */
    ADMIN
}
