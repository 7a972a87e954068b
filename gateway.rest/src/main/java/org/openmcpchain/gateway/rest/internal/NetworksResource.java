/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.SecurityContext;
import org.openmcpchain.access.Scope;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.money.Asset;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The networks, and what the wallets' accounts hold on them. */
@Component(service = NetworksResource.class)
@Path("/networks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "networks")
public final class NetworksResource {

    private static final BundleRef NO_BUNDLE =
            new BundleRef("org.openmcpchain.gateway.rest", "0", BundleRef.UNKNOWN_DIGEST);
    private static final long DEADLINE_SECONDS = 10;

    private final List<Chain> chains = new CopyOnWriteArrayList<>();
    private final List<Wallet> wallets = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindChain(Chain chain) {
        chains.add(chain);
    }

    void unbindChain(Chain chain) {
        chains.remove(chain);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindWallet(Wallet wallet) {
        wallets.add(wallet);
    }

    void unbindWallet(Wallet wallet) {
        wallets.remove(wallet);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Network", description = "A network and whether it answers.")
    record NetworkView(
            @Schema(description = "CAIP-2 name.", example = "eip155:31337") String id,
            String name,
            boolean reachable,
            @Schema(description = "The newest block; absent when the node does not answer.") Long blockNumber,
            @Schema(description = "What is wrong, or absent.") String detail,
            int confirmations,
            List<AssetView> assets,
            @Schema(description = "The address book of contracts.") Map<String, String> contracts,
            @Schema(description = "The address book of accounts.") Map<String, String> names) {}

    @Schema(name = "Asset")
    record AssetView(@Schema(description = "CAIP-19 name.") String id, String symbol, int decimals) {}

    @Schema(name = "NetworkList")
    record NetworkList(List<NetworkView> items) {}

    @Schema(name = "Account", description = "A wallet's account and what it holds.")
    record AccountView(
            @Schema(description = "CAIP-10 name.") String id,
            String address,
            String label,
            String wallet,
            List<BalanceView> balances) {}

    @Schema(name = "Balance")
    record BalanceView(
            String asset,
            String symbol,
            @Schema(description = "In base units.") String units,
            @Schema(description = "In whole units.") String amount) {}

    @Schema(name = "AccountList")
    record AccountList(List<AccountView> items) {}

    @GET
    @Needs(Scope.READ)
    @Operation(summary = "Lists the networks")
    public NetworkList list() {
        return new NetworkList(chains.stream()
                .sorted(Comparator.comparing(chain -> chain.network().id().toString()))
                .map(NetworksResource::view)
                .toList());
    }

    @GET
    @Path("/{id}")
    @Needs(Scope.READ)
    @Operation(summary = "Shows a network")
    public NetworkView show(@PathParam("id") String id) {
        return view(find(id));
    }

    @GET
    @Path("/{id}/accounts")
    @Needs(Scope.READ)
    @Operation(summary = "Lists the wallets' accounts with their balances on a network")
    public AccountList accounts(@PathParam("id") String id, @Context SecurityContext security) {
        Chain chain = find(id);
        ChainAccess access = chain.open(new CallScope(
                Caller.of(security).getName(),
                "none",
                "balances",
                "networks",
                NO_BUNDLE,
                null,
                Instant.now().plusSeconds(DEADLINE_SECONDS)));
        List<AccountView> accounts = new ArrayList<>();
        for (Wallet wallet : wallets) {
            for (WalletAccount account : wallet.accounts()) {
                accounts.add(view(account, access));
            }
        }
        return new AccountList(accounts);
    }

    private Chain find(String id) {
        return chains.stream()
                .filter(chain -> chain.network().id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> HostException.of(ChainError.CHAIN_UNKNOWN));
    }

    private static NetworkView view(Chain chain) {
        NetworkInfo network = chain.network();
        ChainStatus status = chain.status();
        return new NetworkView(
                network.id().toString(),
                network.name(),
                status.reachable(),
                status.reachable() ? status.blockNumber() : null,
                status.detail(),
                network.confirmations(),
                network.assets().stream()
                        .map(asset -> new AssetView(asset.id().toString(), asset.symbol(), asset.decimals()))
                        .toList(),
                network.contracts(),
                network.names());
    }

    private static AccountView view(WalletAccount account, ChainAccess access) {
        NetworkInfo network = access.network();
        List<BalanceView> balances = network.assets().stream()
                .map(asset -> balance(asset, account.address(), access))
                .toList();
        return new AccountView(
                network.id() + ":" + account.address(), account.address(), account.label(), account.wallet(), balances);
    }

    private static BalanceView balance(Asset asset, String address, ChainAccess access) {
        BigInteger units = asset.id().isCoin()
                ? access.balance(address)
                : (BigInteger)
                        access.read(ContractCall.of(asset.id().reference(), "balanceOf(address)(uint256)", address))
                                .get(0);
        return new BalanceView(asset.id().toString(), asset.symbol(), units.toString(), asset.format(units));
    }
}
