/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.utils.resource.RequirementImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.InstalledBundle;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Permission;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.proof.Digests;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

class MarketTest {

    private static final String GREETER = Jars.ID + ".greeter";
    private static final String RED = Jars.ID + ".red";

    @TempDir
    Path folder;

    private SampleHost host;
    private SampleIndex site;
    private Index index;
    private Market market;

    @BeforeEach
    void aHostAndAnIndexWithOneGoodTool() {
        host = new SampleHost(folder.resolve("data"));
        site = new SampleIndex(folder.resolve("site"));
        site.list(GREETER, "1.0.0", greeter("1.0.0"), SampleIndex.ROUTER);
        index = new Index(site.settings());
        market = host.market(index);
    }

    @AfterEach
    void stop() throws Exception {
        index.close();
        host.close();
    }

    @Test
    void installsWhatIsListedAndWritesItDown() {
        InstalledBundle installed = market.install(request(GREETER, true));

        BundleRef bundle = new BundleRef(GREETER, "1.0.0", Digests.sha256(greeter("1.0.0")));
        assertThat(installed.bundle()).isEqualTo(bundle);
        assertThat(installed.state()).isEqualTo("ACTIVE");
        assertThat(installed.permissions()).containsExactly(Permission.contract("uniswap-v2.router"));
        assertThat(market.installed()).containsExactly(installed);
        assertThat(market.listings("")).extracting(Listing::installed).containsExactly(true);
        assertThat(host.lock().of(bundle).orElseThrow().allowsContract("uniswap-v2.router"))
                .isTrue();
        assertThat(host.lock().list()).hasSize(1);
        assertThat(host.types()).containsExactly(EntryTypes.MARKET_INSTALLED);
        assertThat(host.journal.get(0)).containsEntry("principal", "alice").doesNotContainKey("restarted");
        assertThat(host.asked).hasSize(1);
        assertThat(host.asked.get(0).point()).isEqualTo(GatePoint.INSTALL);
        assertThat(host.asked.get(0).bundle()).contains(bundle);
    }

    @Test
    void deliversTheGrantedPermissionsAsCapabilitiesOfTheFeature() throws IOException {
        market.install(request(GREETER, true));

        Path feature = Path.of(
                java.net.URI.create(host.karaf().repositories().iterator().next()));
        assertThat(Files.readString(feature))
                .contains(
                        "<capability>openmcp.permission;kind=\"contract\";contract=\"uniswap-v2.router\"</capability>")
                .contains("name=\"market-" + GREETER + "\" version=\"1.0.0\"");
    }

    @Test
    void grantsNothingToAnotherJarOfTheSameName() {
        market.install(request(GREETER, true));

        assertThat(host.lock().of(new BundleRef(GREETER, "1.0.0", "0".repeat(64))))
                .isEmpty();
    }

    @Test
    void installingTwiceChangesNothing() {
        InstalledBundle first = market.install(request(GREETER, true));
        Map<String, Object> before = host.state();

        assertThat(market.install(request(GREETER, true))).isEqualTo(first);
        assertThat(host.state()).isEqualTo(before);
        assertThat(host.types()).containsExactly(EntryTypes.MARKET_INSTALLED);
    }

    @Test
    void takesTheNewestVersionUnlessOneIsNamed() {
        site.list(GREETER, "1.10.0", greeter("1.10.0"), SampleIndex.ROUTER);
        site.list(GREETER, "1.9.0", greeter("1.9.0"), SampleIndex.ROUTER);

        assertThat(market.listing(GREETER).orElseThrow().version()).isEqualTo("1.10.0");
        assertThat(market.listings("")).extracting(Listing::version).containsExactly("1.0.0", "1.9.0", "1.10.0");
        assertThat(market.install(new InstallRequest(GREETER, Optional.of("1.9.0"), true, "alice"))
                        .bundle()
                        .version())
                .isEqualTo("1.9.0");
        assertThat(refused(GREETER, MarketError.INSTALL_CONFLICT).parameters()).containsEntry("installed", "1.9.0");
    }

    @Test
    void findsListingsByAllWordsOfTheQuery() {
        assertThat(market.listings("HELLO greeter")).hasSize(1);
        assertThat(market.listings("hello stranger")).isEmpty();
        assertThat(market.listings(null)).hasSize(1);
        assertThat(market.listings("x".repeat(1_000))).isEmpty();
        assertThat(market.listing("org.example.nobody")).isEmpty();
    }

