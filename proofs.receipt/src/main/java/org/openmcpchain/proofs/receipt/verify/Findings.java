/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.util.ArrayList;
import java.util.List;
import org.openmcpchain.proofs.receipt.verify.Verification.Check;

/** Collects checks. Not thread-safe. */
final class Findings {

    private final List<Check> checks = new ArrayList<>();

    void passed(String part, String detail) {
        checks.add(new Check(part, true, detail));
    }

    void failed(String part, String detail) {
        checks.add(new Check(part, false, detail));
    }

    /** Notes a failure unless something holds. */
    void require(boolean holds, String part, String detail) {
        if (!holds) {
            failed(part, detail);
        }
    }

    int failures() {
        return (int) checks.stream().filter(check -> !check.passed()).count();
    }

    List<Check> checks() {
        return checks;
    }
}
