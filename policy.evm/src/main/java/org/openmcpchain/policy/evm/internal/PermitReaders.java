/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/**
 * Signed allowances and transfers that somebody brings to the chain. Source: ERC-2612, DAI, ERC-4494 and Uniswap v3's
 * positions, EIP-3009.
 */
final class PermitReaders {

    static final BigInteger UNLIMITED = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    static final String ERC2612 = "EIP-2612";
    static final String DAI = "DAI";
    static final String ERC4494 = "ERC-4494";
    static final String EIP3009 = "EIP-3009";

    private static final String AUTHORIZATION = "(address,address,uint256,uint256,uint256,bytes32,";

    private PermitReaders() {}

    static void addTo(Functions functions) {
        functions.add(ERC2612, "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)", PermitReaders::permit);
        functions.add(ERC2612, "permit(address,address,uint256,uint256,bytes)", PermitReaders::permit);
        functions.add(DAI, "permit(address,address,uint256,uint256,bool,uint8,bytes32,bytes32)", PermitReaders::dai);
        functions.add(ERC4494, "permit(address,uint256,uint256,uint8,bytes32,bytes32)", PermitReaders::token);
        functions.add(ERC4494, "permit(address,uint256,uint256,bytes)", PermitReaders::token);
        for (String signature : new String[] {"uint8,bytes32,bytes32)", "bytes)"}) {
            functions.add(EIP3009, "transferWithAuthorization" + AUTHORIZATION + signature, PermitReaders::authorized);
            functions.add(EIP3009, "receiveWithAuthorization" + AUTHORIZATION + signature, PermitReaders::authorized);
            functions.add(EIP3009, "cancelAuthorization(address,bytes32," + signature, PermitReaders::cancelled);
        }
    }

    private static void permit(Call call, Arguments arguments, Functions.Known function, Reading out) {
        allowance(
                ActionDraft.of(ActionKind.PERMIT, call, function).expires(arguments.number(3)),
                out.book().token(call.to()),
                arguments.address(0),
                arguments.address(1),
                arguments.number(2),
                out);
    }

    private static void dai(Call call, Arguments arguments, Functions.Known function, Reading out) {
        BigInteger expiry = arguments.number(3);
        allowance(
                ActionDraft.of(ActionKind.PERMIT, call, function).expires(daiExpiry(expiry)),
                out.book().token(call.to()),
                arguments.address(0),
                arguments.address(1),
                arguments.flag(4) ? UNLIMITED : BigInteger.ZERO,
                out);
    }

    /** DAI writes "never" as 0. */
    static BigInteger daiExpiry(BigInteger expiry) {
        return expiry.signum() == 0 ? UNLIMITED : expiry;
    }

    /** Tells a signed allowance; its end is set already. */
    static void allowance(
            ActionDraft draft, Book.Token token, String owner, String spender, BigInteger amount, Reading out) {
        draft.from(owner).to(spender).of(token).allowance(amount);
        out.tell(
                draft,
                "Signed by " + out.book().who(owner) + ": "
                        + FungibleReaders.allowance(out.book(), spender, token, amount, draft) + end(draft));
    }

    private static String end(ActionDraft draft) {
        return draft.is(Flag.NO_EXPIRY) ? ", without an end" : "";
    }

    private static void token(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token collection = out.book().collection("erc721", call.to());
        out.tell(
                ActionDraft.of(ActionKind.PERMIT, call, function)
                        .from(null)
                        .to(arguments.address(0))
                        .of(collection)
                        .tokenId(arguments.number(1))
                        .expires(arguments.number(2)),
                "Signed by its owner: Allow " + out.book().who(arguments.address(0)) + " to take number "
                        + arguments.number(1) + " of " + collection.collection());
    }

    private static void authorized(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token token = out.book().token(call.to());
        BigInteger amount = arguments.number(2);
        out.tell(
                ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function)
                        .from(arguments.address(0))
                        .to(arguments.address(1))
                        .of(token)
                        .amount(amount),
                "Signed by " + out.book().who(arguments.address(0)) + ": Send " + token.amount(amount) + " to "
                        + out.book().who(arguments.address(1)));
    }

    private static void cancelled(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function)
                        .from(arguments.address(0))
                        .flag(Flag.REVOKES, true),
                "Cancel a signed transfer of " + out.book().who(arguments.address(0)));
    }
}