    @Test
    void refusesWithoutAGrantAndNamesThePermissions() {
        Map<String, Object> before = host.state();

        HostException refused = refuse(request(GREETER, false), MarketError.INSTALL_PERMISSIONS);

        assertThat(refused.parameters().get("permissions")).isEqualTo("contract {contract=uniswap-v2.router}");
        assertThat(host.state()).isEqualTo(before);
    }

    @Test
    void asksTheGateBeforeAnythingElseIsDone() {
        host.verdict = Decision.DENY;
        assertThat(refused(GREETER, PolicyError.POLICY_DENIED).parameters()).containsEntry("rule", "install-allowed");
        host.verdict = Decision.NEEDS_APPROVAL;
        refused(GREETER, PolicyError.POLICY_APPROVAL_NEEDED);
        host.verdict = Decision.ALLOW;
        nextInstallWorks();
    }

    @Test
    void refusesAnUnknownListing() {
        refused("org.example.nobody", MarketError.LISTING_UNKNOWN);
        refuse(new InstallRequest(GREETER, Optional.of("9.9.9"), true, "alice"), MarketError.LISTING_UNKNOWN);
    }

    @Test
    void refusesATamperedJar() {
        byte[] tampered = greeter("1.0.0");
        tampered[tampered.length / 2] ^= 1;
        leavesTheHostAlone(
                () -> site.replaceBlob(GREETER + "/1.0.0", tampered), GREETER, MarketError.ARTIFACT_DIGEST_MISMATCH);
        site.replaceBlob(GREETER + "/1.0.0", greeter("1.0.0"));
        nextInstallWorks();
    }

    @Test
    void refusesATruncatedJarAndOneThatGoesOn() {
        byte[] jar = greeter("1.0.0");
        leavesTheHostAlone(
                () -> site.replaceBlob(GREETER + "/1.0.0", Arrays.copyOf(jar, jar.length - 1)),
                GREETER,
                MarketError.ARTIFACT_SIZE_MISMATCH);
        leavesTheHostAlone(
                () -> site.replaceBlob(GREETER + "/1.0.0", Arrays.copyOf(jar, jar.length + 1)),
                GREETER,
                MarketError.ARTIFACT_SIZE_MISMATCH);
    }

    @Test
    void refusesAListedJarThatTheIndexDoesNotHold() throws IOException {
        Files.delete(site.blob(GREETER + "/1.0.0"));

        refused(GREETER, MarketError.MARKET_INDEX_INVALID);
    }

    @Test
    void namesThePackageThatNobodyHas() {
        byte[] jar = Jars.empty("red")
                .with("Import-Package", "org.example.nowhere;version=\"[2.0,3)\"")
                .bytes();
        HostException refused = leavesTheHostAlone(() -> site.list(RED, jar), RED, MarketError.INSTALL_UNRESOLVED);

        assertThat(refused.parameters().get("missing")).contains("package org.example.nowhere [2.0.0,3.0.0)");
        nextInstallWorks();
    }

    @Test
    void namesTheCapabilityThatNobodyHas() {
        byte[] jar = Jars.empty("red")
                .with("Require-Capability", "org.example.magic;filter:='(level>=9)'")
                .bytes();
        HostException refused = leavesTheHostAlone(() -> site.list(RED, jar), RED, MarketError.INSTALL_UNRESOLVED);

        assertThat(refused.parameters().get("missing")).isEqualTo("capability org.example.magic (level>=9)");
    }

    @Test
    void believesTheResolverWhenItNamesWhatIsMissing() {
        host.karaf()
                .names(new RequirementImpl(null, "org.example.magic", Map.of("filter", "(level>=7)"), Map.of(), null));
        byte[] jar =
                Jars.empty("red").with("Import-Package", "org.example.nowhere").bytes();
        HostException refused = leavesTheHostAlone(() -> site.list(RED, jar), RED, MarketError.INSTALL_UNRESOLVED);

        assertThat(refused.parameters().get("missing"))
                .isEqualTo("capability org.example.magic (level>=7), package org.example.nowhere");
    }

    @Test
    void saysWhyAnActivatorFailed() {
        String id = Jars.ID + ".thrower";
        byte[] jar =
                Jars.of("thrower").with("Bundle-Activator", id + ".Thrower").bytes();
        HostException refused = leavesTheHostAlone(() -> site.list(id, jar), id, MarketError.INSTALL_ACTIVATION_FAILED);

        assertThat(refused.parameters().get("detail")).isEqualTo("the moon is in the wrong house");
        nextInstallWorks();
    }

