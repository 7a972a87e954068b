/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/**
 * What a signature over typed data permits. A structure is known by its exact type, fields and order included: a type that
 * only looks like a known one is signed as something else, and is unreadable here.
 */
final class TypedDataReader {

    private static final String ROOT = "0";
    private static final int WORD_BITS = 256;
    private static final int TIME_BITS = 48;

    private static final String TOKEN_PERMISSIONS = "TokenPermissions(address token,uint256 amount)";
    private static final String PERMIT_DETAILS =
            "PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)";
    private static final String AUTHORIZATION =
            "(address from,address to,uint256 value,uint256 validAfter," + "uint256 validBefore,bytes32 nonce)";

    /** Reads the message of one type. */
    @FunctionalInterface
    private interface Reader {
        void read(Signed signed, TypedData.Struct message, Reading out);
    }

    /**
     * What all readers need.
     *
     * @param from who signs
     * @param contract who verifies
     * @param type the primary type, as EIP-712 writes it
     */
    private record Signed(String from, String contract, String type) {

        ActionDraft draft(ActionKind kind, String standard) {
            return draft(kind, standard, ROOT);
        }

        ActionDraft draft(ActionKind kind, String standard, String path) {
            return ActionDraft.at(kind, path)
                    .standard(standard)
                    .contract(contract)
                    .function(type)
                    .from(from);
        }

        Call call(String path, String target, BigInteger value, byte[] data) {
            return new Call(path, contract, target, value, data, 1);
        }
    }

    /**
     * A type that can be read.
     *
     * @param referred the type that it refers to, or null
     */
    private record Known(String referred, Reader reader) {}

    private static final Map<String, Known> TYPES = types();

    private TypedDataReader() {}

    private static Map<String, Known> types() {
        Map<String, Known> types = new HashMap<>();
        types.put(
                "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)",
                new Known(null, TypedDataReader::permit));
        types.put(
                "Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)",
                new Known(null, TypedDataReader::dai));
        types.put(
                "Permit(address spender,uint256 tokenId,uint256 nonce,uint256 deadline)",
                new Known(null, TypedDataReader::position));
        types.put("TransferWithAuthorization" + AUTHORIZATION, new Known(null, TypedDataReader::authorization));
        types.put("ReceiveWithAuthorization" + AUTHORIZATION, new Known(null, TypedDataReader::authorization));
        types.put(
                "CancelAuthorization(address authorizer,bytes32 nonce)",
                new Known(null, TypedDataReader::cancellation));
        types.put(
                "PermitSingle(PermitDetails details,address spender,uint256 sigDeadline)",
                new Known(PERMIT_DETAILS, TypedDataReader::permitSingle));
        types.put(
                "PermitBatch(PermitDetails[] details,address spender,uint256 sigDeadline)",
                new Known(PERMIT_DETAILS, TypedDataReader::permitBatch));
        types.put(
                "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)",
                new Known(TOKEN_PERMISSIONS, TypedDataReader::transfer));
        types.put(
                "PermitBatchTransferFrom(TokenPermissions[] permitted,address spender,uint256 nonce,uint256 deadline)",
                new Known(TOKEN_PERMISSIONS, TypedDataReader::transfers));
        types.put(
                "SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,"
                        + "uint256 gasPrice,address gasToken,address refundReceiver,uint256 nonce)",
                new Known(null, TypedDataReader::safe));
        return types;
    }

    static void read(Reading out, String from, String json) {
        if (json == null || json.length() > Reading.MAX_BYTES) {
            out.tell(
                    ActionDraft.at(ActionKind.UNREADABLE, ROOT).from(from).flag(Flag.TRUNCATED, true),
                    "Typed data that is longer than what is read");
            return;
        }
        TypedData data = TypedData.parse(json);
        String type = data.typeText(data.primaryType());
        Signed signed = new Signed(from, data.verifyingContract().orElse(null), type);
        Optional<Reader> reader = reader(data, type);
        if (reader.isEmpty() || signed.contract() == null) {
            unreadable(signed, data, out);
        } else {
            try {
                reader.get().read(signed, data.message(), out);
            } catch (RuntimeException malformed) {
                unreadable(signed, data, out);
            }
        }
        otherNetwork(data, signed, out);
    }

