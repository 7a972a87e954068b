/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Principal;
import org.openmcpchain.access.Scope;
import org.openmcpchain.author.testkit.FakeChainAccess;
import org.openmcpchain.author.testkit.FakeNetwork;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionLog;
import org.openmcpchain.chain.TransactionRecord;
import org.openmcpchain.chain.TransactionState;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.inference.InferenceProviders;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.InstalledBundle;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Marketplace;
import org.openmcpchain.market.Permission;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.run.RunState;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.ToolCatalogue;
import org.openmcpchain.tool.ToolDescriptor;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;

/** Everything but runs: tools, marketplace, inference, chains, journal, keys. */
class HostCommandsTest {

    private static final BundleRef DEX = new BundleRef("org.example.dex", "1.0.0", "a".repeat(64));
    private static final String ADDRESS = "0x" + "1".repeat(40);
    private static final String TOKEN = "0x" + "2".repeat(40);

    private final FakeRuns runs = new FakeRuns();
    private final FakeJournal journal = new FakeJournal();
    private final MemoryMarket market = new MemoryMarket();
    private final MemoryKeys keys = new MemoryKeys();
    private final Devnet chain = new Devnet();
    private final InferenceProviders providers =
            () -> List.of(new ProviderInfo("planner", "deterministic planner", "none", true, -100, DEX, 0));
    private final Shell shell = new Shell(
            runs, journal, market, keys, chain, providers, new OneTool(), new OneWallet(), new OneTransaction());

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void toolsAreListedAndShown() {
        assertThat(shell.run("tool:list").lines())
                .last()
                .asString()
                .startsWith("dex_quote")
                .contains("READ", "org.example.dex", "1.0.0", "Says what a swap would bring.");
        assertThat(shell.run("tool:show dex_quote").out()).contains("input schema", "quote 1 ETH");
        assertThat(shell.run("tool:show --json dex_quote")
                        .json()
                        .at("/inputSchema/type")
                        .asText())
                .isEqualTo("object");
        assertThat(shell.run("tool:show nope").out()).startsWith("TOOL_UNKNOWN: ");
    }

    @Test
    void marketIsSearchedAndALargeListingShown() {
        assertThat(shell.run("market:search dex").lines()).last().asString().startsWith("org.example.dex");
        assertThat(shell.run("market:search no such thing").out()).isEqualTo("Nothing found.");
        assertThat(shell.run("market:info org.example.dex").lines())
                .contains("permissions  kind=contract attributes={contract=router}", "licence      Apache-2.0");
        assertThat(shell.run("market:info nope").out()).startsWith("LISTING_UNKNOWN: ");
    }

    @Test
    void installingNeedsTheGrantAndNamesWhoInstalled() {
        assertThat(shell.run("market:install org.example.dex").out()).startsWith("INSTALL_PERMISSIONS: ");
        assertThat(market.installed).isEmpty();

        Shell.Result result = shell.run("market:install --json --grant --version 1.0.0 org.example.dex");

        assertThat(result.json().at("/bundle/symbolicName").asText()).isEqualTo("org.example.dex");
        assertThat(result.json().get("installedBy").asText()).isEqualTo("console:karaf");
        assertThat(shell.run("market:install --grant org.example.dex").lines())
                .contains("bundle        org.example.dex/1.0.0");
        assertThat(shell.run("market:installed").lines()).last().asString().contains("ACTIVE", "console:karaf");
        assertThat(shell.run("market:remove org.example.dex").out()).isEqualTo("removed org.example.dex");
        assertThat(shell.run("market:installed").out()).isEqualTo("Nothing is installed from the marketplace.");
        assertThat(shell.run("market:remove org.example.dex").out()).startsWith("NOT_INSTALLED: ");
    }

    @Test
    void providersAreListed() {
        assertThat(shell.run("inference:list").lines())
                .last()
                .asString()
                .startsWith("planner")
                .contains("deterministic planner", "-100");
    }

    @Test
    void networksAreListedAndAsked() {
        assertThat(shell.run("chain:list").lines()).last().asString().startsWith("eip155:31337");
        assertThat(shell.run("chain:list --json")
                        .json()
                        .at("/items/0/assets/1/symbol")
                        .asText())
                .isEqualTo("USDC");
        assertThat(shell.run("chain:status eip155:31337 --json").ok()).isFalse();
        assertThat(shell.run("chain:status --json eip155:31337")
                        .json()
                        .at("/items/0/blockNumber")
                        .asLong())
                .isEqualTo(7);
        assertThat(shell.run("chain:status eip155:1").out()).startsWith("CHAIN_UNKNOWN: ");

        chain.reachable = false;

        assertThat(shell.run("chain:status").lines()).last().asString().contains("false", "connection refused");
    }

