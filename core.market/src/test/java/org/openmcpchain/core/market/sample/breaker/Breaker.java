/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.sample.breaker;

import org.openmcpchain.tool.Tool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A tool whose component breaks when it is activated. */
@Component(service = Tool.class, immediate = true)
public final class Breaker implements Tool {

    /** Breaks. */
    @Activate
    public Breaker() {
        throw new IllegalStateException("out of sugar");
    }
}
