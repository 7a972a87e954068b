/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A goal in a person's words, and the arguments that fit it. */
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Example {

    /** The goal, for example {@code swap 0.5 ETH for USDC}. */
    String goal();

    /** The arguments as a JSON object. */
    String arguments();
}
