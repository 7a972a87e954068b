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
 * Describes one component of a request record. Money is a decimal text or {@link java.math.BigDecimal}, never a
 * {@code double}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Param {

    /** What it is, in a few words, with its unit. */
    String value();

    /** How to read it. */
    Format format() default Format.TEXT;

    /** Whether a call without it is refused. */
    boolean required() default true;

    /** The JSON text of the value that is used when it is left out, or empty for none. */
    String defaultValue() default "";

    /** Smallest number that is allowed, as decimal text, or empty. */
    String minimum() default "";

    /** Largest number that is allowed, as decimal text, or empty. */
    String maximum() default "";

    /** A regular expression (ECMA-262) that the text must match as a whole, or empty. */
    String pattern() default "";
}
