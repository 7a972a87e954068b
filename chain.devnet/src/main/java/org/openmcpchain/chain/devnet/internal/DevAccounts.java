/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.devnet.internal;

import java.util.List;

/**
 * The accounts that anvil derives from its public mnemonic. Everybody has their keys: they are worthless anywhere but
 * on a development chain.
 */
final class DevAccounts {

    /** Deploys and keeps the contracts; not among the accounts that a wallet imports. */
    static final String OPERATOR = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

    /** The accounts that hold tokens, in order of derivation; the first is the one that tools spend from. */
    static final List<Named> PEOPLE = List.of(
            new Named("treasury.eth", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
            new Named("alice.eth", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"),
            new Named("bob.eth", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"));

    /** An account and the name that the address book gives it. */
    record Named(String name, String address) {}

    private DevAccounts() {}
}
