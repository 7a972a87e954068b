/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.money.Asset;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;

/** {@code chain:accounts}. */
@Service
@Command(
        scope = "chain",
        name = "accounts",
        description = "Lists the wallets' accounts with their balances",
        detailedDescription = "Keys never leave a wallet and are shown nowhere.")
public final class ChainAccounts extends ChainCommand {

    private static final BundleRef NO_BUNDLE = new BundleRef("org.openmcpchain.console", "0", BundleRef.UNKNOWN_DIGEST);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Reference
    List<Wallet> wallets;

    @Argument(index = 0, name = "network", description = "CAIP-2 name, for example eip155:31337; all when absent")
    @Completion(ChainIds.class)
    String network;

    @Override
    void run(Screen screen) {
        screen.list(
                Rows.of(chains(network).flatMap(this::accounts), "No account on any network.", "id", "label", "wallet")
                        .with("holds", ChainAccounts::holdings));
    }

    private Stream<ObjectNode> accounts(Chain chain) {
        ChainAccess access = chain.open(new CallScope(
                principal(),
                "none",
                "balances",
                "networks",
                NO_BUNDLE,
                null,
                Instant.now().plus(DEADLINE)));
        return wallets.stream().flatMap(wallet -> wallet.accounts().stream()).map(account -> view(account, access));
    }

    private static ObjectNode view(WalletAccount account, ChainAccess access) {
        ObjectNode view = Json.object()
                .put("id", access.network().id() + ":" + account.address())
                .put("address", account.address())
                .put("label", account.label())
                .put("wallet", account.wallet());
        ArrayNode balances = view.putArray("balances");
        for (Asset asset : access.network().assets()) {
            BigInteger units = units(asset, account.address(), access);
            balances.addObject()
                    .put("asset", asset.id().toString())
                    .put("symbol", asset.symbol())
                    .put("units", units.toString())
                    .put("amount", asset.format(units));
        }
        return view;
    }

    private static String holdings(ObjectNode account) {
        return StreamSupport.stream(account.get("balances").spliterator(), false)
                .map(balance -> balance.get("amount").asText() + " "
                        + balance.get("symbol").asText())
                .collect(Collectors.joining(", "));
    }

    private static BigInteger units(Asset asset, String address, ChainAccess access) {
        return asset.id().isCoin()
                ? access.balance(address)
                : (BigInteger)
                        access.read(ContractCall.of(asset.id().reference(), "balanceOf(address)(uint256)", address))
                                .get(0);
    }
}
