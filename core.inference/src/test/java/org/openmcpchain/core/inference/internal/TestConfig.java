/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import java.lang.annotation.Annotation;

/** A configuration as DS would hand it over. */
record TestConfig(String provider, int drainSeconds, int maxCalls) implements LeasesConfig {

    static TestConfig defaults() {
        return new TestConfig("", 10, 256);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return LeasesConfig.class;
    }
}
