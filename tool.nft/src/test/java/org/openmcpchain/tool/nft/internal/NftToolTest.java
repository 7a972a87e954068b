/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.openmcpchain.author.testkit.FakeChainAccess;
import org.openmcpchain.author.testkit.FakeLogs;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.author.testkit.FakeToolContext;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.run.OutcomeException;
import org.openmcpchain.tool.ToolException;

final class NftToolTest {

    private static final String ME = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private static final String ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private static final String COLLECTION = "0x00000000000000000000000000000000000000c1";
    private static final String OTHER = "0x00000000000000000000000000000000000000c2";
    private static final String NOBODY = "0x0000000000000000000000000000000000000000";

    private final FakeChainAccess chain = new FakeChainAccess(
            FakeNetwork.builder()
                    .contract("erc721.default", COLLECTION)
                    .contract("erc721.art", OTHER)
                    .name("alice.eth", ALICE)
                    .build(),
            ME);
    private final FakeToolContext context = FakeToolContext.on(chain);
    private final NftTool tool = new NftTool();

    @Test
    void readsTheTokenIdOfAMintFromItsEvent() {
        chain.mines(
                "mint",
                FakeLogs.erc721Transfer(OTHER, NOBODY, ALICE, BigInteger.valueOf(99)),
                FakeLogs.erc20Transfer(COLLECTION, NOBODY, ALICE, BigInteger.valueOf(98)),
                FakeLogs.erc721Transfer(COLLECTION, NOBODY, ALICE, BigInteger.valueOf(5)));

        Minted minted = tool.mint(new MintRequest(" alice.eth ", null), context);

        TransactionIntent intent = chain.sent().get(0);
        assertThat(intent.to()).isEqualTo(COLLECTION);
        assertThat(intent.call().orElseThrow().function()).isEqualTo("mint(address)");
        assertThat(intent.call().orElseThrow().arguments()).containsExactly(ALICE);
        assertThat(minted.tokenId()).isEqualTo("5");
        assertThat(minted.to()).isEqualTo(ALICE);
        assertThat(minted.network()).isEqualTo("eip155:31337");
        assertThat(minted.blockNumber()).isEqualTo(101);
    }

    @Test
    void mintsOnceAlthoughCalledTwice() {
        chain.mines("mint", FakeLogs.erc721Transfer(COLLECTION, NOBODY, ALICE, BigInteger.ONE));

        assertThat(tool.mint(new MintRequest(ALICE, ""), context))
                .isEqualTo(tool.mint(new MintRequest(ALICE, ""), context));
        assertThat(chain.sent()).hasSize(1);
    }

    @Test
    void saysWhenAMintShowsNoToken() {
        chain.mines("mint");

        assertThatThrownBy(() -> tool.mint(new MintRequest(ALICE, null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no new token");
    }

    @Test
    void usesTheNamedCollection() {
        chain.answer(OTHER, "balanceOf", BigInteger.TWO);

        assertThat(tool.balance(new BalanceRequest("alice.eth", "erc721.art"), context)
                        .collection())
                .isEqualTo(OTHER);
        assertThat(tool.balance(new BalanceRequest("alice.eth", OTHER), context).count())
                .isEqualTo("2");
        assertThatThrownBy(() -> tool.balance(new BalanceRequest("alice.eth", "erc721.none"), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no collection erc721.none");
    }

    @Test
    void transfersFromTheAccountOfTheRun() {
        chain.mines("transfer", FakeLogs.erc721Transfer(COLLECTION, ME, ALICE, BigInteger.valueOf(7)));

        Transferred transferred = tool.transfer(new TransferRequest(BigInteger.valueOf(7), "alice.eth", null), context);

        assertThat(chain.sent().get(0).call().orElseThrow().arguments())
                .containsExactly(ME, ALICE, BigInteger.valueOf(7));
        assertThat(transferred.from()).isEqualTo(ME);
        assertThat(transferred.transactionHash()).startsWith("0x");
    }

    @Test
    void answersAgainAfterARestartAlthoughTheTokenIsGone() {
        chain.mines("transfer").answer(COLLECTION, "ownerOf", ALICE);
        TransferRequest request = new TransferRequest(BigInteger.ONE, ALICE, null);

        assertThat(tool.transfer(request, context)).isEqualTo(tool.transfer(request, context));
        assertThat(chain.sent()).hasSize(1);
    }

    @Test
    void explainsWhyATransferIsRefused() {
        TransferRequest request = new TransferRequest(BigInteger.ONE, ALICE, null);
        chain.refuses("transfer", "ERC721: caller is not token owner or approved");

        chain.answer(COLLECTION, "ownerOf", ALICE);
        assertThatThrownBy(() -> tool.transfer(request, context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("belongs to " + ALICE);

        chain.revert(COLLECTION, "ownerOf", "ERC721: invalid token ID");
        assertThatThrownBy(() -> tool.transfer(request, context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no NFT 1");

        chain.answer(COLLECTION, "ownerOf", ME);
        assertThatThrownBy(() -> tool.transfer(request, context)).isInstanceOf(OutcomeException.class);
    }

    @Test
    void refusesToDestroy() {
        assertThatThrownBy(() -> tool.mint(new MintRequest(NOBODY, null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("zero address");
        assertThat(chain.sent()).isEmpty();
    }

    @Test
    void leavesUnknownNamesToTheHost() {
        assertThatThrownBy(() -> tool.mint(new MintRequest("mallory.eth", null), context))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(ChainError.CHAIN_NAME_UNKNOWN));
    }

    @Test
    void namesTheOwner() {
        chain.answer(COLLECTION, "ownerOf", ALICE.toLowerCase());

        Ownership ownership = tool.owner(new OwnerRequest(BigInteger.ZERO, null), context);

        assertThat(ownership.owner()).isEqualToIgnoringCase(ALICE);
        assertThat(ownership.ownerName()).isEqualTo("alice.eth");

        chain.answer(COLLECTION, "ownerOf", ME);
        assertThat(tool.owner(new OwnerRequest(BigInteger.ZERO, null), context).ownerName())
                .isNull();
    }

    @Test
    void tellsATokenThatDoesNotExistFromAChainThatDoesNotAnswer() {
        chain.revert(COLLECTION, "ownerOf", "ERC721: invalid token ID");
        assertThatThrownBy(() -> tool.owner(new OwnerRequest(BigInteger.TEN, null), context))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("no NFT 10");

        chain.answer(COLLECTION, "ownerOf", arguments -> {
            throw HostException.of(ChainError.CHAIN_UNREACHABLE);
        });
        assertThatThrownBy(() -> tool.owner(new OwnerRequest(BigInteger.TEN, null), context))
                .isInstanceOf(HostException.class);
    }

    @Test
    void refusesIdsThatNoContractCanHave() {
        assertThatThrownBy(() -> tool.owner(new OwnerRequest(BigInteger.ONE.shiftLeft(256), null), context))
                .isInstanceOf(ToolException.class);
        assertThatThrownBy(() -> tool.owner(new OwnerRequest(BigInteger.valueOf(-1), null), context))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void countsOwnTokensWhenNobodyIsNamed() {
        chain.answer(COLLECTION, "balanceOf", arguments -> {
            assertThat(arguments).containsExactly(ME);
            return java.util.List.of(BigInteger.valueOf(3));
        });

        Holding holding = tool.balance(new BalanceRequest(null, null), context);

        assertThat(holding.count()).isEqualTo("3");
        assertThat(holding.owner()).isEqualTo(ME);
    }
}
