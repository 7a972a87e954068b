/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/** Non-fungible and semi-fungible tokens. Source: ERC-721, ERC-1155. */
final class NonFungibleReaders {

    private static final String ERC721 = "ERC-721";
    private static final String ERC1155 = "ERC-1155";

    private NonFungibleReaders() {}

    static void addTo(Functions functions) {
        functions.add(ERC721, "safeTransferFrom(address,address,uint256)", NonFungibleReaders::transfer);
        functions.add(ERC721, "safeTransferFrom(address,address,uint256,bytes)", NonFungibleReaders::transfer);
        functions.add(ERC721, "setApprovalForAll(address,bool)", NonFungibleReaders::operator);
        functions.add(ERC1155, "safeTransferFrom(address,address,uint256,uint256,bytes)", NonFungibleReaders::single);
        functions.add(
                ERC1155, "safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)", NonFungibleReaders::batch);
        functions.add(ERC721, "mint(address)", NonFungibleReaders::mint);
        functions.add(ERC721, "safeMint(address)", NonFungibleReaders::mint);
        functions.add(null, "mint(address,uint256)", NonFungibleReaders::mint);
        functions.add(ERC721, "safeMint(address,uint256)", NonFungibleReaders::mint);
    }

    /** Tells that tokens of a collection change hands. */
    static void moved(
            ActionDraft draft,
            Book.Token collection,
            String owner,
            String receiver,
            BigInteger id,
            BigInteger amount,
            Reading out) {
        String many = amount.equals(BigInteger.ONE) ? "" : amount + " of ";
        out.tell(
                draft.from(owner).to(receiver).of(collection).tokenId(id).amount(amount),
                "Send " + many + "number " + id + " of " + collection.collection() + " from "
                        + out.book().who(owner) + " to " + out.book().who(receiver));
    }

    private static void transfer(Call call, Arguments arguments, Functions.Known function, Reading out) {
        moved(
                ActionDraft.of(ActionKind.NFT_TRANSFER, call, function),
                out.book().collection("erc721", call.to()),
                arguments.address(0),
                arguments.address(1),
                arguments.number(2),
                BigInteger.ONE,
                out);
    }

    private static void single(Call call, Arguments arguments, Functions.Known function, Reading out) {
        moved(
                ActionDraft.of(ActionKind.NFT_TRANSFER, call, function),
                out.book().collection("erc1155", call.to()),
                arguments.address(0),
                arguments.address(1),
                arguments.number(2),
                arguments.number(3),
                out);
    }

    private static void batch(Call call, Arguments arguments, Functions.Known function, Reading out) {
        List<BigInteger> ids = arguments.numbers(2);
        List<BigInteger> amounts = arguments.numbers(3);
        if (ids.size() != amounts.size()) {
            throw new IllegalArgumentException("as many amounts as ids");
        }
        if (ids.isEmpty()) {
            out.tell(ActionDraft.of(ActionKind.CONTRACT_CALL, call, function), "Send no token at all");
        }
        for (int i = 0; i < ids.size() && !out.isFull(); i++) {
            moved(
                    ActionDraft.of(ActionKind.NFT_TRANSFER, call, function)
                            .path(call.path() + "." + function.name() + "[" + i + "]"),
                    out.book().collection("erc1155", call.to()),
                    arguments.address(0),
                    arguments.address(1),
                    ids.get(i),
                    amounts.get(i),
                    out);
        }
    }

    /** The same function stands in both standards; which one it is changes nothing of what it gives away. */
    private static void operator(Call call, Arguments arguments, Functions.Known function, Reading out) {
        String operator = out.book().who(arguments.address(0));
        String what = out.book().collection("erc721", call.to()).collection();
        boolean given = arguments.flag(1);
        out.tell(
                ActionDraft.of(ActionKind.OPERATOR_APPROVAL, call, function)
                        .to(arguments.address(0))
                        .of(out.book().collection("erc721", call.to()))
                        .flag(Flag.UNLIMITED, given)
                        .flag(Flag.REVOKES, !given),
                given
                        ? "Allow " + operator + " to take every token of " + what + ", those to come too"
                        : "Let " + operator + " take no more tokens of " + what);
    }

    private static void mint(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function).to(arguments.address(0)),
                "Mint at " + out.book().who(call.to()) + " for " + out.book().who(arguments.address(0)));
    }
}
