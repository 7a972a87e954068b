/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.cm.impl.ConfigurationManager;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.metatype.MetaData;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;

/** A framework with the real Configuration Admin and the real Metatype service, and nothing else. */
final class BareFramework implements AutoCloseable {

    private final Framework framework;

    BareFramework(Path storage) throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        storage.resolve("bundles").toString(),
                        "felix.cm.dir",
                        storage.resolve("cm").toString(),
                        "org.osgi.framework.system.packages.extra",
                        "org.osgi.service.cm;version=1.6.1,org.osgi.service.metatype;version=1.4.1,"
                                + "org.osgi.service.log;version=1.5.0"));
        framework.start();
        install(ConfigurationManager.class);
        install(MetaData.class);
    }

    private void install(Class<?> member) throws BundleException {
        context()
                .installBundle(member.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString())
                .start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    ConfigurationAdmin configurationAdmin() {
        return service(ConfigurationAdmin.class);
    }

    MetaTypeService metatype() {
        return service(MetaTypeService.class);
    }

    private <T> T service(Class<T> type) {
        return context().getService(context().getServiceReference(type));
    }

    /** Installs a bundle that describes its PIDs as this resource does. */
    Bundle install(String name, String metatypeResource) throws BundleException, IOException {
        Bundle bundle = context().installBundle("test:" + name, new ByteArrayInputStream(jar(name, metatypeResource)));
        bundle.start();
        return bundle;
    }

    private static byte[] jar(String name, String resource) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream metatype = BareFramework.class.getResourceAsStream(resource)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/metatype/metatype.xml"));
            jar.write(new String(metatype.readAllBytes(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
