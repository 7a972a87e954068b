/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolException;
import org.openmcpchain.tool.ToolOperation;

/** A tool for tests with every kind of parameter, and with operations that end in every way. Counts its calls. */
public final class LedgerTool implements Tool {

    static final String RECEIVER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    final AtomicInteger looks = new AtomicInteger();
    final AtomicInteger payments = new AtomicInteger();
    volatile Function<LookRequest, LookResult> look = request -> new LookResult(
            request.asset(), new BigDecimal("1234.50"), new BigInteger("100000000000000000000"), 7, Optional.empty());

    /** How an entry is sorted. */
    enum Order {
        NEWEST,
        OLDEST
    }

    /** A nested part of a request. */
    record Window(
            @Param("first entry, from 0") int first, @Param(value = "how many", required = false) Integer count) {}

    record LookRequest(
            @Param(value = "the asset to look up", format = Format.ASSET) String asset,
            @Param(value = "smallest amount that is listed", format = Format.AMOUNT, required = false, minimum = "0")
                    BigDecimal least,
            @Param(value = "order of entries", required = false, defaultValue = "\"NEWEST\"") Order order,
            @Param(value = "labels to look for", required = false) List<String> labels,
            @Param(value = "part of the list", required = false) Window window) {}

    record LookResult(String asset, BigDecimal total, BigInteger units, long block, Optional<String> note) {}

    record PayRequest(
            @Param(value = "how much to pay, in whole units", format = Format.AMOUNT, minimum = "0.000001")
                    BigDecimal amount,
            @Param(value = "who receives it", format = Format.ADDRESS) String receiver,
            @Param(value = "share that may be lost", format = Format.PERCENT, defaultValue = "0.5", maximum = "50")
                    String tolerance,
            @Param(value = "how long it may take", format = Format.DURATION, required = false) Duration patience,
            @Param(value = "number of the invoice", format = Format.ID, required = false) BigInteger invoice,
            @Param(value = "a word for the books", required = false, pattern = "[a-z]{1,8}") String memo) {}

    record PayResult(String hash, long blockNumber) {}

    record NoteResult(String text) {}

    @ToolOperation(
            name = "look",
            description = "Looks up what is in the ledger for an asset.",
            examples = @Example(goal = "how much USDC is in the ledger", arguments = "{\"asset\":\"USDC\"}"))
    public LookResult look(LookRequest request) {
        looks.incrementAndGet();
        return look.apply(request);
    }

    @ToolOperation(
            name = "pay",
            description = "Pays an amount to a receiver.",
            effect = Effect.TRANSACTION,
            deadlineSeconds = 60)
    public PayResult pay(PayRequest request, ToolContext context) {
        payments.incrementAndGet();
        var receipt = context.chain()
                .send(TransactionIntent.builder("pay")
                        .to(context.chain().resolve(request.receiver()))
                        .value(request.amount().movePointRight(18).toBigIntegerExact())
                        .build())
                .orThrow();
        return new PayResult(receipt.hash(), receipt.blockNumber());
    }

    @ToolOperation(name = "refuse", description = "Refuses whatever it is asked.")
    public NoteResult refuse(ToolContext context) {
        throw new ToolException("the ledger is closed in run " + context.runId().length());
    }

    @ToolOperation(name = "broken", description = "Breaks whenever it is called.")
    public NoteResult broken(ToolContext context) {
        throw new IllegalStateException("a defect with a secret path /etc/shadow");
    }

    @ToolOperation(name = "slow", description = "Never ends by itself.", deadlineSeconds = 1)
    public NoteResult slow(ToolContext context) throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
        return new NoteResult("never");
    }
}