    private static Optional<Reader> reader(TypedData data, String type) {
        Known known = TYPES.get(type);
        if (known != null) {
            boolean same = known.referred() == null || known.referred().equals(referred(data, known.referred()));
            return same ? Optional.of(known.reader()) : Optional.empty();
        }
        return witness(data, type);
    }

    private static String referred(TypedData data, String expected) {
        return data.typeText(expected.substring(0, expected.indexOf('(')));
    }

    /** A Permit2 transfer with one more field behind, which binds it to something that only the spender knows. */
    private static Optional<Reader> witness(TypedData data, String type) {
        if (!referred(data, TOKEN_PERMISSIONS).equals(TOKEN_PERMISSIONS)) {
            return Optional.empty();
        }
        String rest = "address spender,uint256 nonce,uint256 deadline,";
        if (type.startsWith("PermitWitnessTransferFrom(TokenPermissions permitted," + rest)) {
            return Optional.of(TypedDataReader::transfer);
        }
        return type.startsWith("PermitBatchWitnessTransferFrom(TokenPermissions[] permitted," + rest)
                ? Optional.of(TypedDataReader::transfers)
                : Optional.empty();
    }

    private static void unreadable(Signed signed, TypedData data, Reading out) {
        out.tell(
                signed.draft(ActionKind.UNREADABLE, null),
                "Sign a structure " + Words.plain(data.primaryType()) + " for "
                        + data.domainName().map(Words::plain).orElse("an unnamed domain")
                        + (signed.contract() == null ? "" : " at " + out.book().who(signed.contract()))
                        + " that nobody here can read");
    }

    private static void otherNetwork(TypedData data, Signed signed, Reading out) {
        Optional<BigInteger> chain = data.chainId();
        String here = out.book().network().id().reference();
        if (chain.isEmpty()) {
            out.tell(
                    signed.draft(ActionKind.UNREADABLE, null, ROOT + ".network"),
                    "The signature names no network and may count on any");
        } else if (!chain.get().toString().equals(here)) {
            out.tell(
                    signed.draft(ActionKind.UNREADABLE, null, ROOT + ".network"),
                    "The signature counts on another network, number " + chain.get());
        }
    }

    private static void permit(Signed signed, TypedData.Struct message, Reading out) {
        PermitReaders.allowance(
                signed.draft(ActionKind.PERMIT, PermitReaders.ERC2612).expires(message.number("deadline", WORD_BITS)),
                out.book().token(signed.contract()),
                message.address("owner"),
                message.address("spender"),
                message.number("value", WORD_BITS),
                out);
    }

    private static void dai(Signed signed, TypedData.Struct message, Reading out) {
        PermitReaders.allowance(
                signed.draft(ActionKind.PERMIT, PermitReaders.DAI)
                        .expires(PermitReaders.daiExpiry(message.number("expiry", WORD_BITS))),
                out.book().token(signed.contract()),
                message.address("holder"),
                message.address("spender"),
                message.flag("allowed") ? PermitReaders.UNLIMITED : BigInteger.ZERO,
                out);
    }

    private static void position(Signed signed, TypedData.Struct message, Reading out) {
        Book.Token collection = out.book().collection("erc721", signed.contract());
        BigInteger id = message.number("tokenId", WORD_BITS);
        out.tell(
                signed.draft(ActionKind.PERMIT, PermitReaders.ERC4494)
                        .to(message.address("spender"))
                        .of(collection)
                        .tokenId(id)
                        .expires(message.number("deadline", WORD_BITS)),
                "Allow " + out.book().who(message.address("spender")) + " to take number " + id + " of "
                        + collection.collection());
    }

    private static void authorization(Signed signed, TypedData.Struct message, Reading out) {
        Book.Token token = out.book().token(signed.contract());
        BigInteger amount = message.number("value", WORD_BITS);
        BigInteger end = message.number("validBefore", WORD_BITS);
        out.tell(
                signed.draft(ActionKind.TRANSFER_AUTHORIZATION, PermitReaders.EIP3009)
                        .from(message.address("from"))
                        .to(message.address("to"))
                        .of(token)
                        .amount(amount)
                        .expires(end),
                "Allow whoever has the signature to send " + token.amount(amount) + " from "
                        + out.book().who(message.address("from")) + " to "
                        + out.book().who(message.address("to")) + ", " + Words.until(end));
    }

