/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;

/** Asserts errors by their code. */
final class Codes {

    private Codes() {}

    static AbstractThrowableAssert<?, ?> refused(ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
