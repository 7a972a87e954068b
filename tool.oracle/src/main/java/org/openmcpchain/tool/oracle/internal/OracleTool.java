/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.oracle.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.tool.AgentTool;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolException;
import org.openmcpchain.tool.ToolOperation;
import org.osgi.service.component.annotations.Component;

/** Reads prices from on-chain feeds. Stateless and thread-safe. */
@Component(name = "org.openmcpchain.tool.oracle.OracleTool", service = Tool.class)
@AgentTool(name = "oracle")
public final class OracleTool implements Tool {

    private static final int DEFAULT_MAX_AGE_SECONDS = 3600;

    /** Reads the price of a pair. */
    @ToolOperation(
            name = "price",
            description = "Says the market price (rate, value) of one asset in another or in US dollars, from an"
                    + " on-chain oracle, with its source, age and decimals. Use it for what something costs or is"
                    + " worth.",
            effect = Effect.READ,
            examples = {
                @Example(goal = "what is the price of ETH in USD", arguments = "{\"pair\":\"ETH/USD\"}"),
                @Example(goal = "how much is one ether worth in dollars", arguments = "{\"pair\":\"ETH/USD\"}"),
                @Example(goal = "get the DAI/USD rate", arguments = "{\"pair\":\"DAI/USD\"}"),
                @Example(goal = "current ETH/USDC oracle price", arguments = "{\"pair\":\"ETH/USDC\"}"),
                @Example(goal = "what does USDC cost", arguments = "{\"pair\":\"USDC/USD\"}")
            })
    public Price price(PriceRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Pair pair = Pair.parse(request.pair());
        long maxAge = request.maxAgeSeconds() == null ? DEFAULT_MAX_AGE_SECONDS : request.maxAgeSeconds();
        long block = chain.head().number();
        ChainlinkFeeds feeds = new ChainlinkFeeds(chain);
        Optional<Reading> direct = feeds.read(pair);
        return direct.isPresent()
                ? price(chain, block, pair, maxAge, context.now(), direct.get().rate(), List.of(direct.get()))
                : derived(chain, block, pair, maxAge, context.now(), feeds);
    }

    /** Divides the dollar prices of both assets; the dollar itself needs no feed. */
    private static Price derived(
            ChainAccess chain, long block, Pair pair, long maxAge, Instant now, ChainlinkFeeds feeds) {
        Optional<Reading> base = feeds.read(pair.againstDollar(pair.base()));
        Optional<Reading> quote = feeds.read(pair.againstDollar(pair.quote()));
        boolean known = (base.isPresent() || pair.base().equals(Pair.USD))
                && (quote.isPresent() || pair.quote().equals(Pair.USD));
        if (!known) {
            throw new ToolException("There is no feed for " + pair + " on "
                    + chain.network().name() + ", and none to derive it from. There are: "
                    + String.join(", ", feeds.pairs()) + ".");
        }
        Rate rate = base.map(Reading::rate)
                .orElse(Rate.ONE)
                .dividedBy(quote.map(Reading::rate).orElse(Rate.ONE));
        if (rate.mantissa().signum() == 0) {
            throw new ToolException("The rate of " + pair + " is too small for 18 decimal places; ask for "
                    + pair.quote() + "/" + pair.base() + ".");
        }
        List<Reading> readings =
                Stream.of(base, quote).flatMap(Optional::stream).toList();
        return price(chain, block, pair, maxAge, now, rate, readings);
    }

    private static Price price(
            ChainAccess chain, long block, Pair pair, long maxAge, Instant now, Rate rate, List<Reading> readings) {
        Instant updatedAt = readings.stream()
                .map(Reading::updatedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        // A chain's clock may run ahead of the host's; a price from the future is as fresh as can be.
        long age = Math.max(0, Duration.between(updatedAt, now).toSeconds());
        boolean derived = readings.size() > 1 || !readings.get(0).feed().endsWith("." + pair);
        return new Price(
                pair + " is " + rate.plain() + ", " + age + " s old" + (age > maxAge ? " (STALE)" : "")
                        + (derived ? ", derived through " + readings.size() + " feeds" : "") + ".",
                chain.network().id().toString(),
                pair.toString(),
                rate.plain(),
                rate.mantissa().toString(),
                rate.decimals(),
                updatedAt.toString(),
                age,
                maxAge,
                age > maxAge,
                derived,
                readings.stream().map(Reading::toSource).toList(),
                block);
    }
}