    @Test
    void saysWhichServiceAComponentWaitsFor() {
        market = host.market(index, 5_000, 200);
        String id = Jars.ID + ".waiter";
        HostException refused =
                leavesTheHostAlone(() -> site.list(id, Jars.of("waiter").bytes()), id, MarketError.INSTALL_UNSATISFIED);

        assertThat(refused.parameters())
                .containsEntry("component", id + ".Waiter")
                .containsEntry("missing", "service java.lang.Comparable (name=Godot)");
        nextInstallWorks();
    }

    @Test
    void saysWhyAComponentFailed() {
        String id = Jars.ID + ".breaker";
        HostException refused = leavesTheHostAlone(
                () -> site.list(id, Jars.of("breaker").bytes()), id, MarketError.INSTALL_ACTIVATION_FAILED);

        assertThat(refused.parameters().get("detail")).contains(id + ".Breaker").contains("out of sugar");
    }

    @Test
    void saysWhichConfigurationAToolWaitsFor() {
        market = host.market(index, 5_000, 200);
        String id = Jars.ID + ".idle";
        HostException refused =
                leavesTheHostAlone(() -> site.list(id, Jars.of("idle").bytes()), id, MarketError.INSTALL_UNSATISFIED);

        assertThat(refused.parameters()).containsEntry("missing", "the configuration sample.Idle");
    }

    @Test
    void refusesAToolThatOffersNothing() {
        market = host.market(index, 5_000, 200);
        HostException refused = leavesTheHostAlone(
                () -> site.list(RED, Jars.empty("red").bytes()), RED, MarketError.INSTALL_UNSATISFIED);

        assertThat(refused.parameters()).containsEntry("missing", "an operation that agents can call");
    }

    @Test
    void refusesTheNameOfABundleOfTheHost() {
        byte[] jar = Jars.empty("red")
                .with("Bundle-SymbolicName", "org.apache.felix.scr")
                .bytes();
        HostException refused = leavesTheHostAlone(
                () -> site.list("org.apache.felix.scr", jar), "org.apache.felix.scr", MarketError.ARTIFACT_INVALID);

        assertThat(refused.parameters().get("detail")).contains("belongs to the host");
    }

    @Test
    void anotherBundlesFaultDoesNotStopThisOne() {
        host.karaf().reports(new Exception("Error restarting bundles"));

        assertThat(market.install(request(GREETER, true)).state()).isEqualTo("ACTIVE");
        market.remove(GREETER, "alice");
        assertThat(host.find(GREETER)).isEmpty();
    }

    @Test
    void writesDownWhichOtherBundleWasRestarted() throws Exception {
        Path jar = Files.write(
                folder.resolve("bystander.jar"), Jars.empty("bystander").bytes());
        Bundle bystander = host.context().installBundle(jar.toUri().toString());
        bystander.start();
        host.karaf().afterDeploy(() -> {
            try {
                bystander.stop();
                bystander.start();
            } catch (BundleException e) {
                throw new IllegalStateException(e);
            }
        });

        market.install(request(GREETER, true));

        assertThat(host.journal.get(0)).containsEntry("restarted", List.of(Jars.ID + ".bystander"));
    }

