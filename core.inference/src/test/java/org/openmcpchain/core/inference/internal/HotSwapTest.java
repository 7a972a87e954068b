/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.inference.InferenceLease;

/** Requirement H05: a provider is replaced under load and nobody notices. */
class HotSwapTest {

    private static final int CALLERS = 200;
    private static final int SWAPS = 20;
    private static final long CALL_NANOS = 5_000_000;
    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("hello")).build();

    private final Leases leases = new Leases(new FakeProvenance(), TestConfig.defaults());
    private final AtomicLong answered = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Fails each call that is still running once it was deactivated, as a real one does whose connections are closed. */
    private static final class Replaceable {

        private final AtomicBoolean active = new AtomicBoolean(true);
        private final FakeProvider service = new FakeProvider("replaceable", this::answer);

        private ChatResponse answer(ChatRequest request) {
            LockSupport.parkNanos(CALL_NANOS);
            if (!active.get()) {
                throw new IllegalStateException("deactivated while it answered");
            }
            return FakeProvider.reply("ok");
        }
    }

    @Test
    @Timeout(120)
    void replacesAProviderTwentyTimesUnderTwoHundredCallersWithoutAFailedCall() throws InterruptedException {
        Replaceable current = new Replaceable();
        leases.bindProvider(current.service, FakeProvider.service("p", 0, 0));
        List<Thread> callers = startCallers();

        for (int swap = 1; swap <= SWAPS; swap++) {
            awaitAnswers(answered.get() + CALLERS);
            Replaceable next = new Replaceable();
            boolean gapless = swap % 2 == 0;
            if (gapless) {
                leases.bindProvider(next.service, FakeProvider.service("p", swap, 0));
            }
            leases.unbindProvider(current.service, FakeProvider.service("p", swap - 1, 0));
            current.active.set(false);
            if (!gapless) { // nobody is there for a moment: callers wait
                leases.bindProvider(next.service, FakeProvider.service("p", swap, 0));
            }
            current = next;
        }
        awaitAnswers(answered.get() + CALLERS);
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan((long) CALLERS * SWAPS);
        assertThat(leases.list()).hasSize(1).allSatisfy(info -> assertThat(info.calls())
                .isZero());
    }

    private List<Thread> startCallers() {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(this::callWithoutPause, "caller-" + i);
            caller.start();
            callers.add(caller);
        }
        return callers;
    }

    private void callWithoutPause() {
        while (!over.get()) {
            try (InferenceLease lease = leases.lease(Optional.empty(), Duration.ofSeconds(30))) {
                lease.chat(REQUEST, Duration.ofSeconds(30));
                answered.incrementAndGet();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    private void awaitAnswers(long count) {
        while (answered.get() < count && failures.isEmpty()) {
            Thread.onSpinWait();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
