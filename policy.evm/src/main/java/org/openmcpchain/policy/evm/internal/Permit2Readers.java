/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/** Uniswap's Permit2. Source: github.com/Uniswap/permit2, AllowanceTransfer and SignatureTransfer. */
final class Permit2Readers {

    static final String STANDARD = "Permit2";
    static final int AMOUNT_BITS = 160;
    static final int WORD_BITS = 256;

    private static final String DETAILS = "(address,uint160,uint48,uint48)";
    private static final String PERMITTED = "(address,uint256)";

    private Permit2Readers() {}

    static void addTo(Functions functions) {
        functions.add(STANDARD, "approve(address,address,uint160,uint48)", Permit2Readers::approve);
        functions.add(
                STANDARD, "permit(address,(" + DETAILS + ",address,uint256),bytes)", Permit2Readers::permitSingle);
        functions.add(
                STANDARD, "permit(address,(" + DETAILS + "[],address,uint256),bytes)", Permit2Readers::permitBatch);
        functions.add(STANDARD, "transferFrom(address,address,uint160,address)", Permit2Readers::transfer);
        functions.add(STANDARD, "transferFrom((address,address,uint160,address)[])", Permit2Readers::transfers);
        functions.add(
                STANDARD,
                "permitTransferFrom((" + PERMITTED + ",uint256,uint256)," + PERMITTED + ",address,bytes)",
                Permit2Readers::signedTransfer);
        functions.add(
                STANDARD,
                "permitTransferFrom((" + PERMITTED + "[],uint256,uint256)," + PERMITTED + "[],address,bytes)",
                Permit2Readers::signedTransfers);
        functions.add(
                STANDARD,
                "permitWitnessTransferFrom((" + PERMITTED + ",uint256,uint256)," + PERMITTED
                        + ",address,bytes32,string,bytes)",
                Permit2Readers::signedTransfer);
        functions.add(
                STANDARD,
                "permitWitnessTransferFrom((" + PERMITTED + "[],uint256,uint256)," + PERMITTED
                        + "[],address,bytes32,string,bytes)",
                Permit2Readers::signedTransfers);
        functions.add(STANDARD, "lockdown((address,address)[])", Permit2Readers::lockdown);
    }

    private static void approve(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token token = out.book().token(arguments.address(0));
        BigInteger amount = arguments.number(2);
        BigInteger expiration = arguments.number(3);
        ActionDraft draft = ActionDraft.of(ActionKind.TOKEN_APPROVAL, call, function)
                .to(arguments.address(1))
                .of(token)
                .allowance(amount);
        // 0 stands for the block in which it is mined.
        if (expiration.signum() > 0) {
            draft.expires(expiration);
        }
        out.tell(
                draft,
                FungibleReaders.allowance(out.book(), arguments.address(1), token, amount, draft) + " through Permit2");
    }

    private static void permitSingle(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Arguments permit = arguments.tuple(1);
        allowance(
                ActionDraft.of(ActionKind.PERMIT, call, function),
                arguments.address(0),
                permit.address(1),
                permit.tuple(0),
                permit.number(2),
                out);
    }

    private static void permitBatch(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Arguments permit = arguments.tuple(1);
        List<Arguments> details = permit.tuples(0);
        if (details.isEmpty()) {
            out.tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), "Allow nothing through Permit2");
        }
        for (int i = 0; i < details.size() && !out.isFull(); i++) {
            allowance(
                    ActionDraft.of(ActionKind.PERMIT, call, function).path(place(call, function, i)),
                    arguments.address(0),
                    permit.address(1),
                    details.get(i),
                    permit.number(2),
                    out);
        }
    }

    private static void allowance(
            ActionDraft draft, String owner, String spender, Arguments details, BigInteger deadline, Reading out) {
        PermitReaders.allowance(
                draft.expires(expires(details.number(2), deadline)),
                out.book().token(details.address(0)),
                owner,
                spender,
                details.number(1),
                out);
    }

    /** An allowance that ends with its own block (0) can be made as long as the signature is good. */
    static BigInteger expires(BigInteger expiration, BigInteger deadline) {
        return expiration.signum() == 0 ? deadline : expiration;
    }

    private static void transfer(Call call, Arguments arguments, Functions.Known function, Reading out) {
        moved(ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function), arguments, out);
    }

    private static void transfers(Call call, Arguments arguments, Functions.Known function, Reading out) {
        List<Arguments> details = arguments.tuples(0);
        if (details.isEmpty()) {
            out.tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), "Send nothing through Permit2");
        }
        for (int i = 0; i < details.size() && !out.isFull(); i++) {
            moved(
                    ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function).path(place(call, function, i)),
                    details.get(i),
                    out);
        }
    }

    /** @param details from, to, amount, token */
    private static void moved(ActionDraft draft, Arguments details, Reading out) {
        tellMoved(
                draft,
                out.book().token(details.address(3)),
                details.address(0),
                details.address(1),
                details.number(2),
                out);
    }

    private static void tellMoved(
            ActionDraft draft, Book.Token token, String owner, String receiver, BigInteger amount, Reading out) {
        out.tell(
                draft.from(owner).to(receiver).of(token).amount(amount),
                "Send " + token.amount(amount) + " from " + out.book().who(owner) + " to "
                        + out.book().who(receiver) + " through Permit2");
    }

    private static void signedTransfer(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Arguments details = arguments.tuple(1);
        tellMoved(
                ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function),
                out.book().token(arguments.tuple(0).tuple(0).address(0)),
                arguments.address(2),
                details.address(0),
                details.number(1),
                out);
    }

    private static void signedTransfers(Call call, Arguments arguments, Functions.Known function, Reading out) {
        List<Arguments> permitted = arguments.tuple(0).tuples(0);
        List<Arguments> details = arguments.tuples(1);
        if (permitted.size() != details.size() || details.isEmpty()) {
            throw new IllegalArgumentException("as many transfers as tokens, and at least one");
        }
        for (int i = 0; i < details.size() && !out.isFull(); i++) {
            tellMoved(
                    ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function).path(place(call, function, i)),
                    out.book().token(permitted.get(i).address(0)),
                    arguments.address(2),
                    details.get(i).address(0),
                    details.get(i).number(1),
                    out);
        }
    }

    private static void lockdown(Call call, Arguments arguments, Functions.Known function, Reading out) {
        List<Arguments> pairs = arguments.tuples(0);
        for (int i = 0; i < pairs.size() && !out.isFull(); i++) {
            Book.Token token = out.book().token(pairs.get(i).address(0));
            out.tell(
                    ActionDraft.of(ActionKind.TOKEN_APPROVAL, call, function)
                            .path(place(call, function, i))
                            .to(pairs.get(i).address(1))
                            .of(token)
                            .amount(BigInteger.ZERO)
                            .flag(Flag.REVOKES, true),
                    "Let " + out.book().who(pairs.get(i).address(1)) + " take no more " + token.what()
                            + " through Permit2");
        }
        if (pairs.isEmpty()) {
            out.tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), "Take no allowance away");
        }
    }

    private static String place(Call call, Functions.Known function, int index) {
        return call.path() + "." + function.name() + "[" + index + "]";
    }
}
