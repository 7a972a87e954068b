/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every bundle that the stream names as having taken part, each once, in the order of name, version and digest. Only
 * the host's own members are read: what a tool puts into its result is no statement of the host.
 */
final class BundleSection implements Section {

    private final TreeMap<String, Map<String, Object>> bundles = new TreeMap<>();

    @Override
    public String name() {
        return "bundles";
    }

    @Override
    public void take(RunEntry entry) {
        entry.bundle().ifPresent(this::add);
        if (entry.body().get("bundles") instanceof List<?> list) {
            list.stream().map(RunEntry::bundle).flatMap(Optional::stream).forEach(this::add);
        }
    }

    @Override
    public Object value() {
        return new ArrayList<>(bundles.values());
    }

    private void add(Map<String, Object> bundle) {
        bundles.put(bundle.get("symbolicName") + "\n" + bundle.get("version") + "\n" + bundle.get("sha256"), bundle);
    }
}