    private static void cancellation(Signed signed, TypedData.Struct message, Reading out) {
        out.tell(
                signed.draft(ActionKind.TRANSFER_AUTHORIZATION, PermitReaders.EIP3009)
                        .from(message.address("authorizer"))
                        .of(out.book().token(signed.contract()))
                        .amount(BigInteger.ZERO)
                        .flag(Flag.REVOKES, true),
                "Cancel a signed transfer of " + out.book().who(message.address("authorizer")));
    }

    private static void permitSingle(Signed signed, TypedData.Struct message, Reading out) {
        allowance(signed, ROOT, message, message.struct("details"), out);
    }

    private static void permitBatch(Signed signed, TypedData.Struct message, Reading out) {
        List<TypedData.Struct> details = message.structs("details");
        require(!details.isEmpty());
        for (int i = 0; i < details.size() && !out.isFull(); i++) {
            allowance(signed, ROOT + ".details[" + i + "]", message, details.get(i), out);
        }
    }

    private static void allowance(
            Signed signed, String path, TypedData.Struct message, TypedData.Struct details, Reading out) {
        BigInteger expiration = details.number("expiration", TIME_BITS);
        PermitReaders.allowance(
                signed.draft(ActionKind.PERMIT, Permit2Readers.STANDARD, path)
                        .expires(Permit2Readers.expires(expiration, message.number("sigDeadline", WORD_BITS))),
                out.book().token(details.address("token")),
                signed.from(),
                message.address("spender"),
                details.number("amount", Permit2Readers.AMOUNT_BITS),
                out);
    }

    private static void transfer(Signed signed, TypedData.Struct message, Reading out) {
        transferable(signed, ROOT, message, message.struct("permitted"), out);
    }

    private static void transfers(Signed signed, TypedData.Struct message, Reading out) {
        List<TypedData.Struct> permitted = message.structs("permitted");
        require(!permitted.isEmpty());
        for (int i = 0; i < permitted.size() && !out.isFull(); i++) {
            transferable(signed, ROOT + ".permitted[" + i + "]", message, permitted.get(i), out);
        }
    }

    /** Whom the spender gives it to is not signed. */
    private static void transferable(
            Signed signed, String path, TypedData.Struct message, TypedData.Struct permitted, Reading out) {
        Book.Token token = out.book().token(permitted.address("token"));
        BigInteger amount = permitted.number("amount", WORD_BITS);
        BigInteger end = message.number("deadline", WORD_BITS);
        ActionDraft draft = signed.draft(ActionKind.TRANSFER_AUTHORIZATION, Permit2Readers.STANDARD, path)
                .to(message.address("spender"))
                .of(token)
                .allowance(amount)
                .expires(end);
        out.tell(
                draft,
                "Allow " + out.book().who(message.address("spender")) + " to take "
                        + FungibleReaders.much(token, amount, draft)
                        + " once and send it to anybody, " + Words.until(end));
    }

    private static void safe(Signed signed, TypedData.Struct message, Reading out) {
        out.tell(
                signed.draft(ActionKind.CONTRACT_CALL, SafeReaders.STANDARD),
                "Let the account " + out.book().who(signed.contract()) + " act, as far as its owners agree");
        BigInteger operation = message.number("operation", 8);
        BigInteger value = message.number("value", WORD_BITS);
        SafeReaders.operation(
                signed.call(ROOT + ".SafeTx", message.address("to"), value, message.bytes("data")),
                operation.intValue(),
                out);
        if (message.number("gasPrice", WORD_BITS).signum() > 0) {
            out.tell(
                    signed.draft(ActionKind.UNREADABLE, SafeReaders.STANDARD, ROOT + ".refund"),
                    "The account pays the gas back to " + out.book().who(message.address("refundReceiver"))
                            + "; how much is known only afterwards");
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("an empty list");
        }
    }
}
