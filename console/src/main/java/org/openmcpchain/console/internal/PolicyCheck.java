/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.PolicyError;

/** {@code policy:check}. */
@Service
@Command(
        scope = "policy",
        name = "check",
        description = "Says what is wrong with a draft of a policy",
        detailedDescription = "Nothing is put in force. Fails with POLICY_INVALID when something is wrong.")
public final class PolicyCheck extends DraftCommand {

    @Override
    void run(Screen screen) {
        List<String> problems = policies().check(text());
        if (problems.isEmpty()) {
            screen.line("fit", Json.object().put("valid", true));
            return;
        }
        problems.forEach(screen::note);
        throw HostException.of(PolicyError.POLICY_INVALID, "problems", String.join("; ", problems));
    }
}
