/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.session.MessageMode;

/** What a message may do while a run is at work. */
@Service
public final class Modes extends Candidates {

    @Override
    Collection<String> names() {
        return Arrays.stream(MessageMode.values()).map(MessageMode::name).toList();
    }
}
