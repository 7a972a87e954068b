/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void isAMarkdownTableWithTheValuesBelow() {
        Report report =
                new Report("what", "ms").row("boot", "12").value("boot_ms", 12).value("ratio", 1.234);

        assertThat(report.text())
                .isEqualTo(
                        """
                        | what | ms  |
                        | ---  | --- |
                        | boot | 12  |

                        boot_ms=12.00 ratio=1.23""");
    }
}
