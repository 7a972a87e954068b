/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.sample.waiter;

import org.openmcpchain.tool.Tool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A tool that waits for a service which never comes. */
@Component(service = Tool.class)
public final class Waiter implements Tool {

    /** @param guest who never comes */
    @Activate
    public Waiter(@Reference(target = "(name=Godot)") Comparable<?> guest) {
        guest.hashCode();
    }
}
