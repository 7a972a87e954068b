/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a chain with contracts on it: attaches to it or starts it, deploys what is not there yet, and keeps the price
 * feeds fresh. Confined to one thread.
 */
final class DevnetKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(DevnetKeeper.class);

    private final DevnetSettings settings;
    private final NetworkPublisher publisher;
    private final Clock clock;
    private final AnvilLauncher launcher;
    private final PropertiesFile addressBook;

    private Anvil anvil;
    private Node node;
    private PriceFeeds feeds;

    DevnetKeeper(DevnetSettings settings, NetworkPublisher publisher, Clock clock) {
        this.settings = settings;
        this.publisher = publisher;
        this.clock = clock;
        this.launcher = new AnvilLauncher(settings);
        this.addressBook = new PropertiesFile(settings.folder().resolve("contracts.properties"));
    }

    /** Makes everything as it should be; cheap when it already is. Error: {@code DEVNET_UNAVAILABLE}. */
    void tend() throws IOException, InterruptedException {
        if (feeds == null || !anvil.isAlive()) {
            open();
        }
        feeds.refresh(node);
    }

    private void open() throws IOException, InterruptedException {
        disconnect();
        anvil = launcher.attachOrStart();
        node = new Node(anvil.url());
        Deployment deployment = deployment();
        publisher.publish(anvil.url(), deployment);
        feeds = new PriceFeeds(deployment, settings.prices(), settings.feedHeartbeat(), clock);
        LOG.info(
                "The development chain serves {} contracts at {}",
                deployment.contracts().size(),
                anvil.url());
    }

    private void disconnect() {
        feeds = null;
        if (node != null) {
            node.close();
            node = null;
        }
    }

    private Deployment deployment() throws IOException {
        Optional<Map<String, String>> remembered = addressBook.read();
        if (remembered.isPresent()) {
            Deployment known = Deployment.fromProperties(remembered.get());
            if (stands(known)) {
                return known;
            }
        }
        LOG.info("Deploying the contracts of the development chain");
        Deployment fresh = new Blueprint(node, new Artifacts(settings.artifacts()), settings.prices()).deploy();
        addressBook.write(fresh.toProperties());
        return fresh;
    }

    private boolean stands(Deployment known) throws IOException {
        if (!known.genesis().equals(node.genesisHash())) {
            return false;
        }
        for (String address : known.contracts().values()) {
            if (!node.hasCode(address)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the network away and ends the chain; its state is on disk. */
    void close() throws IOException, InterruptedException {
        disconnect();
        try {
            publisher.withdraw();
        } finally {
            if (anvil != null) {
                anvil.stop();
                anvil = null;
            }
        }
    }
}