    @Test
    void accountsShowWholeUnitsAndGiveBaseUnits() {
        assertThat(shell.run("chain:accounts").lines())
                .last()
                .asString()
                .startsWith("eip155:31337:" + ADDRESS)
                .contains("dev-0", "0.5 ETH, 1.5 USDC");
        assertThat(shell.run("chain:accounts --json")
                        .json()
                        .at("/items/0/balances/1/units")
                        .asText())
                .isEqualTo("1500000");
        assertThat(chain.scope.principal()).isEqualTo("console:karaf");
    }

    @Test
    void transactionsOfARunAreListedWithoutTheirBytes() {
        runs.add("run-1", "swap", RunState.SUCCEEDED);

        assertThat(shell.run("chain:transactions run-1").lines())
                .last()
                .asString()
                .contains("MINED", "swap ETH");
        assertThat(shell.run("chain:transactions --json run-1").out())
                .contains("\"value\":\"1000000000000000000\"", "\"chain\":\"eip155:31337\"")
                .doesNotContain("0xf86b");
        assertThat(shell.run("chain:transactions nope").out()).startsWith("RUN_UNKNOWN: ");
    }

    @Test
    void journalIsListedReadAndVerified() {
        journal.append("host", "host.started", Map.of("version", "1"));
        journal.append("host", "access.key-issued", Map.of("scopes", List.of("READ", "RUN")));

        assertThat(shell.run("journal:streams").lines()).last().isEqualTo("host");
        assertThat(shell.run("journal:streams --limit 1").out())
                .endsWith("There may be more; go on with --after host.");
        assertThat(shell.run("journal:show --after 1 host").out()).endsWith("scopes=READ, RUN");
        assertThat(shell.run("journal:show --limit 1 host").out()).endsWith("go on with --after 1.");
        assertThat(shell.run("journal:verify host").lines()).contains("intact        true");
    }

    @Test
    void aStreamThatNobodyKnowsIsAnError() {
        assertThat(shell.run("journal:show nope").out()).startsWith("STREAM_UNKNOWN: ");
        assertThat(shell.run("journal:verify nope").out()).startsWith("STREAM_UNKNOWN: ");
        assertThat(shell.run("journal:show " + "x".repeat(129)).out()).startsWith("REQUEST_INVALID: ");
    }

    @Test
    void aBrokenChainMakesVerifyFailAfterItsReport() {
        journal.append("host", "host.started", Map.of());
        journal.intact = false;

        Shell.Result result = shell.run("journal:verify host");

        assertThat(result.ok()).isFalse();
        assertThat(result.out()).contains("the body was changed").contains("JOURNAL_BROKEN: ");
    }

    @Test
    void aKeyIsShownOnceListedAndRevoked() {
        Shell.Result issued = shell.run("access:key-issue --scope run,read my-bot");

        assertThat(issued.lines()).first().asString().matches("key +omk_secret");
        assertThat(issued.out()).endsWith("Keep the key now; it cannot be shown again.");
        assertThat(keys.issued.get(0).scopes()).isEqualTo(Set.of(Scope.RUN, Scope.READ));
        assertThat(shell.run("access:key-list").out())
                .contains("my-bot", "READ, RUN")
                .doesNotContain("omk_secret");
        assertThat(shell.run("access:key-revoke k0").out()).isEqualTo("revoked k0  my-bot");
        assertThat(shell.run("access:key-revoke nope").out()).startsWith("KEY_UNKNOWN: ");
        assertThat(shell.run("access:key-issue --scope EVERYTHING x").out()).startsWith("REQUEST_INVALID: ");
    }

    private static final class OneTool implements ToolCatalogue {

        @Override
        public List<ToolDescriptor> list() {
            return List.of(new ToolDescriptor(
                    "dex_quote",
                    "Says what a swap would bring.",
                    Effect.READ,
                    "{\"type\":\"object\"}",
                    List.of(new ToolDescriptor.GoalExample("quote 1 ETH", "{\"amount\":\"1\"}")),
                    30,
                    DEX));
        }

        @Override
        public Optional<ToolDescriptor> find(String name) {
            return list().stream().filter(tool -> tool.name().equals(name)).findFirst();
        }
    }

    private static final class MemoryMarket implements Marketplace {

