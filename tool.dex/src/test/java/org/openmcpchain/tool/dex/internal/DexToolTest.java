/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.dex.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmcpchain.tool.dex.internal.FakeMarket.ACCOUNT;
import static org.openmcpchain.tool.dex.internal.FakeMarket.DAI;
import static org.openmcpchain.tool.dex.internal.FakeMarket.ROUTER;
import static org.openmcpchain.tool.dex.internal.FakeMarket.USDC;
import static org.openmcpchain.tool.dex.internal.FakeMarket.WETH;
import static org.openmcpchain.tool.dex.internal.FakeMarket.units;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmcpchain.author.testkit.FakeChainAccess;
import org.openmcpchain.author.testkit.FakeLogs;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.author.testkit.FakeToolContext;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.OutcomeException;
import org.openmcpchain.tool.ToolException;

final class DexToolTest {

    private static final String PAIR = "0x00000000000000000000000000000000000000e0";

    private final FakeMarket market = new FakeMarket();
    private final FakeChainAccess chain = market.chain;
    private final FakeToolContext context = FakeToolContext.on(chain);
    private final DexTool tool = new DexTool();

    @Test
    void quotesTheCoinForAToken() {
        Quote quote = tool.quote(new QuoteRequest(new BigDecimal("0.5"), "eth", "USDC", null), context);

        assertThat(quote.sell()).isEqualTo("ETH");
        assertThat(quote.amountOut()).isEqualTo("1494.754864");
        assertThat(quote.minimumReceived()).isEqualTo("1487.281089");
        assertThat(quote.maxSlippagePercent()).isEqualTo("0.5");
        assertThat(quote.price()).isEqualTo("2989.509728");
        assertThat(quote.priceImpactPercent()).isEqualTo("0.0499");
        assertThat(quote.route()).containsExactly("WETH", "USDC");
        assertThat(quote.pools()).hasSize(1);
        assertThat(quote.blockNumber()).isEqualTo(100);
    }

    @Test
    void goesThroughTheWrappedCoinWhenThereIsNoPoolBetweenTwoTokens() {
        Quote quote = tool.quote(new QuoteRequest(new BigDecimal("1000"), "USDC", "DAI", null), context);

        assertThat(quote.route()).containsExactly("USDC", "WETH", "DAI");
        assertThat(new BigDecimal(quote.amountOut())).isBetween(new BigDecimal("993"), new BigDecimal("994"));
    }

    @Test
    void takesTheWayThatBringsMore() {
        market.pool(USDC, units(1_000_000, 6), DAI, units(1_000_000, 18));

        assertThat(tool.quote(new QuoteRequest(new BigDecimal("1000"), "USDC", "DAI", null), context)
                        .route())
                .containsExactly("USDC", "DAI");

        market.pool(USDC, units(1_000, 6), DAI, units(500, 18));

        assertThat(tool.quote(new QuoteRequest(new BigDecimal("1000"), "USDC", "DAI", null), context)
                        .route())
                .containsExactly("USDC", "WETH", "DAI");
    }

    @Test
    void swapsTheCoinWithoutAnApproval() {
        chain.mines(
                "swap",
                FakeMarket.deposit(new BigInteger("500000000000000000")),
                FakeLogs.erc20Transfer(USDC, PAIR, ACCOUNT, BigInteger.valueOf(1_494_000_000L)));

        SwapResult result = tool.swap(swap("0.5", "ETH", "USDC", "1"), context);

        TransactionIntent intent = chain.sent().get(0);
        ContractCall call = intent.call().orElseThrow();
        assertThat(chain.sent()).hasSize(1);
        assertThat(intent.label()).isEqualTo("swap");
        assertThat(intent.to()).isEqualTo(ROUTER);
        assertThat(intent.value()).isEqualTo(new BigInteger("500000000000000000"));
        assertThat(call.function()).startsWith("swapExactETHForTokens(");
        assertThat(call.arguments())
                .containsExactly(
                        BigInteger.valueOf(1_479_807_315L),
                        List.of(WETH, USDC),
                        ACCOUNT,
                        BigInteger.valueOf(FakeChainAccess.BLOCK_TIME.getEpochSecond() + 1200));
        assertThat(result.sold()).isEqualTo("0.5");
        assertThat(result.received()).isEqualTo("1494");
        assertThat(result.approvalHash()).isNull();
        assertThat(result.feePaid()).isEqualTo("0.0001");
        assertThat(result.blockNumber()).isEqualTo(101);
    }

    @Test
    void approvesExactlyWhatItSells() {
        chain.mines("approve").mines("swap", FakeMarket.withdrawal(units(1, 18)));

        SwapResult result = tool.swap(swap("3000", "USDC", "ETH", "1"), context);

        TransactionIntent approval = chain.sent().get(0);
        assertThat(approval.label()).isEqualTo("approve");
        assertThat(approval.to()).isEqualTo(USDC);
        assertThat(approval.call().orElseThrow().arguments())
                .containsExactly(ROUTER, BigInteger.valueOf(3_000_000_000L));
        assertThat(chain.sent().get(1).call().orElseThrow().function()).startsWith("swapExactTokensForETH(");
        assertThat(chain.sent().get(1).value()).isZero();
        assertThat(result.received()).isEqualTo("1");
        assertThat(result.approvalHash()).isNotNull();
    }

