/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openmcpchain.core.inference.internal.FakeProvider.reply;
import static org.openmcpchain.core.inference.internal.FakeProvider.service;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.inference.ProviderInfo;

@Timeout(60)
class LeasesTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("hello")).build();
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Leases leases = new Leases(new FakeProvenance(), TestConfig.defaults());

    @Test
    void answersWithTheHighestRankedProvider() {
        leases.bindProvider(FakeProvider.saying("low"), service("low", 1, -100));
        leases.bindProvider(FakeProvider.saying("high"), service("high", 2, 10));

        assertThat(ask(Optional.empty())).isEqualTo("high");
        assertThat(ask(Optional.of("low"))).isEqualTo("low");
        assertThat(leases.list()).extracting(ProviderInfo::id).containsExactly("high", "low");
    }

    @Test
    void tellsHowLongAReplyMayBe() {
        leases.bindProvider(FakeProvider.saying("short").limitedTo(77), service("short", 1, 0));
        leases.bindProvider(FakeProvider.saying("any"), service("any", 2, 0));

        try (InferenceLease limited = leases.lease(Optional.of("short"), LONG);
                InferenceLease unlimited = leases.lease(Optional.of("any"), LONG)) {
            assertThat(limited.maxOutputTokens()).hasValue(77);
            assertThat(unlimited.maxOutputTokens()).isEmpty();
        }
    }

    @Test
    void answersWithTheConfiguredProviderAndWithNoOther() {
        leases.bindProvider(FakeProvider.saying("low"), service("low", 1, -100));
        leases.bindProvider(FakeProvider.saying("high"), service("high", 2, 10));
        leases.modified(new TestConfig("low", 10, 4));

        assertThat(ask(Optional.empty())).isEqualTo("low");
        assertThat(leases.list()).extracting(ProviderInfo::id).containsExactly("low", "high");

        leases.modified(new TestConfig("away", 10, 4));
        assertThatThrownBy(() -> leases.lease(Optional.empty(), Duration.ZERO))
                .satisfies(carries(InferenceError.INFERENCE_NONE))
                .hasMessageContaining("away");
    }

    @Test
    void followsAChangedRanking() {
        FakeProvider first = FakeProvider.saying("first");
        leases.bindProvider(first, service("first", 1, 0));
        leases.bindProvider(FakeProvider.saying("second"), service("second", 2, 1));

        leases.updatedProvider(first, service("first", 1, 5));

        assertThat(ask(Optional.empty())).isEqualTo("first");
        assertThat(leases.list()).hasSize(2);
    }

    @Test
    void readsARankingFromAConfigurationFile() {
        leases.bindProvider(FakeProvider.saying("number"), service("number", 1, 5));
        leases.bindProvider(
                FakeProvider.saying("text"),
                Map.of(InferenceProvider.ID, "text", "service.id", 2L, "service.ranking", " 10 "));
        leases.bindProvider(
                FakeProvider.saying("odd"),
                Map.of(InferenceProvider.ID, "odd", "service.id", 3L, "service.ranking", "high"));

        assertThat(leases.list()).extracting(ProviderInfo::id).containsExactly("text", "number", "odd");
    }

    @Test
    void prefersTheOlderOfTwoEquals() {
        leases.bindProvider(FakeProvider.saying("younger"), service("same", 9, 0));
        leases.bindProvider(FakeProvider.saying("older"), service("same", 3, 0));

        assertThat(ask(Optional.empty())).isEqualTo("older");
    }

    @Test
    void saysThatThereIsNoneOnceItsPatienceIsOver() {
        assertThatThrownBy(() -> leases.lease(Optional.empty(), Duration.ofMillis(20)))
                .satisfies(carries(InferenceError.INFERENCE_NONE));
        assertThatThrownBy(() -> leases.lease(Optional.of("ghost"), Duration.ZERO))
                .satisfies(carries(InferenceError.INFERENCE_UNKNOWN));
    }

    @Test
    void givesALeaseToThoseWhoWaitedForAProvider() {
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
            try (InferenceLease lease = leases.lease(Optional.empty(), LONG)) {
                return lease.provider().id();
            }
        });

        leases.bindProvider(FakeProvider.saying("late"), service("late", 1, 0));

        assertThat(waiting.join()).isEqualTo("late");
    }

    @Test
    void stopsWaitingWhenTheCallerIsInterrupted() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                leases.lease(Optional.empty(), LONG);
            } catch (HostException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(HostException.class);
        assertThat(flag).isTrue();
    }

    @Test
    void ignoresProvidersWithoutAValidIdAndThoseThatBreak() {
        leases.bindProvider(FakeProvider.saying("x"), Map.of("service.id", 1L));
        leases.bindProvider(FakeProvider.saying("x"), service("Not Valid", 2, 0));
        leases.bindProvider(new FakeProvider(null, request -> reply("x")), service("fine", 3, 0));
        leases.bindProvider(new BrokenProvider(), Map.of(InferenceProvider.ID, "broken", "service.id", 4L));

        assertThat(leases.list()).extracting(ProviderInfo::id).containsExactly("fine");
    }

    @Test
    void letsACallFinishBeforeTheProviderIsLetGo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FakeProvider slow = new FakeProvider("slow", request -> {
            asked.countDown();
            awaitLatch(goOn);
            return reply("done");
        });
        leases.bindProvider(slow, service("slow", 1, 0));
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(Optional.empty()));
        asked.await();
        assertThat(leases.list().get(0).calls()).isEqualTo(1);

        CompletableFuture<Void> unbound =
                CompletableFuture.runAsync(() -> leases.unbindProvider(slow, service("slow", 1, 0)));
        await().until(() -> leases.list().isEmpty());
        assertThat(unbound).isNotDone();
        goOn.countDown();

        assertThat(answer.get()).isEqualTo("done");
        unbound.get();
    }

    @Test
    void interruptsACallThatOutlastsTheDrainTime() {
        leases.modified(new TestConfig("", 0, 4));
        CountDownLatch asked = new CountDownLatch(1);
        FakeProvider stuck = stuck(asked);
        leases.bindProvider(stuck, service("stuck", 1, 0));
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(this::failure);
        awaitLatch(asked);

        leases.unbindProvider(stuck, service("stuck", 1, 0));

        assertThat(failure.join()).satisfies(carries(InferenceError.INFERENCE_LOST));
    }

    @Test
    void failsCallsUnderALeaseWhoseProviderIsGone() {
        leases.modified(new TestConfig("", 0, 4));
        FakeProvider provider = FakeProvider.saying("x");
        leases.bindProvider(provider, service("x", 1, 0));
        try (InferenceLease lease = leases.lease(Optional.empty(), Duration.ZERO)) {
            leases.unbindProvider(provider, service("x", 1, 0));

            assertThatThrownBy(() -> lease.chat(REQUEST, LONG))
                    .satisfies(carries(InferenceError.INFERENCE_FAILED))
                    .hasMessageContaining("removed");
        }
    }

    @Test
    void abandonsACallAtItsDeadlineAndInterruptsIt() {
        CountDownLatch interrupted = new CountDownLatch(1);
        leases.bindProvider(
                new FakeProvider("slow", request -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return reply("too late");
                }),
                service("slow", 1, 0));

        try (InferenceLease lease = leases.lease(Optional.empty(), Duration.ZERO)) {
            assertThatThrownBy(() -> lease.chat(REQUEST, Duration.ofMillis(30)))
                    .satisfies(carries(InferenceError.INFERENCE_DEADLINE));
        }
        awaitLatch(interrupted);
        await().until(() -> leases.list().get(0).calls() == 0);
    }

    @Test
    void waitsForAPlaceAndGivesUpAtTheDeadline() {
        leases.modified(new TestConfig("", 0, 1));
        CountDownLatch asked = new CountDownLatch(1);
        leases.bindProvider(stuck(asked), service("stuck", 1, 0));
        CompletableFuture<Throwable> first = CompletableFuture.supplyAsync(this::failure);
        awaitLatch(asked);

        try (InferenceLease lease = leases.lease(Optional.empty(), Duration.ZERO)) {
            assertThatThrownBy(() -> lease.chat(REQUEST, Duration.ofMillis(20)))
                    .as("nothing was asked, so nothing is counted")
                    .satisfies(carries(InferenceError.INFERENCE_FAILED))
                    .hasMessageContaining("too many");
        }
        assertThat(first).isNotDone();
    }

    @Test
    void passesAnInterruptOnToTheModel() {
        CountDownLatch asked = new CountDownLatch(1);
        leases.bindProvider(stuck(asked), service("stuck", 1, 0));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> failure.set(failure()));
        caller.start();
        awaitLatch(asked);

        caller.interrupt();

        await().untilAsserted(() -> assertThat(failure.get()).satisfies(carries(InferenceError.INFERENCE_LOST)));
        await().until(() -> leases.list().get(0).calls() == 0);
    }

    @Test
    void refusesAnEmptyReply() {
        leases.bindProvider(new FakeProvider("null", request -> null), service("null", 1, 0));

        assertThat(failure()).satisfies(carries(InferenceError.INFERENCE_REPLY_INVALID));
    }

    @Test
    void runsTheModelUnderTheProvidersClassLoaderOnANamedThread() {
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        AtomicReference<String> thread = new AtomicReference<>();
        leases.bindProvider(
                new FakeProvider("x", request -> {
                    loader.set(Thread.currentThread().getContextClassLoader());
                    thread.set(Thread.currentThread().getName());
                    return reply("ok");
                }),
                service("x", 1, 0));

        ask(Optional.empty());

        assertThat(loader.get()).isSameAs(FakeProvider.class.getClassLoader());
        assertThat(thread.get()).isEqualTo("inference-x-1");
    }

    @Test
    void refusesToChatOnceTheLeaseIsClosed() {
        leases.bindProvider(FakeProvider.saying("x"), service("x", 1, 0));
        InferenceLease lease = leases.lease(Optional.empty(), Duration.ZERO);
        lease.close();
        lease.close();

        assertThatThrownBy(() -> lease.chat(REQUEST, LONG)).isInstanceOf(IllegalStateException.class);
    }

    private String ask(Optional<String> provider) {
        try (InferenceLease lease = leases.lease(provider, Duration.ZERO)) {
            return lease.chat(REQUEST, LONG).aiMessage().text();
        }
    }

    private Throwable failure() {
        try {
            return new AssertionError("it answered: " + ask(Optional.empty()));
        } catch (HostException e) {
            return e;
        }
    }

    private static FakeProvider stuck(CountDownLatch asked) {
        return new FakeProvider("stuck", request -> {
            asked.countDown();
            awaitLatch(new CountDownLatch(1));
            return reply("never");
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static java.util.function.Consumer<Throwable> carries(ErrorCode code) {
        return thrown -> assertThat(thrown).isInstanceOfSatisfying(HostException.class, host -> assertThat(host.code())
                .isEqualTo(code));
    }
}
