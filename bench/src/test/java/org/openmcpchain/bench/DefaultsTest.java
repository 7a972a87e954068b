/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmcpchain.core.run.internal.JournalSettings;

class DefaultsTest {

    @Test
    void answersWhatTheAnnotationDeclares() {
        JournalSettings settings = Defaults.of(JournalSettings.class);

        assertThat(settings.acknowledgeTimeout()).isEqualTo("PT60S");
        assertThat(settings.annotationType()).isEqualTo(JournalSettings.class);
    }
}
