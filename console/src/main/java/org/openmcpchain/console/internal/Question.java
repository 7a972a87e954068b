/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.io.IOException;
import java.util.Locale;

/** Asks a person at the terminal. */
final class Question {

    private Question() {}

    /**
     * Whether the person says yes.
     *
     * <p>Error: {@code REQUEST_INVALID} where nobody can be asked: then the answer has to be in the command.
     */
    static boolean saysYes(org.apache.karaf.shell.api.console.Session session, String question, String option) {
        try {
            String answer = session.readLine(question + " (y/n) ", null);
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (UnsupportedOperationException | IOException e) {
            throw Input.invalid(option, "needed where nobody can be asked, as here");
        }
    }
}
