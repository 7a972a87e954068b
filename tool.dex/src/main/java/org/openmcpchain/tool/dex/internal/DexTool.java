/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.tool.AgentTool;
import org.openmcpchain.tool.ContractPermission;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolException;
import org.openmcpchain.tool.ToolOperation;
import org.osgi.service.component.annotations.Component;

/** Quotes and swaps on a Uniswap V2 market. Stateless and thread-safe. */
@Component(name = "org.openmcpchain.tool.dex.DexTool", service = Tool.class)
@AgentTool(name = "dex")
@ContractPermission("uniswap-v2.router")
@ContractPermission("asset:*")
public final class DexTool implements Tool {

    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(20);
    private static final Duration SHORTEST_DEADLINE = Duration.ofMinutes(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

    /** Says what a swap would bring now; changes nothing. */
    @ToolOperation(
            name = "quote",
            description = "Says how much of one asset a swap of another asset would bring on the decentralised exchange"
                    + " right now: amount received, least amount with slippage, price impact and route. It only asks;"
                    + " nothing is traded.",
            effect = Effect.READ,
            examples = {
                @Example(
                        goal = "how much USDC would I get for 0.5 ETH",
                        arguments = "{\"amount\":\"0.5\",\"sell\":\"ETH\",\"buy\":\"USDC\"}"),
                @Example(
                        goal = "quote a swap of 100 DAI to ETH",
                        arguments = "{\"amount\":\"100\",\"sell\":\"DAI\",\"buy\":\"ETH\"}"),
                @Example(
                        goal = "what would selling 2 WETH for DAI bring with 1 % slippage",
                        arguments =
                                "{\"amount\":\"2\",\"sell\":\"WETH\",\"buy\":\"DAI\",\"maxSlippagePercent\":\"1\"}"),
                @Example(
                        goal = "estimate the price impact of exchanging 50 ETH into USDC",
                        arguments = "{\"amount\":\"50\",\"sell\":\"ETH\",\"buy\":\"USDC\"}")
            })
    public Quote quote(QuoteRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Market market = new Market(chain);
        Order order = Order.of(
                chain.network(),
                market.weth(),
                request.amount(),
                request.sell(),
                request.buy(),
                request.maxSlippagePercent());
        long block = chain.head().number();
        Route route = market.bestRoute(order);
        BigInteger minimum = Pricing.minimumReceived(route.amountOut(), order.slippagePercent());
        String sold = order.sell().asset().format(order.units());
        String bought = order.buy().asset().format(route.amountOut());
        return new Quote(
                sold + " " + order.sell().symbol() + " would bring " + bought + " "
                        + order.buy().symbol() + ", and at least "
                        + order.buy().asset().format(minimum) + " with " + Pricing.plain(order.slippagePercent())
                        + " % slippage.",
                chain.network().id().toString(),
                block,
                order.sell().symbol(),
                sold,
                order.buy().symbol(),
                bought,
                order.buy().asset().format(minimum),
                Pricing.plain(order.slippagePercent()),
                Pricing.price(order.sell().asset(), order.units(), order.buy().asset(), route.amountOut()),
                Pricing.percent(Pricing.priceImpactPpm(order.units(), route.amountOut(), route.hops())),
                route.path().stream().map(market::symbol).toList(),
                route.hops().stream().map(Hop::pool).toList());
    }

    /** Swaps and waits until the swap is mined. */
    @ToolOperation(
            name = "swap",
            description = "Swaps (trades, exchanges, converts, sells) an amount of one asset for another asset on the"
                    + " decentralised exchange, with a limit on slippage, and waits until it is mined. It spends the"
                    + " sold asset.",
            effect = Effect.TRANSACTION,
            deadlineSeconds = 120,
            examples = {
                @Example(
                        goal = "swap 0.5 ETH for USDC with at most 1 % slippage",
                        arguments =
                                "{\"amount\":\"0.5\",\"sell\":\"ETH\",\"buy\":\"USDC\",\"maxSlippagePercent\":\"1\"}"),
                @Example(
                        goal = "exchange 250 USDC into DAI",
                        arguments = "{\"amount\":\"250\",\"sell\":\"USDC\",\"buy\":\"DAI\"}"),
                @Example(
                        goal = "sell 2 WETH for DAI, no more than 0.3 percent slippage",
                        arguments =
                                "{\"amount\":\"2\",\"sell\":\"WETH\",\"buy\":\"DAI\",\"maxSlippagePercent\":\"0.3\"}"),
                @Example(
                        goal = "convert 1000 DAI to ETH within 5 minutes",
                        arguments = "{\"amount\":\"1000\",\"sell\":\"DAI\",\"buy\":\"ETH\",\"deadline\":\"PT5M\"}"),
                @Example(
                        goal = "buy ETH with 100 USDC",
                        arguments = "{\"amount\":\"100\",\"sell\":\"USDC\",\"buy\":\"ETH\"}")
            })
    public SwapResult swap(SwapRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Market market = new Market(chain);
        Order order = Order.of(
                chain.network(),
                market.weth(),
                request.amount(),
                request.sell(),
                request.buy(),
                request.maxSlippagePercent());
        Instant deadline =
                deadline(request.deadline(), context.now(), chain.head().timestamp());
        Route route = market.bestRoute(order);
        Trade trade = new Trade(chain, market, order);
        Optional<TransactionReceipt> approval = trade.approve();
        TransactionReceipt receipt = trade.swap(route, deadline);
        return result(chain, market, order, approval, receipt);
    }

    private static SwapResult result(
            ChainAccess chain,
            Market market,
            Order order,
            Optional<TransactionReceipt> approval,
            TransactionReceipt receipt) {
        String account = chain.account().address();
        SwapEvents events = new SwapEvents(receipt.logs(), account, market.router());
        BigInteger fee = receipt.gasUsed().multiply(receipt.effectiveGasPrice());
        String sold = order.sell().asset().format(events.sold(order.sell()));
        String received = order.buy().asset().format(events.received(order.buy()));
        return new SwapResult(
                "Swapped " + sold + " " + order.sell().symbol() + " for " + received + " "
                        + order.buy().symbol() + " in block " + receipt.blockNumber() + ".",
                chain.network().id().toString(),
                order.sell().symbol(),
                sold,
                order.buy().symbol(),
                received,
                account,
                Pricing.plain(order.slippagePercent()),
                receipt.hash(),
                approval.map(TransactionReceipt::hash).orElse(null),
                receipt.blockNumber(),
                receipt.gasUsed().longValueExact(),
                chain.network().coin().format(fee));
    }

    /** Counted from the later of the two clocks, because the market compares with the block's. */
    private static Instant deadline(String text, Instant now, Instant blockTime) {
        Duration duration;
        try {
            duration = text == null || text.isBlank() ? DEFAULT_DEADLINE : Duration.parse(text.strip());
        } catch (DateTimeException e) {
            throw new ToolException("The deadline is no ISO-8601 duration such as PT20M: " + text, false, e);
        }
        if (duration.compareTo(SHORTEST_DEADLINE) < 0 || duration.compareTo(LONGEST_DEADLINE) > 0) {
            throw new ToolException("The deadline must be between one minute and one day.");
        }
        return (blockTime.isAfter(now) ? blockTime : now).plus(duration);
    }
}
