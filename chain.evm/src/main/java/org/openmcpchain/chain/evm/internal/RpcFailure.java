/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.web3j.protocol.core.Response;

/**
 * One stable code for each failure that a node reports. Nodes agree on few codes, so the words decide; the phrases are
 * those of geth, Erigon, Nethermind, Besu, reth and anvil. The same failure always gets the same code.
 */
final class RpcFailure {

    private static final int REVERTED = 3;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int MAX_LENGTH = 300;

    /** In order: the first phrase that the node's message contains decides. */
    private static final Map<String, ChainError> PHRASES = phrases();

    private static final List<String> FOR_NO_BLOCK = List.of(
            "intrinsic gas too low",
            "intrinsic gas too high",
            "exceeds block gas limit",
            "gas limit too high",
            "gas limit is greater than the block",
            "exceeds the configured cap",
            "oversized data",
            "invalid chain id",
            "transaction type not supported");

    /** Not "header not found" and the like: those are also said of a block that a lagging node does not have yet. */
    private static final List<String> FORGOTTEN = List.of(
            "missing trie node",
            "missingtrienode",
            "historical state",
            "state histories",
            "no state available",
            "state not available",
            "state is not available",
            "world state unavailable",
            "pruned",
            "pruning",
            "maximum proof window",
            "archive");

    private RpcFailure() {}

    private static Map<String, ChainError> phrases() {
        Map<String, ChainError> phrases = new java.util.LinkedHashMap<>();
        phrases.put("nonce too low", ChainError.CHAIN_NONCE);
        phrases.put("nonce is too low", ChainError.CHAIN_NONCE);
        phrases.put("oldnonce", ChainError.CHAIN_NONCE);
        phrases.put("nonce too high", ChainError.CHAIN_NONCE);
        phrases.put("underpriced", ChainError.CHAIN_FEE_TOO_LOW);
        phrases.put("fee too low", ChainError.CHAIN_FEE_TOO_LOW);
        phrases.put("feetoolow", ChainError.CHAIN_FEE_TOO_LOW);
        phrases.put("less than block base fee", ChainError.CHAIN_FEE_TOO_LOW);
        phrases.put("insufficient funds", ChainError.CHAIN_FUNDS);
        phrases.put("insufficientfunds", ChainError.CHAIN_FUNDS);
        phrases.put("insufficient balance", ChainError.CHAIN_FUNDS);
        phrases.put("upfront cost exceeds account balance", ChainError.CHAIN_FUNDS);
        phrases.put("execution reverted", ChainError.CHAIN_REVERTED);
        phrases.put("vm exception", ChainError.CHAIN_REVERTED);
        phrases.put("revert", ChainError.CHAIN_REVERTED);
        return phrases;
    }

    /** Whether a node refuses bytes only because it has them already. */
    static boolean isAlreadyKnown(Response.Error error) {
        String message = words(error);
        return message.contains("already known")
                || message.contains("already imported")
                || message.contains("known transaction")
                || message.contains("alreadyknown");
    }

    /**
     * Whether a node says of the bytes themselves that no block can ever hold them. Failures that may pass, or that may have
     * happened behind the node's back (a timeout, an internal error), are none of these.
     */
    static boolean isForNoBlock(Response.Error error) {
        String message = words(error);
        return FOR_NO_BLOCK.stream().anyMatch(message::contains);
    }

    /** Whether a node does not have the method that it was asked for, or does not offer it to us. */
    static boolean isMissingMethod(Response.Error error) {
        String message = words(error);
        return error.getCode() == METHOD_NOT_FOUND
                || message.contains("method not found")
                || message.contains("not supported")
                || message.contains("unsupported")
                || message.contains("does not exist/is not available");
    }

    /** Whether a node says that it keeps no state of so long ago. */
    static boolean isForgotten(Response.Error error) {
        String message =
                words(error) + (error.getData() == null ? "" : error.getData().toLowerCase(Locale.ROOT));
        return FORGOTTEN.stream().anyMatch(message::contains);
    }

    /** The failure with its code, and the decoded reason when a contract refused. */
    static HostException of(String network, Response.Error error) {
        ChainError code = code(error);
        if (code == ChainError.CHAIN_REVERTED) {
            String reason = reason(error);
            return HostException.of(code, "detail", reason, "reason", reason, "network", network);
        }
        return HostException.of(
                code, "detail", bounded(error.getMessage()), "rpcCode", error.getCode(), "network", network);
    }

    private static ChainError code(Response.Error error) {
        if (error.getCode() == REVERTED) {
            return ChainError.CHAIN_REVERTED;
        }
        String message = words(error);
        return PHRASES.entrySet().stream()
                .filter(phrase -> message.contains(phrase.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ChainError.CHAIN_RPC);
    }

    private static String reason(Response.Error error) {
        String data = error.getData();
        // web3j hands the member "data" over as JSON text: with its quotes.
        String unquoted = data == null ? null : data.replace("\"", "");
        String reason = RevertReason.of(unquoted != null && unquoted.startsWith("0x") ? unquoted : null);
        if (!reason.equals(RevertReason.WITHOUT_REASON)) {
            return reason;
        }
        String message = bounded(error.getMessage()).replaceFirst("(?i)^.*execution reverted(: ?)?", "");
        return message.isBlank() ? reason : message;
    }

    private static String words(Response.Error error) {
        return error.getMessage() == null ? "" : error.getMessage().toLowerCase(Locale.ROOT);
    }

    private static String bounded(String text) {
        String printable =
                text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH) + "…";
    }
}
