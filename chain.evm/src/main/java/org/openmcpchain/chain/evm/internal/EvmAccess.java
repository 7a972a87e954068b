/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.openmcpchain.chain.AccountId;
import org.openmcpchain.chain.BlockRef;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.run.Outcome;

/** A network as one tool call may use it. */
final class EvmAccess implements ChainAccess {

    private final NetworkInfo info;
    private final EvmNode node;
    private final Sender sender;
    private final MessageDesk desk;
    private final Wallets wallets;
    private final CallScope scope;

    EvmAccess(NetworkInfo info, EvmNode node, Sender sender, MessageDesk desk, Wallets wallets, CallScope scope) {
        this.info = info;
        this.node = node;
        this.sender = sender;
        this.desk = desk;
        this.wallets = wallets;
        this.scope = scope;
    }

    @Override
    public NetworkInfo network() {
        return info;
    }

    @Override
    public AccountId account() {
        return new AccountId(info.id(), wallets.spender(scope.account()));
    }

    @Override
    public BlockRef head() {
        node.requireChain();
        return node.head();
    }

    @Override
    public BigInteger balance(String address) {
        node.requireChain();
        return node.balance(resolve(address));
    }

    @Override
    public List<Object> read(ContractCall call) {
        node.requireChain();
        return sender.read(call);
    }

    @Override
    public String resolve(String nameOrAddress) {
        if (Addresses.isAddress(nameOrAddress)) {
            try {
                return Addresses.checksummed(nameOrAddress);
            } catch (IllegalArgumentException e) {
                throw HostException.caused(
                        e,
                        ChainError.CHAIN_NAME_UNKNOWN,
                        "name",
                        nameOrAddress,
                        "detail",
                        "the checksum of the address is wrong");
            }
        }
        return entry(info.names(), nameOrAddress);
    }

    private String entry(Map<String, String> book, String name) {
        return book.entrySet().stream()
                .filter(known -> known.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> info.contract(name))
                .orElseThrow(
                        () -> HostException.of(ChainError.CHAIN_NAME_UNKNOWN, "name", name, "network", info.name()));
    }

    @Override
    public Outcome<String> sign(MessageIntent intent) {
        return desk.sign(scope, intent);
    }

    @Override
    public Outcome<TransactionReceipt> send(TransactionIntent intent) {
        return sender.send(scope, intent);
    }
}
