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

/** An extension of the API and of nothing else. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface ApiExtension {

    boolean osgi_jaxrs_extension() default true;

    /** One filter and not an array: Aries 2.0.2 takes this property by its toString(). */
    String osgi_jaxrs_application_select() default "(osgi.jaxrs.name=openmcp)";
}
