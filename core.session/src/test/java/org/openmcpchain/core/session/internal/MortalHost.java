/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;

/**
 * A host that is killed after a number of calls: the last call is done or not, nobody learns which, and from then on nothing
 * that this life of the host does has any effect.
 */
final class MortalHost {

    private final AtomicInteger callsLeft;
    private final boolean lastOneIsDone;

    MortalHost(int callsLeft, Random random) {
        this.callsLeft = new AtomicInteger(callsLeft);
        lastOneIsDone = random.nextBoolean();
    }

    static MortalHost immortal() {
        return new MortalHost(Integer.MAX_VALUE, new Random(1));
    }

    boolean isDead() {
        return callsLeft.get() <= 0;
    }

    <T> T mortal(Class<T> type, T service) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    int left = callsLeft.decrementAndGet();
                    if (left < 0 || (left == 0 && !lastOneIsDone)) {
                        throw killed();
                    }
                    try {
                        Object result = method.invoke(service, arguments);
                        if (left == 0) {
                            throw killed();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static HostException killed() {
        return HostException.of(JournalError.JOURNAL_UNAVAILABLE, "detail", "killed");
    }
}
