/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.tool.AgentTool;
import org.openmcpchain.tool.ContractPermission;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.Example;
import org.openmcpchain.tool.Tool;
import org.openmcpchain.tool.ToolContext;
import org.openmcpchain.tool.ToolException;
import org.openmcpchain.tool.ToolOperation;
import org.osgi.service.component.annotations.Component;

/** Mints, transfers and looks up ERC-721 tokens. Stateless and thread-safe. */
@Component(name = "org.openmcpchain.tool.nft.NftTool", service = Tool.class)
@AgentTool(name = "nft")
@ContractPermission(Collection.DEFAULT)
public final class NftTool implements Tool {

    /** Mints a token and waits until it is mined. */
    @ToolOperation(
            name = "mint",
            description = "Mints (creates) a new NFT in a collection and gives it to an address or a named account;"
                    + " answers with the id of the new token.",
            effect = Effect.TRANSACTION,
            deadlineSeconds = 120,
            examples = {
                @Example(
                        goal = "mint an NFT to 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                        arguments = "{\"to\":\"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\"}"),
                @Example(goal = "mint a new NFT for alice.eth", arguments = "{\"to\":\"alice.eth\"}"),
                @Example(goal = "create a collectible and send it to bob.eth", arguments = "{\"to\":\"bob.eth\"}"),
                @Example(goal = "give treasury.eth a freshly minted token", arguments = "{\"to\":\"treasury.eth\"}")
            })
    public Minted mint(MintRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Collection collection = Collection.of(chain, request.collection());
        String to = Collection.receiver(chain, request.to());
        TransactionReceipt receipt = chain.send(
                        intent("mint", "Mint an NFT to " + to, collection.call("mint(address)", to)))
                .orThrow();
        BigInteger tokenId = collection
                .received(receipt.logs(), to)
                .orElseThrow(() -> new ToolException("The transaction " + receipt.hash()
                        + " was mined, but its events show no new token; the contract is not an ERC-721."));
        return new Minted(
                "Minted token " + tokenId + " to " + to + " in block " + receipt.blockNumber() + ".",
                chain.network().id().toString(),
                collection.address(),
                tokenId.toString(),
                to,
                receipt.hash(),
                receipt.blockNumber(),
                receipt.gasUsed().longValueExact());
    }

    /** Transfers a token of the run's account and waits until it is mined. */
    @ToolOperation(
            name = "transfer",
            description =
                    "Transfers (sends, gives) an existing NFT, named by its token id, from your account to another"
                            + " address or named account.",
            effect = Effect.TRANSACTION,
            deadlineSeconds = 120,
            examples = {
                @Example(goal = "transfer NFT 7 to bob.eth", arguments = "{\"tokenId\":\"7\",\"to\":\"bob.eth\"}"),
                @Example(
                        goal = "send token #12 to 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
                        arguments = "{\"tokenId\":\"12\",\"to\":\"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC\"}"),
                @Example(
                        goal = "give my NFT with id 3 to alice.eth",
                        arguments = "{\"tokenId\":\"3\",\"to\":\"alice.eth\"}")
            })
    public Transferred transfer(TransferRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Collection collection = Collection.of(chain, request.collection());
        BigInteger tokenId = Collection.checked(request.tokenId());
        String from = chain.account().address();
        String to = Collection.receiver(chain, request.to());
        Outcome<TransactionReceipt> outcome = chain.send(intent(
                "transfer",
                "Transfer NFT " + tokenId + " to " + to,
                collection.call("safeTransferFrom(address,address,uint256)", from, to, tokenId)));
        TransactionReceipt receipt = settle(outcome, collection, tokenId, from);
        return new Transferred(
                "Transferred token " + tokenId + " to " + to + " in block " + receipt.blockNumber() + ".",
                chain.network().id().toString(),
                collection.address(),
                tokenId.toString(),
                from,
                to,
                receipt.hash(),
                receipt.blockNumber(),
                receipt.gasUsed().longValueExact());
    }

    /** Says who owns a token. */
    @ToolOperation(
            name = "owner",
            description = "Says who owns an NFT that is named by its token id.",
            effect = Effect.READ,
            examples = {
                @Example(goal = "who owns NFT 7", arguments = "{\"tokenId\":\"7\"}"),
                @Example(goal = "show the owner of token #12", arguments = "{\"tokenId\":\"12\"}"),
                @Example(goal = "to whom does the NFT with id 3 belong", arguments = "{\"tokenId\":\"3\"}")
            })
    public Ownership owner(OwnerRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Collection collection = Collection.of(chain, request.collection());
        BigInteger tokenId = Collection.checked(request.tokenId());
        long block = chain.head().number();
        String owner = collection.owner(tokenId).orElseThrow(() -> noToken(tokenId));
        return new Ownership(
                "Token " + tokenId + " belongs to " + owner + ".",
                chain.network().id().toString(),
                collection.address(),
                tokenId.toString(),
                owner,
                name(chain, owner),
                block);
    }

    /** Counts the tokens of an account. */
    @ToolOperation(
            name = "balance",
            description = "Counts how many NFTs of a collection an address or a named account holds.",
            effect = Effect.READ,
            examples = {
                @Example(goal = "how many NFTs does alice.eth have", arguments = "{\"owner\":\"alice.eth\"}"),
                @Example(
                        goal = "count the NFTs of 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                        arguments = "{\"owner\":\"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\"}"),
                @Example(goal = "how many NFTs do I own", arguments = "{}")
            })
    public Holding balance(BalanceRequest request, ToolContext context) {
        ChainAccess chain = context.chain();
        Collection collection = Collection.of(chain, request.collection());
        String owner = request.owner() == null || request.owner().isBlank()
                ? chain.account().address()
                : chain.resolve(request.owner().strip());
        long block = chain.head().number();
        String count = collection.count(owner).toString();
        return new Holding(
                owner + " holds " + count + " of this collection.",
                chain.network().id().toString(),
                collection.address(),
                owner,
                count,
                block);
    }

    /**
     * Explains a refusal. It is asked for the owner only now: after a restart the token may be gone already, and then
     * the host answers with the outcome of the first transfer.
     */
    private static TransactionReceipt settle(
            Outcome<TransactionReceipt> outcome, Collection collection, BigInteger tokenId, String from) {
        if (outcome instanceof Outcome.Failed<TransactionReceipt>) {
            String owner = collection.owner(tokenId).orElseThrow(() -> noToken(tokenId));
            if (!owner.equalsIgnoreCase(from)) {
                throw new ToolException("NFT " + tokenId + " belongs to " + owner
                        + " and not to the account of this run, " + from + ".");
            }
        }
        return outcome.orThrow();
    }

    private static ToolException noToken(BigInteger tokenId) {
        return new ToolException("There is no NFT " + tokenId + " in this collection.");
    }

    private static TransactionIntent intent(String label, String description, ContractCall call) {
        return TransactionIntent.builder(label)
                .description(description)
                .call(call)
                .build();
    }

    private static String name(ChainAccess chain, String address) {
        Optional<String> name = chain.network().names().entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(address))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
        return name.orElse(null);
    }
}
