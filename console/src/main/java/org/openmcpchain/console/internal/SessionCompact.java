/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code session:compact}. */
@Service
@Command(
        scope = "session",
        name = "compact",
        description = "Replaces the older part of the context by a summary",
        detailedDescription = "The journal keeps the originals.")
public final class SessionCompact extends SessionCommand {

    @Override
    void run(Screen screen) {
        tell(sessions().compact(key, principal()), screen);
    }
}
