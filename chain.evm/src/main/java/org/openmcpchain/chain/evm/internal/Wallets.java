/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;

/** The wallets that may spend on a network; they come and go. The highest ranking comes first, then the oldest. */
final class Wallets {

    private volatile List<Wallet> snapshot = List.of();
    private final Map<Rank, Wallet> bound = new TreeMap<>();

    private record Rank(int ranking, long serviceId) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::ranking).reversed().thenComparingLong(Rank::serviceId);

        static Rank of(Map<String, ?> properties) {
            return new Rank(
                    properties.get("service.ranking") instanceof Integer ranking ? ranking : 0,
                    properties.get("service.id") instanceof Long id ? id : 0L);
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    synchronized void add(Wallet wallet, Map<String, ?> properties) {
        bound.put(Rank.of(properties), wallet);
        snapshot = List.copyOf(bound.values());
    }

    synchronized void remove(Map<String, ?> properties) {
        bound.remove(Rank.of(properties));
        snapshot = List.copyOf(bound.values());
    }

    /**
     * The address to spend from. Error: {@code ACCOUNT_UNKNOWN}.
     *
     * @param wanted a 0x address, or null for the first account of the first wallet
     */
    String spender(String wanted) {
        return snapshot.stream()
                .flatMap(wallet -> wallet.accounts().stream())
                .map(WalletAccount::address)
                .filter(address -> wanted == null || address.equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(wanted));
    }

    /** The wallet that holds an account. Error: {@code ACCOUNT_UNKNOWN}. */
    Wallet holding(String address) {
        return snapshot.stream()
                .filter(wallet -> wallet.accounts().stream()
                        .anyMatch(account -> account.address().equalsIgnoreCase(address)))
                .findFirst()
                .orElseThrow(() -> unknown(address));
    }

    private static HostException unknown(String address) {
        return address == null
                ? HostException.of(WalletError.ACCOUNT_UNKNOWN, "detail", "no wallet may spend on this network")
                : HostException.of(WalletError.ACCOUNT_UNKNOWN, "account", address);
    }
}
