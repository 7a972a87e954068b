/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * A resource of the API. It is published only while every extension that guards it is there: an API without its key
 * check is absent, not open.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface ApiResource {

    boolean osgi_jaxrs_resource() default true;

    /** One filter and not an array: Aries 2.0.2 takes this property by its toString(). */
    String osgi_jaxrs_application_select() default "(osgi.jaxrs.name=openmcp)";

    String[] osgi_jaxrs_extension_select() default {
        "(osgi.jaxrs.name=openmcp-keys)",
        "(osgi.jaxrs.name=openmcp-scopes)",
        "(osgi.jaxrs.name=openmcp-json)",
        "(osgi.jaxrs.name=openmcp-problems)"
    };
}
