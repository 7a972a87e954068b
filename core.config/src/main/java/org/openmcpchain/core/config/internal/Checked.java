/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.ConfiguredPid;
import org.openmcpchain.config.ConfiguredPid.Setting;

/**
 * A PID after it was held against its description.
 *
 * @param wanted what the operator asked for
 * @param properties key and value in the declared types, ready to be applied; of use only without problems
 * @param settings the same with the defaults, fit to be shown
 * @param problems what is wrong with it
 */
record Checked(Wanted wanted, Map<String, Object> properties, List<Setting> settings, List<ConfigProblem> problems) {

    /** Whether no installed bundle describes it yet. */
    boolean isPending() {
        return wanted.description().isEmpty();
    }

    boolean isValid() {
        return !isPending() && problems.isEmpty();
    }

    /** The keys with a value that is never shown. */
    Set<String> secrets() {
        return properties.keySet().stream().filter(this::isSecret).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isSecret(String key) {
        return Description.isSecretName(key)
                || wanted.description()
                        .map(description -> description.attributes().get(key))
                        .map(Description.Attribute::isSecret)
                        .orElse(false);
    }

    ConfiguredPid shown(ConfiguredPid.State state) {
        return new ConfiguredPid(wanted.pid().toString(), state, settings);
    }
}
