/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.lang.annotation.Annotation;

/** The starting policy's configuration, for tests. */
final class StartingSettings implements StartingPolicy {

    String[] networks = {"eip155:31337"};
    String maxValue = "1000000000000000000";
    String[] inferenceProviders = {"*"};
    boolean installs = true;
    boolean configuration = true;

    @Override
    public String[] networks() {
        return networks;
    }

    @Override
    public String maxValuePerTransaction() {
        return maxValue;
    }

    @Override
    public String maxGasPerTransaction() {
        return "1000000";
    }

    @Override
    public String maxFeePerGas() {
        return "500000000000";
    }

    @Override
    public String[] inferenceProviders() {
        return inferenceProviders;
    }

    @Override
    public boolean installs() {
        return installs;
    }

    @Override
    public boolean configuration() {
        return configuration;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return StartingPolicy.class;
    }
}
