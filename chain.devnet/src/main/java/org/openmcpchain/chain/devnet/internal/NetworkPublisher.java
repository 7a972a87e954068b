/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.net.URI;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Makes the chain known as a network like any other: by a configuration, which {@code chain.evm} serves. Nothing else
 * connects the two bundles.
 */
final class NetworkPublisher {

    static final String FACTORY_PID = "org.openmcpchain.chain.evm.Network";
    static final String NAME = "devnet";

    private final ConfigurationAdmin configurations;

    NetworkPublisher(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /** Publishes; without effect when the same network is already published. */
    void publish(URI url, Deployment deployment) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("chain.id", "eip155:" + AnvilLauncher.CHAIN_ID);
        properties.put("name", NAME);
        properties.put(".url", url.toString());
        // Every wallet may spend what is worth nothing.
        properties.put("wallet.target", "(wallet.id=*)");
        properties.put("confirmations", 1);
        properties.put("pollMillis", 50);
        properties.put("contracts", pairs(deployment.contracts()));
        properties.put(
                "assets",
                deployment.tokens().stream()
                        .map(token -> token.symbol() + ":" + token.decimals() + ":" + token.address())
                        .sorted()
                        .toArray(String[]::new));
        properties.put(
                "names",
                DevAccounts.PEOPLE.stream()
                        .map(person -> person.name() + "=" + person.address())
                        .toArray(String[]::new));
        configuration().updateIfDifferent(properties);
    }

    /** Takes the network away. */
    void withdraw() throws IOException {
        configuration().delete();
    }

    private Configuration configuration() throws IOException {
        return configurations.getFactoryConfiguration(FACTORY_PID, NAME, "?");
    }

    private static String[] pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .toArray(String[]::new);
    }
}
