/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The networks that are there at this moment. Thread-safe. */
@Component(name = "org.openmcpchain.core.agent.Networks", immediate = true, service = Networks.class)
public final class Networks {

    private final Object changes = new Object();
    private volatile Map<String, Chain> chains = Map.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindChain(Chain chain, Map<String, Object> properties) {
        changed(String.valueOf(properties.get(Chain.ID)), null, chain);
    }

    void unbindChain(Chain chain, Map<String, Object> properties) {
        changed(String.valueOf(properties.get(Chain.ID)), chain, null);
    }

    /** The network. Error: {@code CHAIN_UNKNOWN}. */
    Chain get(ChainId id) {
        Chain chain = chains.get(id.toString());
        if (chain == null) {
            throw HostException.of(ChainError.CHAIN_UNKNOWN, "network", id);
        }
        return chain;
    }

    /** The network with this id; without an id the only one there is. */
    Optional<Chain> choose(Optional<String> id) {
        Map<String, Chain> now = chains;
        if (id.isPresent()) {
            return Optional.ofNullable(now.get(id.get()));
        }
        return now.size() == 1 ? now.values().stream().findFirst() : Optional.empty();
    }

    /** The same, but waits for a network that may be on its way, for example while the host starts. */
    Optional<Chain> await(Optional<String> id, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (changes) {
            for (; ; ) {
                Optional<Chain> chain = choose(id);
                long left = until - System.nanoTime();
                if (chain.isPresent() || left <= 0) {
                    return chain;
                }
                TimeUnit.NANOSECONDS.timedWait(changes, Math.max(left, 1_000_000));
            }
        }
    }

    /** The ids, in the order of the alphabet. */
    List<String> ids() {
        return chains.keySet().stream().sorted().toList();
    }

    private void changed(String id, Chain gone, Chain added) {
        synchronized (changes) {
            Map<String, Chain> next = new HashMap<>(chains);
            if (gone != null) {
                next.remove(id, gone);
            }
            if (added != null) {
                next.put(id, added);
            }
            chains = Map.copyOf(next);
            changes.notifyAll();
        }
    }
}
