/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openmcpchain.proof.ReceiptIssuer;

/** Issuers with a clock and a key folder of the test's own. */
public final class TestIssuer {

    private TestIssuer() {}

    /** @param days how long a key lives, 0 for ever */
    public static ReceiptIssuer open(Path folder, Instant now, int days) {
        return new DsseReceiptIssuer(SigningKeys.open(folder, Duration.ofDays(days), Clock.fixed(now, ZoneOffset.UTC)));
    }
}