    @Test
    void leavesASufficientAllowanceAlone() {
        market.allowance(USDC, units(3000, 6));
        chain.mines(
                "swap",
                FakeLogs.erc20Transfer(USDC, ACCOUNT, PAIR, units(3000, 6)),
                FakeLogs.erc20Transfer(DAI, PAIR, ACCOUNT, units(2970, 18)));

        SwapResult result = tool.swap(swap("3000", "USDC", "DAI", null), context);

        assertThat(chain.sent()).extracting(TransactionIntent::label).containsExactly("swap");
        assertThat(chain.sent().get(0).call().orElseThrow().function()).startsWith("swapExactTokensForTokens(");
        assertThat(result.sold()).isEqualTo("3000");
        assertThat(result.received()).isEqualTo("2970");
    }

    @Test
    void countsTheDeadlineFromTheLaterClock() {
        chain.head(200, FakeChainAccess.BLOCK_TIME.plus(Duration.ofDays(30))).mines("swap");

        tool.swap(new SwapRequest(BigDecimal.ONE, "ETH", "DAI", null, "PT5M"), context);

        assertThat(chain.sent().get(0).call().orElseThrow().arguments().get(3))
                .isEqualTo(BigInteger.valueOf(FakeChainAccess.BLOCK_TIME
                        .plus(Duration.ofDays(30))
                        .plusSeconds(300)
                        .getEpochSecond()));
    }

    @Test
    void answersAgainAfterARestartAlthoughTheMoneyIsGone() {
        chain.mines("approve").mines("swap", FakeMarket.withdrawal(units(1, 18)));
        SwapResult first = tool.swap(swap("3000", "USDC", "ETH", "1"), context);
        market.holds(USDC, BigInteger.ZERO).allowance(USDC, BigInteger.ZERO);

        SwapResult again = tool.swap(swap("3000", "USDC", "ETH", "1"), context);

        assertThat(again.transactionHash()).isEqualTo(first.transactionHash());
        assertThat(again.received()).isEqualTo("1");
        assertThat(chain.sent()).hasSize(2);
    }

    @Test
    void saysWhatIsMissingWithoutSpendingGasOnAnApproval() {
        market.holds(USDC, units(10, 6));
        chain.refuses("swap", "TransferHelper: TRANSFER_FROM_FAILED");

        assertThatThrownBy(() -> tool.swap(swap("3000", "USDC", "ETH", "1"), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("has 10 USDC")
                .hasMessageContaining("less than 3000");
        assertThat(chain.sent()).extracting(TransactionIntent::label).doesNotContain("approve");
    }

    @Test
    void passesOtherRefusalsOnAsTheyAre() {
        chain.refuses("swap", "UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT");

        assertThatThrownBy(() -> tool.swap(swap("1", "ETH", "USDC", "0"), context))
                .isInstanceOfSatisfying(
                        OutcomeException.class, e -> assertThat(((Outcome.Failed<?>) e.outcome()).parameters())
                                .isEqualTo(Map.of("reason", "UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT")));
    }

    @Test
    void doesNotSwapWhenTheApprovalIsDenied() {
        Verdict verdict = new Verdict(Decision.DENY, "default-deny", "1-ab", "not granted", "00");
        chain.outcome("approve", intent -> new Outcome.Denied<>(verdict));

        assertThatThrownBy(() -> tool.swap(swap("1", "DAI", "ETH", null), context))
                .isInstanceOf(OutcomeException.class);
        assertThat(chain.sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1         | FOO  | USDC | 1    | known are: ETH, WETH, USDC, DAI, LONE",
                "1         | ETH  | FOO  | 1    | not known",
                "1         | ETH  | LONE | 1    | no pool",
                "1         | USDC | LONE | 1    | no pool",
                "1         | ETH  | WETH | 1    | nothing to swap",
                "1         | USDC | usdc | 1    | nothing to swap",
                "0         | ETH  | USDC | 1    | more than zero",
                "-1        | ETH  | USDC | 1    | more than zero",
                "0.0000001 | USDC | ETH  | 1    | more decimal places than USDC has (6)",
                "1e999999  | ETH  | USDC | 1    | too many digits",
                "1e-999999 | ETH  | USDC | 1    | too many digits",
                "1         | ETH  | USDC | 50.1 | 0 to 50 per cent",
                "1         | ETH  | USDC | -1   | 0 to 50 per cent",
                "1         | ETH  | USDC | 1e-99999 | too many decimal places",
            })
    void refusesInWordsBeforeAnythingIsSent(
            BigDecimal amount, String sell, String buy, BigDecimal slippage, String message) {
        assertThatThrownBy(() -> tool.swap(new SwapRequest(amount, sell, buy, slippage, null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageMatching("(?is).*\\Q" + message + "\\E.*");
        assertThat(chain.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"soon", "PT1S", "P2D", "PT-5M"})
    void refusesImpossibleDeadlines(String deadline) {
        assertThatThrownBy(() -> tool.swap(new SwapRequest(BigDecimal.ONE, "ETH", "USDC", null, deadline), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void saysWhenTheNetworkHasNoMarket() {
        FakeChainAccess bare = new FakeChainAccess(FakeNetwork.builder().build(), ACCOUNT);

        assertThatThrownBy(() ->
                        tool.quote(new QuoteRequest(BigDecimal.ONE, "ETH", "USDC", null), FakeToolContext.on(bare)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("uniswap-v2.router");
    }

    @Test
    void doesNotCountAPoolWithoutLiquidity() {
        market.pool(WETH, BigInteger.ZERO, FakeMarket.LONELY, BigInteger.ZERO);

        assertThatThrownBy(() -> tool.quote(new QuoteRequest(BigDecimal.ONE, "ETH", "LONE", null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no pool");
    }

    private static SwapRequest swap(String amount, String sell, String buy, String slippage) {
        return new SwapRequest(
                new BigDecimal(amount), sell, buy, slippage == null ? null : new BigDecimal(slippage), null);
    }
}
