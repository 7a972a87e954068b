/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The Configuration Admin, as far as it is ours. What nobody else configures is stored with our mark. What somebody else
 * stored is never changed: our values are laid over it when it is handed out.
 */
final class ConfigurationTarget {

    /** Marks what is ours. The dot keeps it out of the properties of services. */
    static final String MARK = ".openmcp.configured.by";

    private static final String OPERATOR = "operator";
    private static final String ANY_BUNDLE = "?";
    private static final Set<String> ADMINISTRATIVE =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation");

    private final ConfigurationAdmin admin;
    private final OverridePlugin plugin;

    ConfigurationTarget(ConfigurationAdmin admin, OverridePlugin plugin) {
        this.admin = admin;
        this.plugin = plugin;
    }

    /** What is ours, stored or laid over: PID and properties. */
    Map<Pid, Map<String, Object>> owned() throws IOException {
        Map<Pid, Map<String, Object>> owned = new TreeMap<>(plugin.overrides());
        owned.keySet().retainAll(foreign().keySet());
        owned.putAll(stored("(" + MARK + "=" + OPERATOR + ")"));
        return owned;
    }

    /** What somebody else stored: PID and properties. */
    Map<Pid, Map<String, Object>> foreign() throws IOException {
        return stored("(!(" + MARK + "=" + OPERATOR + "))");
    }

    private Map<Pid, Map<String, Object>> stored(String filter) throws IOException {
        Map<Pid, Map<String, Object>> stored = new TreeMap<>();
        for (Configuration configuration : list(filter)) {
            stored.put(Pid.of(configuration.getPid()), properties(configuration));
        }
        return stored;
    }

    /** Makes all changes, or, when one fails, none. */
    void apply(List<Change> changes) throws IOException {
        Deque<Change> done = new ArrayDeque<>();
        try {
            for (Change change : changes) {
                done.push(change.inverse());
                write(change);
            }
        } catch (IOException | RuntimeException e) {
            undo(done, e);
            throw e;
        }
    }

    private void undo(Deque<Change> done, Exception reason) {
        for (Change inverse : done) {
            try {
                write(inverse);
            } catch (IOException | RuntimeException e) {
                reason.addSuppressed(e);
            }
        }
    }

    private void write(Change change) throws IOException {
        List<Configuration> theirs = list("(&(service.pid=" + change.pid() + ")(!(" + MARK + "=" + OPERATOR + ")))");
        plugin.override(change.pid(), theirs.isEmpty() ? Optional.empty() : change.after());
        if (!theirs.isEmpty()) {
            // Nothing changes in what is stored but its revision, without which SCR would not look again; it is handed
            // out
            // once more, and the plugin has its say.
            theirs.get(0).update(theirs.get(0).getProperties());
            return;
        }
        Configuration configuration = change.pid().instance().isPresent()
                ? admin.getFactoryConfiguration(
                        change.pid().described(), change.pid().instance().get(), ANY_BUNDLE)
                : admin.getConfiguration(change.pid().described(), ANY_BUNDLE);
        if (change.after().isEmpty()) {
            configuration.delete();
            return;
        }
        Dictionary<String, Object> dictionary = new Hashtable<>(change.after().get());
        dictionary.put(MARK, OPERATOR);
        configuration.update(dictionary);
    }

    private List<Configuration> list(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IOException("a PID cannot stand in a filter", e);
        }
    }

    private static Map<String, Object> properties(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>();
        Dictionary<String, Object> dictionary = configuration.getProperties();
        for (String key : Collections.list(dictionary.keys())) {
            if (!ADMINISTRATIVE.contains(key) && !key.equals(MARK)) {
                properties.put(key, dictionary.get(key));
            }
        }
        return properties;
    }

    /**
     * One change.
     *
     * @param pid the PID
     * @param before its properties now, or empty when it is not configured
     * @param after its properties then, or empty when it is to be removed
     * @param secrets the keys whose values are never shown
     */
    record Change(
            Pid pid, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after, Set<String> secrets) {

        /** The names of the keys that differ, in the order of the alphabet. */
        List<String> keys() {
            Map<String, Object> old = before.orElse(Map.of());
            Map<String, Object> now = after.orElse(Map.of());
            Set<String> keys = new TreeSet<>(old.keySet());
            keys.addAll(now.keySet());
            keys.removeIf(key -> Objects.deepEquals(old.get(key), now.get(key)));
            return List.copyOf(keys);
        }

        boolean changesSomething() {
            return before.isPresent() != after.isPresent() || !keys().isEmpty();
        }

        Change inverse() {
            return new Change(pid, after, before, secrets);
        }
    }
}
