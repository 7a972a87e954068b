/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import org.openmcpchain.core.run.RunStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The store as the rest of the host may see it. */
@Component(service = Restoration.class, name = "org.openmcpchain.core.run.Restoration")
public final class Restoration {

    private final RunStore store;
    private final JournalFolder folder;

    /** Over the store. */
    @Activate
    public Restoration(@Reference(name = "RunStore") RunStore store, @Reference JournalFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    RunStore store() {
        return store;
    }

    JournalFolder folder() {
        return folder;
    }
}
