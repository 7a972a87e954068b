/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import org.osgi.framework.BundleContext;

class DevnetTest {

    @TempDir
    private Path folder;

    @Test
    void publishesTheNetworkWhileItIsActiveAndWithdrawsItAfterwards() throws Exception {
        Path cache = TestCache.required();
        PublishedNetwork network = new PublishedNetwork();

        Devnet devnet = new Devnet(network.admin(), context(), config(Map.of("cache", cache.toString())));
        long pid;
        try {
            await().atMost(Duration.ofSeconds(60)).until(network::isPublished);
            pid = Long.parseLong(new PropertiesFile(folder.resolve("chain/anvil.properties"))
                    .read()
                    .orElseThrow()
                    .get("pid"));
        } finally {
            devnet.stop();
        }

        assertThat(network.isPublished()).isFalse();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void staysActiveWithoutAnvilSoThatItCanComeLater() throws Exception {
        PublishedNetwork network = new PublishedNetwork();

        Devnet devnet = new Devnet(network.admin(), context(), config(Map.of("cache", folder.toString())));
        devnet.stop();

        assertThat(network.isPublished()).isFalse();
    }

    private BundleContext context() {
        BundleContext context = Mockito.mock(BundleContext.class);
        Mockito.when(context.getDataFile("chain")).thenReturn(new File(folder.toFile(), "chain"));
        return context;
    }

    /** The configuration as DS would make it: what is given, and the defaults. */
    private static DevnetConfig config(Map<String, Object> given) {
        return (DevnetConfig) Proxy.newProxyInstance(
                DevnetConfig.class.getClassLoader(),
                new Class<?>[] {DevnetConfig.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
