/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Provenance;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.Runs;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** What only somebody inside the assembled distribution can see (H01, H02). Its chain stays off: no cache is named. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ServicesExamTest {

    @Inject
    private BundleContext context;

    @Inject
    private Journal journal;

    @Inject
    private PolicyGate gate;

    @Inject
    private Runs runs;

    @Inject
    private Provenance provenance;

    @Configuration
    public Option[] distribution() throws IOException {
        List<Option> options = new ArrayList<>(List.of(
                karafDistributionConfiguration()
                        .frameworkUrl(archive().toURI().toString())
                        .karafVersion("4.4.10")
                        .name("OpenMCP-Chain")
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                editConfigurationFilePut("etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", freePort()),
                editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", freePort()),
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.url.mvn.cfg",
                        "org.ops4j.pax.url.mvn.localRepository",
                        System.getProperty("openmcp.localRepository"))));
        Stream.of(
                        "--add-reads=java.xml=java.logging",
                        "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                        "--patch-module",
                        "java.base=lib/endorsed/org.apache.karaf.specs.locator-4.4.10.jar",
                        "--patch-module",
                        "java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-4.4.10.jar",
                        "--add-opens",
                        "java.base/java.security=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.net=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.util=ALL-UNNAMED",
                        "--add-opens",
                        "java.naming/javax.naming.spi=ALL-UNNAMED",
                        "--add-opens",
                        "java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.content.text=ALL-UNNAMED",
                        "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
                        "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                        "-Djdk.util.zip.disableZip64ExtraFieldValidation=true",
                        "-Dorg.apache.cxf.osgi.http.transport.disable=true",
                        "-classpath",
                        "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*")
                .forEach(option -> options.add(vmOption(option)));
        return options.toArray(Option[]::new);
    }

    @Test
    public void everyBundleIsActive() {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
            }
        }
    }

    @Test
    public void noToolBoots() {
        for (Bundle bundle : context.getBundles()) {
            assertFalse(
                    bundle.getSymbolicName(), "tool".equals(bundle.getHeaders().get("OpenMCP-Kind")));
        }
    }

    @Test
    public void theJournalChainsWhatItIsGiven() {
        JournalEntry first = journal.append("exam", "exam.entry", Map.of("n", 1));
        JournalEntry second = journal.append("exam", "exam.entry", Map.of("n", 2));

        assertEquals(first.hash(), second.previous());
        assertTrue(journal.verify("exam").intact());
    }

    @Test
    public void theGateDeniesWhatNobodyGrantedAndWritesItDown() {
        BundleRef stranger = new BundleRef("org.example.stranger", "1.0.0", "f".repeat(64));
        Verdict verdict = gate.decide(Intent.builder(GatePoint.TOOL, "stranger_op", "exam")
                .bundle(stranger)
                .build());

        assertEquals(Decision.DENY, verdict.decision());
        Optional<JournalEntry> head = journal.head(JournalEntry.HOST_STREAM);
        assertTrue(head.isPresent() && head.get().body().contains("org.example.stranger"));
    }

    @Test
    public void eachBundleOfOursIsKnownByItsDigest() {
        List<BundleRef> active = provenance.active();

        assertTrue(active.size() > 10);
        for (BundleRef bundle : active) {
            assertTrue(bundle.toString(), bundle.sha256().matches("[0-9a-f]{64}"));
        }
    }

    @Test
    public void theStoreAnswers() {
        Page<Run> page = runs.list(RunQuery.newest(10));

        assertNotNull(page);
        assertEquals(0, page.total());
    }

    private static File archive() {
        return Path.of("..", "distro", "assembly", "target", "org.openmcpchain.distro.assembly-0.1.0.tar.gz")
                .toAbsolutePath()
                .normalize()
                .toFile();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
