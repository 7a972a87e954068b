/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Holds repeated {@link ContractPermission} annotations. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ContractPermissions {

    /** The permissions. */
    ContractPermission[] value();
}
