/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.inference.InferenceProviders;

/** {@code inference:list}. */
@Service
@Command(
        scope = "inference",
        name = "list",
        description = "Lists the inference providers, the preferred one first",
        detailedDescription = "The first one answers; the others stand by. calls is how many it is answering now.")
public final class InferenceList extends ConsoleCommand {

    @Reference(optional = true)
    InferenceProviders providers;

    @Override
    void run(Screen screen) {
        screen.list(Rows.of(
                present(providers, "inference").list().stream().map(Json::of),
                "No inference provider is plugged in.",
                "id",
                "label",
                "model",
                "local",
                "ranking",
                "calls",
                "bundle/symbolicName"));
    }
}
