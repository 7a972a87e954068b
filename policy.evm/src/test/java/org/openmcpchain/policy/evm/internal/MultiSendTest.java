/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmcpchain.policy.evm.internal.Calldata.bytes;
import static org.openmcpchain.policy.evm.internal.Calldata.call;
import static org.openmcpchain.policy.evm.internal.Calldata.packed;
import static org.openmcpchain.policy.evm.internal.Calldata.safe;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;

/** Foreign code is read as MultiSend's only where Safe has published it. Source: safe-deployments, src/assets. */
class MultiSendTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x8D29bE29923b68abfDD21e541b9374737B49cdAD",
                "0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761",
                "0x998739BFdAAdde7C933B942a68053933098f9EDa",
                "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D",
                "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B",
                "0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526",
                "0x9641d764fc13c8B624c04430C7356C1C7C8102e2",
                "0x218543288004CD07832472D464648173c77D7eB7",
                "0xA83c336B20401Af773B6219BA5027174338D1836"
            })
    void stepsOfAPublishedDeploymentAreRead(String published) {
        assertThat(actions(published))
                .extracting(Action::kind)
                .containsExactly(
                        ActionKind.CONTRACT_CALL,
                        ActionKind.DELEGATE_CALL,
                        ActionKind.CONTRACT_CALL,
                        ActionKind.COIN_TRANSFER);
    }

    @Test
    void foreignCodeWithItsFunctionIsNot() {
        assertThat(actions(Town.STRANGER))
                .extracting(Action::kind)
                .containsExactly(ActionKind.CONTRACT_CALL, ActionKind.DELEGATE_CALL);
    }

    private static List<Action> actions(String code) {
        String steps = call("multiSend", bytes("0x" + packed(0, Town.BOB, 5, "0x")));
        return new EvmCallDecoder()
                .transaction(new Town(), Town.ALICE, Town.SAFE, BigInteger.ZERO, safe(code, 0, steps, 1));
    }
}
