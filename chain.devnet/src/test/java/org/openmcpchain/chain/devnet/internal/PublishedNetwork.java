/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.mockito.Mockito;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A configuration store with room for the one configuration that the devnet publishes. */
final class PublishedNetwork {

    private Dictionary<String, Object> properties;
    private int updates;

    ConfigurationAdmin admin() throws IOException {
        Configuration configuration = Mockito.mock(Configuration.class);
        Mockito.when(configuration.updateIfDifferent(Mockito.any())).then(call -> {
            Dictionary<String, Object> given = call.getArgument(0);
            boolean different = properties == null || !text(given).equals(text(properties));
            if (different) {
                properties = given;
                updates++;
            }
            return different;
        });
        Mockito.doAnswer(call -> properties = null).when(configuration).delete();
        ConfigurationAdmin admin = Mockito.mock(ConfigurationAdmin.class);
        Mockito.when(admin.getFactoryConfiguration(NetworkPublisher.FACTORY_PID, NetworkPublisher.NAME, "?"))
                .thenReturn(configuration);
        return admin;
    }

    boolean isPublished() {
        return properties != null;
    }

    int updates() {
        return updates;
    }

    Object get(String key) {
        return properties.get(key);
    }

    private static String text(Dictionary<String, Object> dictionary) {
        Hashtable<String, String> texts = new Hashtable<>();
        dictionary.keys().asIterator().forEachRemaining(key -> {
            Object value = dictionary.get(key);
            texts.put(key, value instanceof String[] many ? String.join(",", many) : value.toString());
        });
        return new java.util.TreeMap<>(texts).toString();
    }
}
