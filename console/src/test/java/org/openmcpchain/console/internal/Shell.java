/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.Function;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.ShellUtil;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/** Karaf's own shell with our commands, over services of a test; no framework. */
final class Shell implements AutoCloseable {

    /** What a command left behind. */
    record Result(String out, boolean ok) {

        JsonNode json() {
            return Json.parse(out);
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final SessionFactoryImpl sessions = new SessionFactoryImpl(threadIo) {
        /** Arguments are texts by the time that they reach a command, as with the secured factory of a real host. */
        @Override
        protected Function wrap(Command command) {
            Function plain = super.wrap(command);
            return (gogo, arguments) -> plain.execute(
                    gogo,
                    new ArrayList<>(arguments.stream().map(Object::toString).toList()));
        }
    };
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Session session;

    Shell(Object... services) {
        threadIo.start();
        RegistryImpl dependencies = new RegistryImpl(sessions);
        for (Object service : services) {
            dependencies.register(service);
        }
        ManagerImpl manager = new ManagerImpl(dependencies, sessions);
        actions().forEach(manager::register);
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        session = sessions.create(
                new ByteArrayInputStream(new byte[0]), stream, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Runs a line as Karaf's SSH server does. */
    Result run(String line) {
        out.reset();
        boolean ok = true;
        try {
            session.execute(line);
        } catch (Exception e) {
            ok = false;
            ShellUtil.logException(session, e);
        }
        session.getConsole().flush();
        return new Result(out.toString(StandardCharsets.UTF_8).stripTrailing(), ok);
    }

    /** What the tabulator key offers at the end of a line. */
    List<String> complete(String line) {
        String[] words = line.split(" ", -1);
        String[] name = words[0].split(":");
        CommandLine typed =
                new CommandLineImpl(words, words.length - 1, words[words.length - 1].length(), line.length(), line);
        List<String> candidates = new ArrayList<>();
        sessions.getRegistry().getCommand(name[0], name[1]).getCompleter(false).complete(session, typed, candidates);
        return candidates.stream().map(String::trim).toList();
    }

    Session session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
        sessions.stop();
        threadIo.stop();
    }

    /** Everything that Karaf would find in the bundle. */
    static List<Class<?>> actions() {
        Path folder = Path.of("target/classes/org/openmcpchain/console/internal");
        try (Stream<Path> files = Files.list(folder)) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(Shell.class.getPackageName() + "." + name);
                if (type.isAnnotationPresent(Service.class)) {
                    classes.add(type);
                }
            }
            return classes;
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
