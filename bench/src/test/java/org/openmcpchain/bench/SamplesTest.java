/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void takesTheNearestRank() {
        Samples samples = new Samples();
        for (int i = 100; i >= 1; i--) {
            samples.add(i);
        }

        assertThat(samples.median()).isEqualTo(50);
        assertThat(samples.percentile(99)).isEqualTo(99);
        assertThat(samples.percentile(100)).isEqualTo(100);
        assertThat(samples.span()).isEqualTo("1.00 – 100");
    }

    @Test
    void mergesWhatSeveralThreadsMeasured() {
        Samples one = new Samples();
        one.add(1);
        Samples other = new Samples();
        other.add(3);
        other.add(2);

        one.addAll(other);

        assertThat(one.count()).isEqualTo(3);
        assertThat(one.median()).isEqualTo(2);
    }

    @Test
    void saysThatNothingWasMeasured() {
        assertThat(new Samples().median()).isNaN();
    }
}
