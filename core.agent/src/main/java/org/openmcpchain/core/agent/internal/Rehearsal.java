/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolOperation;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays the installation and one call of a small tool once, after the host has started. The libraries that derive and
 * check schemas need most of a second for their first use; the first real tool should not have to wait for that.
 */
@Component(
        name = "org.openmcpchain.core.agent.Rehearsal",
        service = {},
        immediate = true)
public final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HostStart hostStart;
    private final Thread stage;

    record Line(
            @Param(value = "how much", format = Format.AMOUNT, minimum = "0") BigDecimal amount,
            @Param(value = "to whom", format = Format.ADDRESS) String receiver,
            @Param(value = "which words", required = false, defaultValue = "[]") List<String> words) {}

    record Echo(String receiver, BigDecimal amount) {}

    /** The tool that is played. It never gets into the registry. */
    static final class Play implements Tool {

        @ToolOperation(name = "say", description = "Says a line.")
        public Echo say(Line line, ToolContext context) {
            return new Echo(line.receiver(), line.amount());
        }
    }

    @Activate
    public Rehearsal(BundleContext context) {
        hostStart = new HostStart(context);
        stage = new Thread(this::play, "agent-rehearsal");
        stage.setDaemon(true);
        stage.setPriority(Thread.MIN_PRIORITY);
        stage.start();
    }

    @Deactivate
    void deactivate() {
        stage.interrupt();
        hostStart.close();
    }

    private void play() {
        try {
            hostStart.await(PATIENCE);
            long start = System.nanoTime();
            perform();
            LOG.debug(
                    "The rehearsal took {} ms",
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // it is only a rehearsal; what is really wrong shows with the first tool
            LOG.warn("The rehearsal failed: tools will not work", e);
        }
    }

    static String perform() throws Throwable {
        BundleRef nobody = new BundleRef("rehearsal", "0.0.0", BundleRef.UNKNOWN_DIGEST);
        Operation operation =
                ToolInspection.of("rehearsal", new Play(), nobody).operations().get(0);
        return operation.call(operation.check("{\"amount\":\"0.5\",\"receiver\":\"nobody.eth\"}"), null);
    }
}
