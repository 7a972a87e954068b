/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

/** Whose turn it is when a call ends with an error. */
public enum Category {
    /** The caller sent something that cannot be accepted; sending it again changes nothing. */
    INVALID,
    /** The caller is not known, or not allowed. */
    ACCESS,
    /** Policy refused; the rule is named in the parameters. */
    POLICY,
    /** The named thing does not exist. */
    NOT_FOUND,
    /** The request contradicts the present state. */
    CONFLICT,
    /** Something outside the host failed: a chain, a model, an index. */
    EXTERNAL,
    /** A limit was reached. */
    LIMIT,
    /** The host itself failed. */
    INTERNAL
}