    @Test
    void undoesTheInstallationWhenItCannotBeWrittenDown() {
        Map<String, Object> before = host.state();
        host.journalWorks = false;

        assertThatThrownBy(() -> market.install(request(GREETER, true)))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_UNAVAILABLE));
        assertThat(host.state()).isEqualTo(before);
        host.journalWorks = true;
        nextInstallWorks();
    }

    @Test
    void removesTheBundleItsGrantAndItsFiles() {
        Map<String, Object> before = host.state();
        BundleRef bundle = market.install(request(GREETER, true)).bundle();

        market.remove(GREETER, "bob");

        assertThat(host.state()).isEqualTo(before);
        assertThat(host.lock().of(bundle)).isEmpty();
        assertThat(market.installed()).isEmpty();
        assertThat(host.types()).containsExactly(EntryTypes.MARKET_INSTALLED, EntryTypes.MARKET_REMOVED);
        assertThat(host.journal.get(1)).containsEntry("principal", "bob");
        assertThatThrownBy(() -> market.remove(GREETER, "bob"))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(MarketError.NOT_INSTALLED));
    }

    @Test
    void removesAndListsWithoutAnIndex() {
        market.install(request(GREETER, true));
        market.unbindIndex(index);

        assertThat(market.installed()).hasSize(1);
        assertThatThrownBy(() -> market.listings(""))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(MarketError.MARKET_UNREACHABLE));
        market.remove(GREETER, "alice");
        assertThat(market.installed()).isEmpty();
    }

    @Test
    void installingAndRemovingLeaksNoClassLoader() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            market.install(request(GREETER, true));
            loaders.add(new WeakReference<>(host.find(GREETER)
                    .map(bundle -> bundle.adapt(BundleWiring.class).getClassLoader())
                    .orElseThrow()));
            market.remove(GREETER, "alice");
        }

        await().untilAsserted(() -> {
            System.gc();
            // The last one may still be held by a cache of the framework that the next installation clears.
            assertThat(loaders.stream().filter(loader -> loader.get() != null)).hasSizeLessThanOrEqualTo(1);
        });
    }

    @Test
    void makesOneChangeAtATime() {
        CountDownLatch latch = new CountDownLatch(1);
        host.karaf().holdUntil(latch);
        Market impatient = host.market(index, 0, 2_000);
        CompletableFuture<InstalledBundle> first =
                CompletableFuture.supplyAsync(() -> market.install(request(GREETER, true)));
        await().until(() -> !host.karaf().repositories().isEmpty());

        HostException refused =
                catchThrowableOfType(HostException.class, () -> impatient.install(request(GREETER, true)));

        assertThat(refused.code()).isEqualTo(MarketError.INSTALL_CONFLICT);
        CompletableFuture<InstalledBundle> second =
                CompletableFuture.supplyAsync(() -> market.install(request(GREETER, true)));
        latch.countDown();
        assertThat(second.join()).isEqualTo(first.join());
    }

    @Test
    void tellsTheCallerThatAStartDoesNotEndAndTakesTheBundleOutWhenItDoes() {
        CountDownLatch latch = new CountDownLatch(1);
        host.karaf().holdUntil(latch);
        Map<String, Object> before = host.state();
        market = host.market(index, 5_000, 200, 2_000);

        HostException refused = refused(GREETER, MarketError.INSTALL_ACTIVATION_FAILED);

        assertThat(refused.parameters().get("detail")).contains("did not end");
        assertThat(refused(GREETER, MarketError.INSTALL_CONFLICT).parameters().get("detail"))
                .contains(GREETER)
                .contains("restart the host");
        latch.countDown();
        await().until(() -> !host.deployment().isUnfinished());
        assertThat(host.state()).isEqualTo(before);
        nextInstallWorks();
    }

    @Test
    void changesNothingBeforeTheHostHasBooted() throws Exception {
        try (SampleHost starting = new SampleHost(folder.resolve("starting"), false)) {
            Market early = starting.market(index, 0, 2_000);

            HostException refused =
                    catchThrowableOfType(HostException.class, () -> early.install(request(GREETER, true)));

            assertThat(refused.code()).isEqualTo(MarketError.INSTALL_CONFLICT);
            assertThat(refused.parameters().get("detail")).contains("start");
        }
    }

    @Test
    void refusesWhatIsBeingRemoved() {
        market.install(request(GREETER, true));
        host.lock().put(host.lock().find(GREETER).orElseThrow().asRemoving());

        assertThat(refused(GREETER, MarketError.INSTALL_CONFLICT).parameters().get("detail"))
                .contains("removal");
        assertThat(host.lock().list()).isEmpty();
        market.remove(GREETER, "alice");
        nextInstallWorks();
    }

    private void nextInstallWorks() {
        assertThat(market.install(request(GREETER, true)).state()).isEqualTo("ACTIVE");
    }

    private HostException leavesTheHostAlone(Runnable publish, String id, MarketError expected) {
        publish.run();
        Map<String, Object> before = host.state();
        int written = host.journal.size();

        HostException refused = refused(id, expected);

        assertThat(host.state()).isEqualTo(before);
        assertThat(host.journal).hasSize(written + 1);
        Map<String, Object> entry = host.journal.get(written);
        assertThat(entry.get("type")).isEqualTo(EntryTypes.MARKET_REFUSED);
        assertThat(entry.get("code")).isEqualTo(expected.name());
        assertThat(refused.parameters().values()).noneMatch(value -> value.contains(folder.toString()));
        return refused;
    }

    private HostException refused(String id, org.openmcpchain.error.ErrorCode expected) {
        return refuse(request(id, true), expected);
    }

    private HostException refuse(InstallRequest request, org.openmcpchain.error.ErrorCode expected) {
        HostException refused = catchThrowableOfType(HostException.class, () -> market.install(request));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(expected);
        return refused;
    }

    private static InstallRequest request(String id, boolean grant) {
        return new InstallRequest(id, Optional.empty(), grant, "alice");
    }

    private static byte[] greeter(String version) {
        return Jars.of("greeter")
                .with("Bundle-Version", version)
                .with("Require-Capability", Jars.ROUTER)
                .bytes();
    }
}
