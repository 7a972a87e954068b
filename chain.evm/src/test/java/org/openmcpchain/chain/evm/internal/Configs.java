/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Configurations as DS would make them: what is given, and the defaults. */
final class Configs {

    private Configs() {}

    static NetworkConfig network(Map<String, Object> given) {
        return (NetworkConfig) Proxy.newProxyInstance(
                NetworkConfig.class.getClassLoader(),
                new Class<?>[] {NetworkConfig.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    /** A network on a local chain, quick to give up. */
    static NetworkConfig local(String url, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "chain_id", "eip155:31337",
                "name", "local",
                "_url", url,
                "pollMillis", 5,
                "rpcTimeoutSeconds", 5,
                "receiptTimeoutSeconds", 20,
                "settleSeconds", 3600));
        all.putAll(more);
        return network(all);
    }
}
