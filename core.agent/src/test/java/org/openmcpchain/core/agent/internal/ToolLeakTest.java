/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.run.RunEnding;
import org.openmcpchain.run.RunState;
import org.openmcpchain.tool.Tool;

/** A removed tool leaves nothing behind: its class loader can be collected, also after calls that went wrong. */
class ToolLeakTest {

    /** Loads the classes of one tool for itself, as a bundle does. */
    private static final class ToolLoader extends ClassLoader {

        ToolLoader() {
            super(ToolLeakTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null && name.startsWith(LedgerTool.class.getName())
                        ? define(name)
                        : known == null ? super.loadClass(name, resolve) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    @Timeout(120)
    void letsGoOfTheClassesOfARemovedTool() throws Exception {
        AgentRig rig = new AgentRig();
        rig.tools.unbindTool(rig.ledger, AgentRig.service("ledger", 1));

        WeakReference<ClassLoader> loader = useAndRemove(rig);

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(rig.tools.list()).isEmpty();
    }

    private static WeakReference<ClassLoader> useAndRemove(AgentRig rig) throws Exception {
        ClassLoader loader = new ToolLoader();
        Class<?> type = loader.loadClass(LedgerTool.class.getName());
        assertThat(type).isNotSameAs(LedgerTool.class);
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Tool tool = (Tool) constructor.newInstance();
        rig.tools.bindTool(tool, AgentRig.service("ledger", 2));
        rig.model.says(
                ScriptedInference.calls(ScriptedInference.call("ledger_look", "{\"asset\":7}")),
                ScriptedInference.calls(ScriptedInference.call("ledger_broken", "{}")),
                ScriptedInference.calls(
                        ScriptedInference.call("ledger_pay", "{\"amount\":1,\"receiver\":\"bob.eth\"}"),
                        ScriptedInference.call("ledger_slow", "{}"),
                        ScriptedInference.call("ledger_look", "{\"asset\":\"ETH\",\"window\":{\"first\":1}}")),
                ScriptedInference.text("done"));

        RunEnding ending = rig.run(new FakeSession(FakeSession.run("use it", 1), List.of()));

        assertThat(ending.state()).isEqualTo(RunState.SUCCEEDED);
        rig.tools.unbindTool(tool, AgentRig.service("ledger", 2));
        return new WeakReference<>(loader);
    }
}
