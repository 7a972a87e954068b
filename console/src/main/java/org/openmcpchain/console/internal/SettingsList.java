/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.Configurations;

/** {@code settings:list}. */
@Service
@Command(
        scope = "settings",
        name = "list",
        description = "Lists what the operator has configured",
        detailedDescription =
                "Each PID with where its values come from and what became of it; secrets are hidden. What is wrong is listed"
                        + " below. config:list is Karaf's own and shows what bundles hold.")
public final class SettingsList extends ConsoleCommand {

    @Reference(optional = true)
    Configurations configurations;

    @Override
    void run(Screen screen) {
        Configurations present = present(configurations, "configuration");
        List<ObjectNode> problems =
                present.problems().stream().map(SettingsList::view).toList();
        screen.list(
                Rows.of(present.effective().stream().map(Json::of), "Nothing is configured.", "pid", "state")
                        .with("settings", pid -> Plain.words(pid.get("settings"))),
                (ObjectNode) Json.object().set("problems", Json.value(problems)));
        problems.forEach(problem -> screen.note(Plain.words(problem)));
    }

    private static ObjectNode view(ConfigProblem problem) {
        return Json.object()
                .put("code", problem.code().name())
                .put("pid", problem.pid())
                .put("key", problem.key())
                .put("value", problem.value())
                .put("rule", problem.rule())
                .put("place", problem.place());
    }
}
