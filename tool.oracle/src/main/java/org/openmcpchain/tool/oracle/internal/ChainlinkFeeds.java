/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.tool.ToolException;

/**
 * The Chainlink feeds that a network's address book names {@code chainlink.<BASE>/<QUOTE>}. Source: Chainlink
 * {@code AggregatorV3Interface}.
 */
final class ChainlinkFeeds {

    static final String PROVIDER = "Chainlink";

    private static final String PREFIX = "chainlink.";
    private static final int MAX_DECIMALS = 77;
    private static final int MAX_DESCRIPTION = 128;
    private static final BigInteger LATEST_TIME =
            BigInteger.valueOf(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());

    private final ChainAccess chain;

    ChainlinkFeeds(ChainAccess chain) {
        this.chain = chain;
    }

    /** The pairs that there are, in the order of the alphabet. */
    List<String> pairs() {
        return chain.network().contracts().keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .sorted()
                .toList();
    }

    /** What the feed of this pair says, or empty when there is no such feed. */
    Optional<Reading> read(Pair pair) {
        String feed = PREFIX + pair;
        return chain.network().contract(feed).map(contract -> read(feed, contract));
    }

    private Reading read(String feed, String contract) {
        int decimals = ((BigInteger) value(contract, "decimals()(uint8)")).intValueExact();
        String description = (String) value(contract, "description()(string)");
        List<Object> round =
                chain.read(ContractCall.of(contract, "latestRoundData()(uint80,int256,uint256,uint256,uint80)"));
        BigInteger roundId = (BigInteger) round.get(0);
        BigInteger answer = (BigInteger) round.get(1);
        BigInteger updatedAt = (BigInteger) round.get(3);
        BigInteger answeredInRound = (BigInteger) round.get(4);
        if (answer.signum() <= 0) {
            throw new ToolException("The feed " + feed + " answers " + answer + ", which is no price.", true, null);
        }
        if (updatedAt.signum() == 0 || answeredInRound.compareTo(roundId) < 0) {
            throw new ToolException("The feed " + feed + " has not finished its round " + roundId + ".", true, null);
        }
        if (decimals > MAX_DECIMALS || updatedAt.compareTo(LATEST_TIME) > 0) {
            throw new ToolException("The feed " + feed + " does not answer as a Chainlink aggregator does.");
        }
        return new Reading(
                feed,
                contract,
                description.substring(0, Math.min(MAX_DESCRIPTION, description.length())),
                new Rate(answer, decimals),
                roundId,
                Instant.ofEpochSecond(updatedAt.longValueExact()));
    }

    private Object value(String contract, String function) {
        return chain.read(ContractCall.of(contract, function)).get(0);
    }
}
