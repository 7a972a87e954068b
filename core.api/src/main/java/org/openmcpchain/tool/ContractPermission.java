/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * Asks for the permission to send transactions to a contract. It becomes a requirement of the bundle in the namespace
 * {@code openmcp.permission}: an operator grants it by installing the bundle with this permission, and a bundle whose
 * permission is not granted does not resolve.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(ContractPermissions.class)
@Requirement(
        namespace = "openmcp.permission",
        effective = "active",
        filter = "(&(kind=contract)(contract=${#value}))",
        attribute = {"kind=contract", "contract=${#value}"})
public @interface ContractPermission {

    /**
     * The contract: a name of the network's address book such as {@code uniswap-v2.router}, or {@code asset:*} for the
     * token contract of any asset that the network lists.
     */
    String value();
}
