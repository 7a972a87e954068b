/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;

/** Assertions on error codes. */
final class Codes {

    private Codes() {}

    static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(HostException.class, error -> assertThat(error.code())
                .isEqualTo(code));
    }
}
