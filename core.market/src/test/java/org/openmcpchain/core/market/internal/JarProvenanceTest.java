/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.Provenance;
import org.openmcpchain.proof.Digests;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

class JarProvenanceTest {

    private static final String GREETER = Jars.ID + ".greeter";

    @TempDir
    Path folder;

    private SampleHost host;

    @BeforeEach
    void aHost() {
        host = new SampleHost(folder.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    @Test
    void namesTheJarThatAClassComesFrom() throws Exception {
        byte[] jar = Jars.of("greeter").bytes();
        SampleIndex site = new SampleIndex(folder.resolve("site")).list(GREETER, jar);
        host.market(new Index(site.settings())).install(new InstallRequest(GREETER, Optional.empty(), true, "alice"));
        Provenance provenance = new JarProvenance(host.context());

        BundleRef expected = new BundleRef(GREETER, "1.0.0", Digests.sha256(jar));
        assertThat(provenance.bundleOf(host.find(GREETER).orElseThrow().loadClass(GREETER + ".GreeterTool")))
                .isEqualTo(expected);
        assertThat(provenance.active()).containsExactly(expected);
    }

    @Test
    void namesOnlyActiveBundlesOfThisProduct() throws Exception {
        Bundle ours = install("ours.jar", Jars.empty("ours").bytes());
        install("theirs.jar", Jars.empty("theirs").without("OpenMCP-Kind").bytes())
                .start();
        Provenance provenance = new JarProvenance(host.context());

        assertThat(provenance.active()).isEmpty();
        ours.start();
        assertThat(provenance.active()).extracting(BundleRef::symbolicName).containsExactly(Jars.ID + ".ours");
    }

    @Test
    void readsTheJarAgainAfterAnUpdate() throws Exception {
        byte[] first = Jars.empty("ours").bytes();
        byte[] second = Jars.empty("ours").with("Bundle-Version", "2.0.0").bytes();
        Bundle bundle = install("ours.jar", first);
        bundle.start();
        Provenance provenance = new JarProvenance(host.context());
        assertThat(provenance.active().get(0).sha256()).isEqualTo(Digests.sha256(first));

        Files.write(folder.resolve("ours.jar"), second);
        bundle.update();

        assertThat(provenance.active())
                .containsExactly(new BundleRef(Jars.ID + ".ours", "2.0.0", Digests.sha256(second)));
    }

    @Test
    void fallsBackToTheFrameworksCopy() throws Exception {
        byte[] jar = Jars.empty("ours").bytes();
        host.context()
                .installBundle("stream:ours", new java.io.ByteArrayInputStream(jar))
                .start();

        assertThat(new JarProvenance(host.context()).active().get(0).sha256()).isEqualTo(Digests.sha256(jar));
    }

    @Test
    void findsAMavenArtifactInTheServersRepository() throws IOException {
        Path jar = folder.resolve("system/org/example/thing/1.2.0/thing-1.2.0.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "a jar");
        Path special = Files.writeString(jar.resolveSibling("thing-1.2.0-extra.war"), "a war");

        assertThat(digest("mvn:org.example/thing/1.2.0")).isEqualTo(Digests.sha256("a jar"));
        assertThat(digest("reference:" + jar.toUri())).isEqualTo(Digests.sha256("a jar"));
        assertThat(digest("mvn:org.example/thing/1.2.0/war/extra"))
                .isEqualTo(Digests.sha256(Files.readString(special)));
    }

    @Test
    void saysSoWhenItDoesNotKnow() throws IOException {
        assertThat(digest("mvn:org.example/other/1.0")).isEqualTo(BundleRef.UNKNOWN_DIGEST);
        assertThat(digest("mvn:broken")).isEqualTo(BundleRef.UNKNOWN_DIGEST);
        assertThat(digest("file:^")).isEqualTo(BundleRef.UNKNOWN_DIGEST);
        assertThat(new JarProvenance(host.context()).bundleOf(String.class).sha256())
                .isEqualTo(BundleRef.UNKNOWN_DIGEST);
    }

    private String digest(String location) throws IOException {
        BundleContext context = mock(BundleContext.class);
        when(context.getProperty("karaf.base")).thenReturn(folder.toString());
        when(context.getProperty("karaf.data"))
                .thenReturn(folder.resolve("data").toString());
        when(context.getProperty("karaf.default.repository")).thenReturn("system");
        when(context.getProperty(Constants.FRAMEWORK_STORAGE))
                .thenReturn(folder.resolve("nothing").toString());
        Bundle bundle = mock(Bundle.class);
        Hashtable<String, String> headers = new Hashtable<>();
        headers.put("OpenMCP-Kind", "lib");
        when(bundle.getHeaders("")).thenReturn(headers);
        when(bundle.getState()).thenReturn(Bundle.ACTIVE);
        when(bundle.getLocation()).thenReturn(location);
        when(bundle.getSymbolicName()).thenReturn("thing");
        when(bundle.getVersion()).thenReturn(new Version("1.2.0"));
        when(context.getBundles()).thenReturn(new Bundle[] {bundle});
        return new JarProvenance(context).active().get(0).sha256();
    }

    private Bundle install(String name, byte[] jar) throws Exception {
        return host.context()
                .installBundle(Files.write(folder.resolve(name), jar).toUri().toString());
    }
}
