/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method of a {@link Tool} as something that an agent can call. The method takes a request record, or a
 * {@link ToolContext}, or both in this order, and returns a record. A component {@code String summary} of that record is
 * the sentence that people are shown as the answer.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ToolOperation {

    /** The second half of the public name: 1 to 32 of {@code [a-z0-9_]}. */
    String name();

    /** What it does and when to use it, in one or two sentences; models and the planner choose by it. */
    String description();

    /** What the call does to the world. */
    Effect effect() default Effect.READ;

    /** Goals that this operation fulfils, with the arguments that fit them; models and the planner learn from them. */
    Example[] examples() default {};

    /** How long a call may take, in seconds; 1 to 600. */
    int deadlineSeconds() default 30;
}
