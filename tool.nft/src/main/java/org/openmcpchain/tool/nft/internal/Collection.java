/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.Log;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.error.HostException;
import org.openmcpchain.tool.ToolException;

/**
 * An ERC-721 contract on one network. Source: ERC-721.
 *
 * @param chain the network
 * @param address the contract, 0x hex
 */
record Collection(ChainAccess chain, String address) {

    static final String DEFAULT = "erc721.default";

    /** {@code Transfer(address indexed from, address indexed to, uint256 indexed tokenId)}. */
    private static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

    private static final int TRANSFER_TOPICS = 4;
    private static final int TO = 2;
    private static final int TOKEN_ID = 3;
    private static final int WORD_BITS = 256;
    private static final int HEX = 16;

    /** @param name a name of the address book, a 0x address, or null for the default collection */
    static Collection of(ChainAccess chain, String name) {
        NetworkInfo network = chain.network();
        String wanted = name == null || name.isBlank() ? DEFAULT : name.strip();
        Optional<String> known = network.contract(wanted);
        if (known.isEmpty() && !wanted.toLowerCase(Locale.ROOT).startsWith("0x")) {
            throw new ToolException("There is no collection " + wanted + " in the address book of " + network.name()
                    + ". Use a name of the address book or a contract address.");
        }
        return new Collection(chain, known.orElseGet(() -> chain.resolve(wanted)));
    }

    /** The owner of a token, or empty when there is no such token. */
    Optional<String> owner(BigInteger tokenId) {
        try {
            return Optional.of((String)
                    chain.read(call("ownerOf(uint256)(address)", tokenId)).get(0));
        } catch (HostException e) {
            // ERC-721 demands a revert for a token that does not exist; its reason differs between contracts.
            if (e.code().name().equals("CHAIN_REVERTED")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    BigInteger count(String owner) {
        return (BigInteger)
                chain.read(call("balanceOf(address)(uint256)", owner)).get(0);
    }

    ContractCall call(String function, Object... arguments) {
        return ContractCall.of(address, function, arguments);
    }

    /** The token that these events brought to somebody, or empty. */
    Optional<BigInteger> received(List<Log> logs, String receiver) {
        return logs.stream()
                .filter(log -> log.address().equalsIgnoreCase(address))
                .filter(log -> log.topics().size() == TRANSFER_TOPICS
                        && log.topics().get(0).equalsIgnoreCase(TRANSFER)
                        && number(log.topics().get(TO)).equals(number(receiver)))
                .map(log -> number(log.topics().get(TOKEN_ID)))
                .findFirst();
    }

    /** A token id that a contract can have. */
    static BigInteger checked(BigInteger tokenId) {
        if (tokenId.signum() < 0 || tokenId.bitLength() > WORD_BITS) {
            throw new ToolException("A token id is a whole number from 0 to 2^256-1.");
        }
        return tokenId;
    }

    /** The 0x address of somebody who can receive. */
    static String receiver(ChainAccess chain, String nameOrAddress) {
        String address = chain.resolve(nameOrAddress.strip());
        if (number(address).signum() == 0) {
            throw new ToolException("The zero address cannot receive; that would destroy the NFT.");
        }
        return address;
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex.substring(2), HEX);
    }
}
