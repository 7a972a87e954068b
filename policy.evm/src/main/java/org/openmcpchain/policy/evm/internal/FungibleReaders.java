/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/**
 * Fungible tokens, and what they share with non-fungible ones: {@code approve} and {@code transferFrom} have the same
 * selectors in both standards. The network's list of assets decides; for a contract that it does not list both meanings
 * are told, because either can be the true one. Source: ERC-20, ERC-721, WETH9.
 */
final class FungibleReaders {

    private static final String ERC20 = "ERC-20";
    private static final String ERC721 = "ERC-721";

    private FungibleReaders() {}

    static void addTo(Functions functions) {
        functions.add(ERC20, "transfer(address,uint256)", FungibleReaders::transfer);
        functions.add(ERC20, "transferFrom(address,address,uint256)", FungibleReaders::transferFrom);
        functions.add(ERC20, "approve(address,uint256)", FungibleReaders::approve);
        functions.add(ERC20, "increaseAllowance(address,uint256)", FungibleReaders::increase);
        functions.add(ERC20, "decreaseAllowance(address,uint256)", FungibleReaders::decrease);
        functions.add(ERC20, "burn(uint256)", FungibleReaders::burn);
        functions.add("WETH", "deposit()", FungibleReaders::wrap);
        functions.add("WETH", "withdraw(uint256)", FungibleReaders::unwrap);
    }

    private static void transfer(Call call, Arguments arguments, Functions.Known function, Reading out) {
        moved(
                ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function),
                call,
                call.from(),
                arguments.address(0),
                arguments.number(1),
                out);
    }

    private static void transferFrom(Call call, Arguments arguments, Functions.Known function, Reading out) {
        String owner = arguments.address(0);
        String receiver = arguments.address(1);
        if (!out.book().isCollection(call.to())) {
            moved(
                    ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function),
                    call,
                    owner,
                    receiver,
                    arguments.number(2),
                    out);
        }
        if (!out.book().isToken(call.to())) {
            NonFungibleReaders.moved(
                    ActionDraft.of(ActionKind.NFT_TRANSFER, call, function).standard(ERC721),
                    out.book().collection("erc721", call.to()),
                    owner,
                    receiver,
                    arguments.number(2),
                    BigInteger.ONE,
                    out);
        }
    }

    private static void moved(
            ActionDraft draft, Call call, String owner, String receiver, BigInteger amount, Reading out) {
        Book.Token token = out.book().token(call.to());
        out.tell(
                draft.from(owner).to(receiver).of(token).amount(amount),
                "Send " + token.amount(amount) + " from " + out.book().who(owner) + " to "
                        + out.book().who(receiver));
    }

    private static void approve(Call call, Arguments arguments, Functions.Known function, Reading out) {
        String spender = arguments.address(0);
        BigInteger number = arguments.number(1);
        if (!out.book().isCollection(call.to())) {
            allowed(ActionDraft.of(ActionKind.TOKEN_APPROVAL, call, function), call, spender, number, out);
        }
        if (!out.book().isToken(call.to())) {
            Book.Token collection = out.book().collection("erc721", call.to());
            String words = Hex.isZero(spender)
                    ? "Let nobody take number " + number + " of " + collection.collection() + " any more"
                    : "Allow " + out.book().who(spender) + " to take number " + number + " of "
                            + collection.collection();
            out.tell(
                    ActionDraft.of(ActionKind.NFT_APPROVAL, call, function)
                            .standard(ERC721)
                            .to(spender)
                            .of(collection)
                            .tokenId(number)
                            .flag(Flag.REVOKES, Hex.isZero(spender)),
                    words);
        }
    }

    private static void allowed(ActionDraft draft, Call call, String spender, BigInteger amount, Reading out) {
        Book.Token token = out.book().token(call.to());
        draft.to(spender).of(token).allowance(amount);
        out.tell(draft, allowance(out.book(), spender, token, amount, draft));
    }

    /** The sentence of an allowance. */
    static String allowance(Book book, String spender, Book.Token token, BigInteger amount, ActionDraft draft) {
        if (draft.is(Flag.REVOKES)) {
            return "Let " + book.who(spender) + " take no more " + token.what();
        }
        return "Allow " + book.who(spender) + " to take " + much(token, amount, draft);
    }

    /** {@code 1.5 USDC}, or {@code an unlimited amount of USDC}. */
    static String much(Book.Token token, BigInteger amount, ActionDraft draft) {
        return draft.is(Flag.UNLIMITED) ? "an unlimited amount of " + token.what() : token.amount(amount);
    }

    private static void increase(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token token = out.book().token(call.to());
        BigInteger amount = arguments.number(1);
        ActionDraft draft = ActionDraft.of(ActionKind.TOKEN_APPROVAL, call, function)
                .to(arguments.address(0))
                .of(token)
                .limit(amount);
        out.tell(
                draft,
                "Allow " + out.book().who(arguments.address(0)) + " to take " + much(token, amount, draft)
                        + " more than before");
    }

    private static void decrease(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token token = out.book().token(call.to());
        BigInteger amount = arguments.number(1);
        // How much is left is not known here, and nothing is added: the allowance that this gives is none.
        out.tell(
                ActionDraft.of(ActionKind.TOKEN_APPROVAL, call, function)
                        .to(arguments.address(0))
                        .of(token)
                        .amount(BigInteger.ZERO)
                        .flag(Flag.REVOKES, true),
                "Let " + out.book().who(arguments.address(0)) + " take " + token.amount(amount) + " less than before");
    }

    private static void burn(Call call, Arguments arguments, Functions.Known function, Reading out) {
        BigInteger number = arguments.number(0);
        if (!out.book().isCollection(call.to())) {
            Book.Token token = out.book().token(call.to());
            out.tell(
                    ActionDraft.of(ActionKind.TOKEN_TRANSFER, call, function)
                            .to(Hex.ZERO_ADDRESS)
                            .of(token)
                            .amount(number),
                    "Destroy " + token.amount(number));
        }
        if (!out.book().isToken(call.to())) {
            Book.Token collection = out.book().collection("erc721", call.to());
            out.tell(
                    ActionDraft.of(ActionKind.NFT_TRANSFER, call, function)
                            .standard(ERC721)
                            .to(Hex.ZERO_ADDRESS)
                            .of(collection)
                            .tokenId(number)
                            .amount(BigInteger.ONE),
                    "Destroy number " + number + " of " + collection.collection());
        }
    }

    private static void wrap(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function),
                "Deposit " + out.book().coin().amount(call.value()) + " into "
                        + out.book().who(call.to()));
    }

    private static void unwrap(Call call, Arguments arguments, Functions.Known function, Reading out) {
        Book.Token token = out.book().token(call.to());
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function)
                        .of(token)
                        .amount(arguments.number(0)),
                "Withdraw " + token.amount(arguments.number(0)) + " from "
                        + out.book().who(call.to()));
    }
}
