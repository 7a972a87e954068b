/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.session;

import java.util.Optional;

/**
 * Something that a person says in a session.
 *
 * @param principal who says it
 * @param key the session's key in any form; a session that is not there is created
 * @param text 1 to 4,000 characters; {@code /new}, {@code /reset} and {@code /compact} are commands
 * @param clientId an id that the client chose, 1 to 64 of {@code [A-Za-z0-9._:-]}; the same id with the same text, network
 *     and mode is the same message
 * @param mode the mode for this message, or empty for the session's
 * @param network CAIP-2 name of the network, or empty for the host's default
 */
public record Message(
        String principal,
        String key,
        String text,
        Optional<String> clientId,
        Optional<MessageMode> mode,
        Optional<String> network) {}