        final List<InstalledBundle> installed = new ArrayList<>();
        private final Listing listing = new Listing(
                DEX.symbolicName(),
                DEX.version(),
                "tool",
                "DEX",
                "Swaps.",
                "example.org",
                "Apache-2.0",
                DEX.sha256(),
                1000,
                List.of(Permission.contract("router")),
                false);

        @Override
        public List<Listing> listings(String query) {
            return listing.id().contains(query) ? List.of(listing) : List.of();
        }

        @Override
        public Optional<Listing> listing(String id) {
            return Optional.of(listing).filter(known -> known.id().equals(id));
        }

        @Override
        public List<InstalledBundle> installed() {
            return List.copyOf(installed);
        }

        @Override
        public InstalledBundle install(InstallRequest request) {
            if (!request.grantPermissions()) {
                throw HostException.of(MarketError.INSTALL_PERMISSIONS, "permissions", "contract router");
            }
            InstalledBundle bundle =
                    new InstalledBundle(DEX, "ACTIVE", listing.permissions(), request.principal(), Instant.EPOCH);
            installed.add(bundle);
            return bundle;
        }

        @Override
        public void remove(String id, String principal) {
            if (!installed.removeIf(bundle -> bundle.bundle().symbolicName().equals(id))) {
                throw HostException.of(MarketError.NOT_INSTALLED, "id", id);
            }
        }
    }

    private static final class MemoryKeys implements ApiKeys {

        final List<ApiKeyInfo> issued = new ArrayList<>();

        @Override
        public IssuedKey issue(String name, Set<Scope> scopes, String issuedBy) {
            ApiKeyInfo info = new ApiKeyInfo("k" + issued.size(), name, scopes, Instant.EPOCH, false);
            issued.add(info);
            return new IssuedKey("omk_secret", info);
        }

        @Override
        public Optional<Principal> authenticate(String key) {
            return Optional.empty();
        }

        @Override
        public List<ApiKeyInfo> list() {
            return List.copyOf(issued);
        }

        @Override
        public ApiKeyInfo revoke(String id, String revokedBy) {
            return issued.stream()
                    .filter(info -> info.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> HostException.of(AccessError.KEY_UNKNOWN, "id", id));
        }
    }

    private static final class OneWallet implements Wallet {

        @Override
        public List<WalletAccount> accounts() {
            return List.of(new WalletAccount(ADDRESS, "dev-0", "keystore"));
        }

        @Override
        public SignedTransaction sign(UnsignedTransaction transaction, Verdict verdict) {
            throw new AssertionError("a console never signs");
        }
    }

    private static final class Devnet implements Chain {

        boolean reachable = true;
        CallScope scope;

        @Override
        public NetworkInfo network() {
            return FakeNetwork.builder().token("USDC", 6, TOKEN).build();
        }

        @Override
        public ChainStatus status() {
            return reachable
                    ? new ChainStatus(true, ChainId.eip155(31337), 7, null)
                    : new ChainStatus(false, null, -1, "connection refused");
        }

        @Override
        public ChainAccess open(CallScope opened) {
            scope = opened;
            return new FakeChainAccess(network(), ADDRESS)
                    .balance(ADDRESS, new BigInteger("500000000000000000"))
                    .answer(TOKEN, "balanceOf", BigInteger.valueOf(1_500_000));
        }
    }

    private static final class OneTransaction implements TransactionLog {

        private final TransactionRecord record = new TransactionRecord(
                "key",
                "0x" + "a".repeat(64),
                "run-1",
                "call-1",
                "swap",
                "swap ETH for USDC",
                ChainId.eip155(31337),
                ADDRESS,
                TOKEN,
                3,
                BigInteger.TEN.pow(18),
                "0xf86b",
                TransactionState.MINED,
                9L,
                "0x" + "b".repeat(64),
                BigInteger.valueOf(21_000),
                BigInteger.ONE,
                null,
                Instant.EPOCH,
                Instant.EPOCH);

        @Override
        public List<TransactionRecord> ofRun(String runId) {
            return List.of(record);
        }

        @Override
        public Optional<TransactionRecord> find(String idempotencyKey) {
            return Optional.empty();
        }

        @Override
        public Optional<TransactionRecord> byHash(String hash) {
            return Optional.empty();
        }

        @Override
        public List<TransactionRecord> open(ChainId chain) {
            return List.of();
        }

        @Override
        public OptionalLong highestNonce(ChainId chain, String from) {
            return OptionalLong.empty();
        }

        @Override
        public void signed(TransactionRecord signed) {
            throw new AssertionError("a console never signs");
        }

        @Override
        public void advanced(TransactionRecord advanced) {
            throw new AssertionError("a console never sends");
        }
    }
}
