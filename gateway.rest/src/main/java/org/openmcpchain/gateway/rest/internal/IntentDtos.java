/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;

/** Intents as they travel. Amounts are whole numbers in base units and travel as text: they do not fit a JSON number. */
final class IntentDtos {

    private IntentDtos() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Intent", description = "What somebody wants to do, decoded.")
    record IntentView(
            @Schema(description = "INFERENCE, TOOL, SIGN, INSTALL or CONFIGURE.") String point,
            @Schema(description = "A provider, a tool operation, a listing or a PID.") String subject,
            String principal,
            String runId,
            String callId,
            String session,
            BundleRef bundle,
            String effect,
            String argumentsHash,
            @Schema(description = "The canonical arguments of a tool call.", type = "object") JsonNode arguments,
            TransactionView transaction,
            SignatureView signature,
            InferenceFacts inference) {

        static IntentView of(Intent intent) {
            return new IntentView(
                    intent.point().name(),
                    intent.subject(),
                    intent.principal(),
                    intent.runId().orElse(null),
                    intent.callId().orElse(null),
                    intent.session().orElse(null),
                    intent.bundle().orElse(null),
                    intent.effect().map(Enum::name).orElse(null),
                    intent.argumentsHash().orElse(null),
                    intent.arguments().map(TaskDtos::tree).orElse(null),
                    intent.transaction().map(TransactionView::of).orElse(null),
                    intent.signature().map(SignatureView::of).orElse(null),
                    intent.inference().orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TransactionFacts", description = "What is known of a transaction before it is signed.")
    record TransactionView(
            String chain,
            String from,
            String to,
            String contract,
            String asset,
            String function,
            List<String> arguments,
            @Schema(description = "Wei.") String value,
            String gasLimit,
            String maxFeePerGas,
            String maxPriorityFeePerGas,
            @Schema(description = "The calldata, exactly what will be signed.") String data,
            List<ActionView> actions,
            @Schema(description = "What a simulation says it does to balances.") List<ChangeView> changes,
            boolean simulated) {

        static TransactionView of(TransactionFacts facts) {
            return new TransactionView(
                    facts.chain().toString(),
                    facts.from(),
                    facts.to(),
                    facts.contract(),
                    facts.asset(),
                    facts.function(),
                    facts.arguments(),
                    digits(facts.value()),
                    digits(facts.gasLimit()),
                    digits(facts.maxFeePerGas()),
                    digits(facts.maxPriorityFeePerGas()),
                    facts.data(),
                    facts.actions().stream().map(ActionView::of).toList(),
                    facts.changes().stream().map(ChangeView::of).toList(),
                    facts.simulated());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SignatureFacts", description = "What is known of a message before it is signed.")
    record SignatureView(
            @Schema(description = "TYPED_DATA, PERSONAL_MESSAGE or RAW_DIGEST.") String kind,
            String chain,
            String from,
            String digest,
            @Schema(description = "The typed data as canonical JSON, or the message's text.") String document,
            String domain,
            String verifyingContract,
            String primaryType,
            List<ActionView> actions) {

        static SignatureView of(SignatureFacts facts) {
            return new SignatureView(
                    facts.kind().name(),
                    facts.chain().toString(),
                    facts.from(),
                    facts.digest(),
                    facts.document(),
                    facts.domain(),
                    facts.verifyingContract(),
                    facts.primaryType(),
                    facts.actions().stream().map(ActionView::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Action", description = "One step inside a transaction or a message, decoded.")
    record ActionView(
            @Schema(example = "TOKEN_APPROVAL") String kind,
            @Schema(example = "0.execTransaction.multicall[2]") String path,
            String standard,
            String contract,
            String name,
            String function,
            String from,
            String to,
            String asset,
            String symbol,
            @Schema(description = "Base units.") String amount,
            Integer decimals,
            String tokenId,
            @Schema(description = "Unix seconds.") String expires,
            List<String> flags,
            @Schema(description = "The whole in plain words.") String text) {

        static ActionView of(Action action) {
            return new ActionView(
                    action.kind().name(),
                    action.path(),
                    action.standard(),
                    action.contract(),
                    action.name(),
                    action.function(),
                    action.from(),
                    action.to(),
                    action.asset(),
                    action.symbol(),
                    digits(action.amount()),
                    action.decimals(),
                    digits(action.tokenId()),
                    digits(action.expires()),
                    action.flags().stream().map(Enum::name).toList(),
                    action.text());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "BalanceChange", description = "What a transaction does to one account's property.")
    record ChangeView(
            String account,
            String asset,
            String symbol,
            Integer decimals,
            String tokenId,
            @Schema(description = "How much more in base units; negative for less.") String amount) {

        static ChangeView of(BalanceChange change) {
            return new ChangeView(
                    change.account(),
                    change.asset(),
                    change.symbol(),
                    change.decimals(),
                    digits(change.tokenId()),
                    digits(change.amount()));
        }
    }

    private static String digits(BigInteger number) {
        return number == null ? null : number.toString();
    }
}
