/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.ShellUtil;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all commands have in common: {@code --json}, and errors as code, words and remedy. Karaf makes a new one for each
 * call and sets its fields; services that are away are null.
 */
abstract class ConsoleCommand implements Action {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleCommand.class);

    @Option(name = "--json", description = "Prints one line of JSON for each value, with the names of the REST API")
    boolean json;

    @Reference
    Session session;

    /** Does the work and prints it. */
    abstract void run(Screen screen);

    @Override
    public final Object execute() throws CommandException {
        try {
            // Not the session's own stream: this one follows a pipe.
            run(new Screen(System.out, session.getConsole(), width(), json));
            return null;
        } catch (HostException e) {
            if (e.getCause() != null) {
                LOG.warn("{} failed with {}", getClass().getSimpleName(), e.code(), e);
            }
            throw Failure.of(e, json);
        } catch (RuntimeException e) {
            String traceId =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            LOG.error("{} failed, trace id {}", getClass().getSimpleName(), traceId, e);
            throw Failure.of(HostException.of(RequestError.HOST_FAULT, "traceId", traceId), json);
        }
    }

    /**
     * Who acts, as the journal names it. Taken from the login and not from the session's variable USER, which anybody can
     * set.
     */
    static String principal() {
        String user = ShellUtil.getCurrentUserName();
        return "console:" + (user == null ? "karaf" : user);
    }

    /** The service, or an error that names what is away. */
    static <T> T present(T service, String part) {
        if (service == null) {
            throw HostException.of(RequestError.RESOURCE_GONE_FOR_NOW, "part", part);
        }
        return service;
    }

    private int width() {
        Terminal terminal = session.getTerminal();
        return terminal == null ? 0 : Math.max(0, terminal.getWidth());
    }
}
