/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes down that the host has started, and with which of our bundles. */
@Component(
        service = {},
        immediate = true,
        name = "org.openmcpchain.core.run.HostStart")
public final class HostStart {

    private static final String KIND = "OpenMCP-Kind";

    /** Writes the entry. */
    @Activate
    public HostStart(BundleContext context, @Reference Journal journal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", context.getBundle().getVersion().toString());
        body.put("bundles", ours(context));
        journal.append(JournalEntry.HOST_STREAM, EntryTypes.HOST_STARTED, body);
    }

    private static List<String> ours(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> Objects.nonNull(bundle.getHeaders().get(KIND)))
                .map(HostStart::name)
                .sorted()
                .toList();
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + "/" + bundle.getVersion();
    }
}
