/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.karaf.shell.support.CommandException;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;

/**
 * An error as the console tells it. Karaf prints the first text of a {@link CommandException} on the session, without a
 * stack trace, and ends the command with status 1. The error stream would be the better place, but over SSH Karaf closes
 * it before it is sent.
 */
final class Failure {

    private Failure() {}

    static CommandException of(HostException e, boolean json) {
        return new CommandException(
                json ? Json.line(problem(e)) : words(e), e.code().name());
    }

    /** The same members as the REST API's problem documents. */
    private static ObjectNode problem(HostException e) {
        ErrorCode code = e.code();
        ObjectNode problem = Json.object().put("code", code.name()).put("title", code.summary());
        if (e.parameters().containsKey("detail")) {
            problem.put("detail", e.parameters().get("detail"));
        }
        problem.set("params", Json.value(e.parameters()));
        return problem.put("remedy", code.remedy()).put("retryable", code.retryable());
    }

    private static String words(HostException e) {
        StringBuilder about = new StringBuilder();
        e.parameters().forEach((name, value) -> {
            if (!name.equals("detail")) {
                about.append(about.isEmpty() ? " (" : ", ")
                        .append(name)
                        .append(": ")
                        .append(value);
            }
        });
        String first = e.code().name() + ": " + e.plainText() + about + (about.isEmpty() ? "" : ")");
        return Plain.line(first) + System.lineSeparator() + "  " + e.code().remedy() + ".";
    }
}
