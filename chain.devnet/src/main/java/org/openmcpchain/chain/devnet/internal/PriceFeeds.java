/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint256;

/** Plays the oracle network: answers each feed anew before its last answer is older than the heartbeat. */
final class PriceFeeds {

    /** Decimal places of a USD feed's answer, as on the public networks. */
    static final int DECIMALS = 8;

    private final Deployment deployment;
    private final Map<String, BigDecimal> prices;
    private final Duration heartbeat;
    private final Clock clock;

    PriceFeeds(Deployment deployment, Map<String, BigDecimal> prices, Duration heartbeat, Clock clock) {
        this.deployment = deployment;
        this.prices = prices;
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    /** @return how many feeds were answered anew */
    int refresh(Node node) throws IOException {
        int refreshed = 0;
        for (Map.Entry<String, BigDecimal> price : prices.entrySet()) {
            String feed = deployment.feed(price.getKey());
            if (feed != null && isDue(node, feed, answer(price.getValue()))) {
                node.send(
                        DevAccounts.OPERATOR,
                        feed,
                        BigInteger.ZERO,
                        new Function("updateAnswer", List.of(new Int256(answer(price.getValue()))), List.of()));
                refreshed++;
            }
        }
        return refreshed;
    }

    static BigInteger answer(BigDecimal price) {
        return price.movePointRight(DECIMALS).toBigIntegerExact();
    }

    private boolean isDue(Node node, String feed, BigInteger answer) throws IOException {
        BigInteger current =
                number(node, feed, new Function("latestAnswer", List.of(), List.of(new TypeReference<Int256>() {})));
        BigInteger updatedAt = number(
                node, feed, new Function("latestTimestamp", List.of(), List.of(new TypeReference<Uint256>() {})));
        Instant due = Instant.ofEpochSecond(updatedAt.longValueExact()).plus(heartbeat);
        return !current.equals(answer) || clock.instant().isAfter(due);
    }

    private static BigInteger number(Node node, String feed, Function function) throws IOException {
        return (BigInteger) node.read(feed, function).get(0).getValue();
    }
}
