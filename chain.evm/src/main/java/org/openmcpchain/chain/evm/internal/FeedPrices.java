/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.error.HostException;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.Price;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the network's assets cost, from the feeds that its address book names {@code chainlink.<SYMBOL>/USD}; the wrapped
 * coin costs what the coin costs. A round that is unfinished, empty or in the future is no price. Source: Chainlink,
 * AggregatorV3Interface.
 */
final class FeedPrices {

    private static final Logger LOG = LoggerFactory.getLogger(FeedPrices.class);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
    private static final int MAX_DECIMALS = 36;

    private final NetworkSettings settings;
    private final EvmNode node;
    private final Abi abi;
    private final Clock clock;

    /** @param node one that gives up soon, because the gate waits for the answer */
    FeedPrices(NetworkSettings settings, EvmNode node, Abi abi, Clock clock) {
        this.settings = settings;
        this.node = node;
        this.abi = abi;
        this.clock = clock;
    }

    Optional<Price> price(String caip19) {
        try {
            return settings.info().assets().stream()
                    .filter(asset -> asset.id().toString().equalsIgnoreCase(caip19))
                    .findFirst()
                    .flatMap(this::feed)
                    .flatMap(this::read);
        } catch (HostException | ArithmeticException | ClassCastException | java.time.DateTimeException e) {
            LOG.debug("There is no price of {}", caip19, e);
            return Optional.empty();
        }
    }

    private Optional<String> feed(Asset asset) {
        String coin = settings.info().coin().symbol();
        return feed(asset.symbol())
                .or(() -> asset.symbol().equalsIgnoreCase("W" + coin) ? feed(coin) : Optional.empty());
    }

    private Optional<String> feed(String symbol) {
        String name = "chainlink." + symbol + "/USD";
        return settings.info().contracts().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(java.util.Map.Entry::getValue)
                .findFirst();
    }

    private Optional<Price> read(String feed) {
        node.requireChain();
        List<Object> round = ask(feed, "latestRoundData()(uint80,int256,uint256,uint256,uint80)");
        BigInteger answer = (BigInteger) round.get(1);
        BigInteger updatedAt = (BigInteger) round.get(3);
        boolean finished = ((BigInteger) round.get(4)).compareTo((BigInteger) round.get(0)) >= 0;
        int decimals = ((BigInteger) ask(feed, "decimals()(uint8)").get(0)).intValueExact();
        if (!finished || answer.signum() <= 0 || updatedAt.signum() <= 0 || decimals > MAX_DECIMALS) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochSecond(updatedAt.longValueExact());
        return at.isAfter(clock.instant().plus(CLOCKS_APART))
                ? Optional.empty()
                : Optional.of(new Price(answer, decimals, at));
    }

    private List<Object> ask(String feed, String function) {
        ContractCall call = ContractCall.of(feed, function);
        return abi.decode(call, node.call(null, feed, abi.encode(call), null, null));
    }
}
