/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.market.InstallRequest;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

class ReconciliationTest {

    private static final String GREETER = Jars.ID + ".greeter";

    @TempDir
    Path folder;

    private SampleIndex site;

    @BeforeEach
    void anIndex() {
        site = new SampleIndex(folder.resolve("site"));
        site.list(GREETER, Jars.of("greeter").bytes());
    }

    @Test
    void leavesAloneWhatIsAsItShouldBe() throws Exception {
        Map<String, Object> before;
        try (SampleHost host = installed()) {
            before = host.state();
        }
        try (SampleHost host = new SampleHost(data())) {
            reconcile(host);
            assertThat(host.state()).isEqualTo(before);
            assertThat(host.journal).isEmpty();
        }
    }

    @Test
    void takesOutAnInstallationThatWasCutOff() throws Exception {
        try (SampleHost host = installed()) {
            // As a kill -9 between Karaf's change and the lock file leaves it.
            host.lock().remove(GREETER);
            Files.writeString(
                    Files.createDirectories(host.deployment().folder().root().resolve("incoming"))
                            .resolve("artifact-1.part"),
                    "half");
        }
        try (SampleHost host = new SampleHost(data())) {
            assertThat(host.find(GREETER)).isPresent();
            reconcile(host);

            assertThat(host.find(GREETER)).isEmpty();
            assertThat(host.karaf().requirements()).isEmpty();
            assertThat(host.karaf().repositories()).isEmpty();
            assertThat(host.state().get("files").toString()).isEqualTo("[]");
            assertThat(host.types()).containsExactly(EntryTypes.MARKET_REFUSED);
            assertThat(host.journal.get(0)).containsEntry("code", MarketError.INSTALL_INTERRUPTED.name());
            install(host);
        }
    }

    @Test
    void keepsABundleThatWasCutOffFromStartingAgain() throws Exception {
        try (SampleHost host = installed()) {
            host.lock().remove(GREETER);
            // The framework starts it again unless somebody stops it below its start level.
            belowItsStartLevel(host.find(GREETER).orElseThrow());
            new Holdback(host.lock(), host.context());
        }
        try (SampleHost host = new SampleHost(data())) {
            Bundle bundle = host.find(GREETER).orElseThrow();
            assertThat(bundle.adapt(BundleStartLevel.class).isPersistentlyStarted())
                    .isFalse();
            reconcile(host);
            assertThat(host.find(GREETER)).isEmpty();
        }
    }

    @Test
    void letsAnInstalledBundleStartAgain() throws Exception {
        try (SampleHost host = installed()) {
            Bundle bundle = host.find(GREETER).orElseThrow();
            belowItsStartLevel(bundle);
            new Holdback(host.lock(), host.context());
            assertThat(bundle.adapt(BundleStartLevel.class).isPersistentlyStarted())
                    .isTrue();
        }
    }

    @Test
    void finishesARemovalThatWasCutOff() throws Exception {
        try (SampleHost host = installed()) {
            host.lock().put(host.lock().find(GREETER).orElseThrow().asRemoving());
        }
        try (SampleHost host = new SampleHost(data())) {
            reconcile(host);

            assertThat(host.find(GREETER)).isEmpty();
            assertThat(host.lock().entries()).isEmpty();
            assertThat(host.types()).containsExactly(EntryTypes.MARKET_REMOVED);
        }
    }

    @Test
    void putsBackWhatGotLost() throws Exception {
        try (SampleHost host = installed()) {
            host.karaf().forget(host.karaf().requirements().iterator().next());
            host.find(GREETER).orElseThrow().uninstall();
        }
        try (SampleHost host = new SampleHost(data())) {
            reconcile(host);

            assertThat(host.market(null).installed().get(0).state()).isEqualTo("ACTIVE");
        }
    }

    @Test
    void takesOutWhatCannotBePutBack() throws Exception {
        try (SampleHost host = installed()) {
            host.karaf().forget(host.karaf().requirements().iterator().next());
            host.find(GREETER).orElseThrow().uninstall();
            Path blob = host.deployment()
                    .folder()
                    .blob(host.lock().entries().get(0).bundle().sha256());
            Files.writeString(blob, "something else");
        }
        try (SampleHost host = new SampleHost(data())) {
            reconcile(host);

            assertThat(host.lock().entries()).isEmpty();
            assertThat(host.types()).containsExactly(EntryTypes.MARKET_REFUSED);
            install(host);
        }
    }

    @Test
    void waitsForTheEndOfTheBoot() throws Exception {
        try (SampleHost host = installed()) {
            host.lock().remove(GREETER);
        }
        try (SampleHost host = new SampleHost(data(), false)) {
            Reconciliation reconciliation = host.reconciliation();
            assertThat(host.find(GREETER)).isPresent();
            reconciliation.stop();
            assertThat(host.find(GREETER)).isPresent();
        }
    }

    private SampleHost installed() throws IOException {
        SampleHost host = new SampleHost(data());
        install(host);
        return host;
    }

    private void install(SampleHost host) {
        Index index = new Index(site.settings());
        host.market(index).install(new InstallRequest(GREETER, Optional.empty(), true, "alice"));
    }

    private static void reconcile(SampleHost host) throws InterruptedException {
        Reconciliation reconciliation = host.reconciliation();
        await().until(reconciliation::isDone);
        reconciliation.stop();
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** The framework stops the bundle on a thread of its own. */
    private static void belowItsStartLevel(Bundle bundle) {
        bundle.adapt(BundleStartLevel.class).setStartLevel(101);
        await().until(() -> bundle.getState() == Bundle.RESOLVED);
    }
}
