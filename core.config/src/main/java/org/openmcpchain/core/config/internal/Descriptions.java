/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmcpchain.core.config.internal.Description.Attribute;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What the installed bundles say of their PIDs. Used by one thread. */
final class Descriptions {

    private static final int RESOLVED = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final BundleContext context;
    private final MetaTypeService metatype;
    private Map<Long, Parsed> cache = Map.of();

    Descriptions(BundleContext context, MetaTypeService metatype) {
        this.context = context;
        this.metatype = metatype;
    }

    /** By PID or factory PID. Of two bundles that describe the same PID, the one that was installed first counts. */
    Map<String, Description> scan() {
        Map<Long, Parsed> seen = new HashMap<>();
        Map<String, Description> all = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if ((bundle.getState() & RESOLVED) == 0) {
                continue;
            }
            Parsed parsed = cache.get(bundle.getBundleId());
            if (parsed == null || parsed.lastModified() != bundle.getLastModified()) {
                parsed = new Parsed(bundle.getLastModified(), parse(bundle));
            }
            seen.put(bundle.getBundleId(), parsed);
            parsed.descriptions().forEach(description -> all.putIfAbsent(description.pid(), description));
        }
        cache = seen;
        return all;
    }

    private List<Description> parse(Bundle bundle) {
        MetaTypeInformation information = metatype.getMetaTypeInformation(bundle);
        if (information == null) {
            return List.of();
        }
        List<Description> found = new ArrayList<>();
        for (String pid : nonNull(information.getPids())) {
            found.add(describe(information, pid, false));
        }
        for (String pid : nonNull(information.getFactoryPids())) {
            found.add(describe(information, pid, true));
        }
        return found;
    }

    private static Description describe(MetaTypeInformation information, String pid, boolean factory) {
        ObjectClassDefinition definition = information.getObjectClassDefinition(pid, null);
        Set<String> required = attributes(definition, ObjectClassDefinition.REQUIRED)
                .map(AttributeDefinition::getID)
                .collect(Collectors.toSet());
        return Description.of(
                pid,
                factory,
                attributes(definition, ObjectClassDefinition.ALL)
                        .map(attribute -> new Attribute(attribute, required.contains(attribute.getID())))
                        .toList());
    }

    private static Stream<AttributeDefinition> attributes(ObjectClassDefinition definition, int filter) {
        AttributeDefinition[] attributes = definition.getAttributeDefinitions(filter);
        return attributes == null ? Stream.empty() : Arrays.stream(attributes);
    }

    private static String[] nonNull(String[] names) {
        return names == null ? new String[0] : names;
    }

    private record Parsed(long lastModified, List<Description> descriptions) {}
}
