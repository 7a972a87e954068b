/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Principal;
import org.openmcpchain.access.Scope;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Grant;
import org.openmcpchain.market.Permission;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.ToolException;

final class IntentTest {

    private static final BundleRef BUNDLE = new BundleRef("org.example.dex", "1.0.0", "ab".repeat(32));

    @Test
    void anIntentCarriesWhatItWasBuiltFrom() {
        TransactionFacts facts = new TransactionFacts(
                ChainId.eip155(1),
                "0xf",
                "0xt",
                "router",
                "USDC",
                "swap(uint256)",
                List.of("1"),
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.TEN,
                BigInteger.ONE,
                "0x",
                List.of(),
                List.of(),
                false);
        Intent intent = Intent.builder(GatePoint.SIGN, "dex_swap", "alice")
                .run("r1", "1.0")
                .bundle(BUNDLE)
                .effect(Effect.TRANSACTION)
                .argumentsHash("cd".repeat(32))
                .transaction(facts)
                .build();

        assertThat(intent.point()).isEqualTo(GatePoint.SIGN);
        assertThat(intent.subject()).isEqualTo("dex_swap");
        assertThat(intent.principal()).isEqualTo("alice");
        assertThat(intent.runId()).contains("r1");
        assertThat(intent.callId()).contains("1.0");
        assertThat(intent.bundle()).contains(BUNDLE);
        assertThat(intent.effect()).contains(Effect.TRANSACTION);
        assertThat(intent.argumentsHash()).contains("cd".repeat(32));
        assertThat(intent.transaction()).contains(facts);
    }

    @Test
    void anAdministrativeIntentHasNoRun() {
        Intent intent = Intent.builder(GatePoint.INSTALL, "dex", "admin").build();

        assertThat(List.of(
                        intent.runId(),
                        intent.callId(),
                        intent.bundle(),
                        intent.effect(),
                        intent.argumentsHash(),
                        intent.transaction()))
                .allMatch(Optional::isEmpty);
    }

    @Test
    void aGrantAllowsWhatItNames() {
        Map<String, String> attributes = new HashMap<>(Map.of("contract", "router"));
        List<Permission> permissions = new ArrayList<>(List.of(new Permission("contract", attributes)));
        Grant grant = new Grant(BUNDLE, permissions, "admin", Instant.EPOCH);
        attributes.put("contract", "anything");
        permissions.clear();

        assertThat(grant.allowsContract("router")).isTrue();
        assertThat(grant.allowsContract("anything")).isFalse();
        assertThat(BUNDLE).hasToString("org.example.dex/1.0.0");
    }

    @Test
    void aScopeAllowsWhatItSays() {
        Principal reader = new Principal("r", "k", Set.of(Scope.READ));
        Principal runner = new Principal("r", "k", Set.of(Scope.RUN));
        Principal approver = new Principal("r", "k", Set.of(Scope.APPROVE));
        Principal admin = new Principal("r", "k", Set.of(Scope.ADMIN));
        Principal nobody = new Principal("r", "k", Set.of());

        assertThat(Set.of(Scope.values()).stream().filter(reader::may)).containsExactly(Scope.READ);
        assertThat(Set.of(Scope.values()).stream().filter(runner::may))
                .containsExactlyInAnyOrder(Scope.READ, Scope.RUN);
        assertThat(Set.of(Scope.values()).stream().filter(approver::may))
                .containsExactlyInAnyOrder(Scope.READ, Scope.APPROVE);
        assertThat(Set.of(Scope.values()).stream().filter(admin::may)).containsExactlyInAnyOrder(Scope.values());
        assertThat(Set.of(Scope.values()).stream().filter(nobody::may)).isEmpty();
    }

    @Test
    void anIssuedKeyDoesNotPrintItself() {
        ApiKeyInfo info = new ApiKeyInfo("id1", "bot", Set.of(Scope.READ), Instant.EPOCH, false);
        assertThat(new IssuedKey("omk_id1_secret", info).toString())
                .contains("id1")
                .doesNotContain("secret");
    }

    @Test
    void eachFormatHasItsOwnKeyword() {
        assertThat(Arrays.stream(Format.values()).map(Format::keyword))
                .doesNotHaveDuplicates()
                .allMatch(keyword -> keyword.matches("[a-z]{2,16}"));
    }

    @Test
    void onlyAllowAllows() {
        for (Decision decision : Decision.values()) {
            Verdict verdict = new Verdict(decision, "rule", "1", "reason", "ab".repeat(32));
            assertThat(verdict.isAllowed()).isEqualTo(decision == Decision.ALLOW);
        }
    }

    @Test
    void aToolSaysWhetherAFailureMayPass() {
        assertThat(new ToolException("no liquidity").retryable()).isFalse();
        assertThat(new ToolException("busy", true, null).retryable()).isTrue();
    }
}
