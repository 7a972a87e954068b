/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.tool.ToolException;

/**
 * Carries an order out. The host may run it again after a restart, when the first swap is already mined: then the money
 * is gone, so nothing here may refuse for want of money before the transaction is handed to the host, which answers
 * with the outcome of the first.
 */
final class Trade {

    private final ChainAccess chain;
    private final Market market;
    private final Order order;
    private final String account;

    Trade(ChainAccess chain, Market market, Order order) {
        this.chain = chain;
        this.market = market;
        this.order = order;
        this.account = chain.account().address();
    }

    /** Lets the router take exactly what is sold, when it may not yet; empty when there is nothing to do. */
    Optional<TransactionReceipt> approve() {
        // Without the money the swap cannot work: its simulation says so, and an approval would be wasted gas.
        if (order.sell().isCoin() || allowance().compareTo(order.units()) >= 0 || !isFunded()) {
            return Optional.empty();
        }
        String amount = order.sell().asset().format(order.units());
        TransactionIntent intent = TransactionIntent.builder("approve")
                .description("Let the Uniswap V2 router take " + amount + " "
                        + order.sell().symbol())
                .call(ContractCall.of(
                        order.sell().token(), "approve(address,uint256)(bool)", market.router(), order.units()))
                .build();
        return Optional.of(chain.send(intent).orThrow());
    }

    /** Swaps along the route. */
    TransactionReceipt swap(Route route, Instant deadline) {
        BigInteger minimum = Pricing.minimumReceived(route.amountOut(), order.slippagePercent());
        BigInteger until = BigInteger.valueOf(deadline.getEpochSecond());
        TransactionIntent.Builder intent = TransactionIntent.builder("swap")
                .description("Swap " + order.sell().asset().format(order.units()) + " "
                        + order.sell().symbol() + " for at least "
                        + order.buy().asset().format(minimum) + " "
                        + order.buy().symbol() + " on Uniswap V2")
                .call(call(route.path(), minimum, until));
        if (order.sell().isCoin()) {
            intent.value(order.units());
        }
        return settle(chain.send(intent.build()));
    }

    private ContractCall call(List<String> path, BigInteger minimum, BigInteger until) {
        String router = market.router();
        if (order.sell().isCoin()) {
            return ContractCall.of(
                    router,
                    "swapExactETHForTokens(uint256,address[],address,uint256)(uint256[])",
                    minimum,
                    path,
                    account,
                    until);
        }
        String function = order.buy().isCoin() ? "swapExactTokensForETH" : "swapExactTokensForTokens";
        return ContractCall.of(
                router,
                function + "(uint256,uint256,address[],address,uint256)(uint256[])",
                order.units(),
                minimum,
                path,
                account,
                until);
    }

    private TransactionReceipt settle(Outcome<TransactionReceipt> outcome) {
        if (outcome instanceof Outcome.Failed<TransactionReceipt> && !isFunded()) {
            throw new ToolException("The account " + account + " has "
                    + order.sell().asset().format(balance()) + " "
                    + order.sell().symbol() + ", which is less than "
                    + order.sell().asset().format(order.units()) + ".");
        }
        return outcome.orThrow();
    }

    private boolean isFunded() {
        return balance().compareTo(order.units()) >= 0;
    }

    private BigInteger balance() {
        return order.sell().isCoin()
                ? chain.balance(account)
                : (BigInteger) chain.read(ContractCall.of(order.sell().token(), "balanceOf(address)(uint256)", account))
                        .get(0);
    }

    private BigInteger allowance() {
        return (BigInteger) chain.read(ContractCall.of(
                        order.sell().token(), "allowance(address,address)(uint256)", account, market.router()))
                .get(0);
    }
}
