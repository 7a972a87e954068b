/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.gateway.rest.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Principal;
import org.openmcpchain.access.Scope;
import org.openmcpchain.chain.AccountId;
import org.openmcpchain.chain.BlockRef;
import org.openmcpchain.chain.CallScope;
import org.openmcpchain.chain.Chain;
import org.openmcpchain.chain.ChainAccess;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.chain.ChainStatus;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.chain.TransactionIntent;
import org.openmcpchain.chain.TransactionReceipt;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.error.RunError;
import org.openmcpchain.inference.InferenceProviders;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.journal.JournalCheck;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.journal.Subscription;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.InstalledBundle;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Marketplace;
import org.openmcpchain.market.Permission;
import org.openmcpchain.money.Asset;
import org.openmcpchain.money.AssetId;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.proof.Receipts;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.run.Page;
import org.openmcpchain.run.Run;
import org.openmcpchain.run.RunQuery;
import org.openmcpchain.run.RunRequest;
import org.openmcpchain.run.RunState;
import org.openmcpchain.run.RunStats;
import org.openmcpchain.run.Runs;
import org.openmcpchain.run.Submission;
import org.openmcpchain.tool.Effect;
import org.openmcpchain.tool.ToolCatalogue;
import org.openmcpchain.tool.ToolDescriptor;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;

/** Every service that the API speaks to, in memory and as simple as can be. */
final class InMemoryHost {

    static final BundleRef DEX = new BundleRef("org.example.dex", "1.0.0", "a".repeat(64));
    static final ChainId DEVNET = ChainId.eip155(31337);
    static final String ADDRESS = "0x" + "1".repeat(40);

    final Map<String, StoredRun> stored = new LinkedHashMap<>();
    final List<String> installed = new ArrayList<>();
    final MemoryJournal journal = new MemoryJournal();
    final FakeControls controls = new FakeControls();
    boolean reachable = true;
    boolean defect;
    RunQuery lastQuery;

    /** The services, each under the type that a resource asks for. */
    List<Object> services() {
        List<Object> services = new ArrayList<>(controls.services());
        services.addAll(List.of(runs, receipts, tools, market, providers, journal, keys, issuer, gate, chain, wallet));
        return services;
    }

    record StoredRun(String id, RunRequest request, RunState state) implements Run {

        @Override
        public Optional<String> clientId() {
            return request.clientId();
        }

        @Override
        public String principal() {
            return request.principal();
        }

        @Override
        public String goal() {
            return request.goal();
        }

        @Override
        public Optional<String> network() {
            return request.network();
        }

        @Override
        public Optional<String> session() {
            return request.session();
        }

        @Override
        public String metadata() {
            return request.metadata();
        }

        @Override
        public Instant createdAt() {
            return Instant.EPOCH;
        }

        @Override
        public Instant updatedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Optional<Instant> endedAt() {
            return state.isTerminal() ? Optional.of(Instant.EPOCH) : Optional.empty();
        }

        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public Optional<String> reply() {
            return Optional.of("done");
        }

        @Override
        public Optional<String> thought() {
            return Optional.empty();
        }

        @Override
        public Optional<String> result() {
            return Optional.of("{\"outcome\":\"OK\"}");
        }

        @Override
        public Optional<String> errorCode() {
            return Optional.empty();
        }

        @Override
        public Optional<String> errorDetail() {
            return Optional.empty();
        }

        @Override
        public Optional<String> provider() {
            return Optional.of("planner");
        }

        @Override
        public Optional<String> receiptDigest() {
            return state.isTerminal() ? Optional.of("d".repeat(64)) : Optional.empty();
        }
    }

    final Runs runs = new Runs() {
        @Override
        public synchronized Submission submit(RunRequest request) {
            if (defect) {
                throw new IllegalStateException("broken on purpose: secret-in-a-message");
            }
            String id = request.clientId().orElse("run-" + stored.size());
            StoredRun known = stored.get(id);
            if (known != null && !known.goal().equals(request.goal())) {
                throw HostException.of(RunError.RUN_CLIENT_ID_CONFLICT, "id", id);
            }
            if (known != null) {
                return new Submission(known, false);
            }
            StoredRun run = new StoredRun(id, request, RunState.PENDING);
            stored.put(id, run);
            return new Submission(run, true);
        }

        @Override
        public Optional<Run> find(String id) {
            return Optional.ofNullable(stored.get(id));
        }

        @Override
        public Page<Run> list(RunQuery query) {
            lastQuery = query;
            List<Run> all = List.copyOf(stored.values());
            int end = Math.min(all.size(), query.offset() + query.limit());
            return new Page<>(
                    all.subList(Math.min(query.offset(), all.size()), end),
                    all.size(),
                    end < all.size() ? OptionalInt.of(end) : OptionalInt.empty());
        }

        @Override
        public RunStats stats() {
            Map<RunState, Long> byState = new EnumMap<>(RunState.class);
            stored.values().forEach(run -> byState.merge(run.state(), 1L, Long::sum));
            return new RunStats(stored.size(), byState);
        }

        @Override
        public Run cancel(String id, String principal, String reason) {
            RunState state = stored.get(id).state();
            if (state.isTerminal()) {
                throw HostException.of(RunError.RUN_TRANSITION_ILLEGAL, "from", state, "to", RunState.CANCELLED);
            }
            return end(id, RunState.CANCELLED);
        }
    };

    StoredRun end(String id, RunState state) {
        StoredRun ended = new StoredRun(id, stored.get(id).request(), state);
        stored.put(id, ended);
        return ended;
    }

    final Receipts receipts = runId -> stored.get(runId).state().isTerminal()
            ? Optional.of(new Receipt(runId, "d".repeat(64), "k", "{\"payload\": \"as it was made\"}"))
            : Optional.empty();

    final ToolCatalogue tools = new ToolCatalogue() {
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
    };

    final Marketplace market = new Marketplace() {
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
            return id.equals(listing.id()) ? Optional.of(listing) : Optional.empty();
        }

        @Override
        public List<InstalledBundle> installed() {
            return installed.stream().map(id -> bundle("admin")).toList();
        }

        @Override
        public InstalledBundle install(InstallRequest request) {
            if (!request.id().equals(listing.id())) {
                throw HostException.of(MarketError.LISTING_UNKNOWN);
            }
            if (!request.grantPermissions()) {
                throw HostException.of(MarketError.INSTALL_PERMISSIONS, "permissions", "contract router");
            }
            installed.add(request.id());
            return bundle(request.principal());
        }

        @Override
        public void remove(String id, String principal) {
            if (!installed.remove(id)) {
                throw HostException.of(MarketError.NOT_INSTALLED);
            }
        }

        private InstalledBundle bundle(String by) {
            return new InstalledBundle(DEX, "ACTIVE", listing.permissions(), by, Instant.EPOCH);
        }
    };

    final InferenceProviders providers =
            () -> List.of(new ProviderInfo("planner", "deterministic planner", "none", true, -100, DEX, 0));

    final ApiKeys keys = new ApiKeys() {
        private final List<ApiKeyInfo> issued = new ArrayList<>();

        @Override
        public IssuedKey issue(String name, Set<Scope> scopes, String issuedBy) {
            ApiKeyInfo info = new ApiKeyInfo("k" + issued.size(), name, scopes, Instant.EPOCH, false);
            issued.add(info);
            return new IssuedKey("omk_secret", info);
        }

        @Override
        public Optional<Principal> authenticate(String key) {
            return switch (key) {
                case ApiServer.ADMIN -> Optional.of(new Principal("admin", "k", Set.of(Scope.ADMIN)));
                case ApiServer.RUNNER -> Optional.of(new Principal("runner", "u", Set.of(Scope.RUN)));
                case ApiServer.APPROVER -> Optional.of(new Principal("bob", "b", Set.of(Scope.APPROVE)));
                case ApiServer.READER -> Optional.of(new Principal("reader", "r", Set.of(Scope.READ)));
                default -> Optional.empty();
            };
        }

        @Override
        public List<ApiKeyInfo> list() {
            return issued;
        }

        @Override
        public ApiKeyInfo revoke(String id, String revokedBy) {
            return issued.stream()
                    .filter(info -> info.id().equals(id))
                    .findFirst()
                    .map(info -> new ApiKeyInfo(info.id(), info.name(), info.scopes(), info.issuedAt(), true))
                    .orElseThrow(() -> HostException.of(AccessError.KEY_UNKNOWN));
        }
    };

    final ReceiptIssuer issuer = new ReceiptIssuer() {
        @Override
        public Receipt issue(List<JournalEntry> stream, String ending) {
            throw new AssertionError("not asked");
        }

        @Override
        public List<ReceiptKey> keys() {
            return List.of(new ReceiptKey("k", "Ed25519", "-----BEGIN PUBLIC KEY-----", true));
        }
    };

    final PolicyGate gate = new PolicyGate() {
        @Override
        public Verdict decide(Intent intent) {
            throw new AssertionError("not asked");
        }

        @Override
        public String policyVersion() {
            return "1-test";
        }
    };

    final Wallet wallet = new Wallet() {
        @Override
        public List<WalletAccount> accounts() {
            return List.of(new WalletAccount(ADDRESS, "dev-0", "keystore"));
        }

        @Override
        public SignedTransaction sign(UnsignedTransaction transaction, Verdict verdict) {
            throw new AssertionError("not asked");
        }
    };

    final Chain chain = new Chain() {
        @Override
        public NetworkInfo network() {
            return new Devnet();
        }

        @Override
        public ChainStatus status() {
            return reachable
                    ? new ChainStatus(true, DEVNET, 7, null)
                    : new ChainStatus(false, null, -1, "connection refused");
        }

        @Override
        public ChainAccess open(CallScope scope) {
            return new Balances();
        }
    };

    private static final class Devnet implements NetworkInfo {

        @Override
        public ChainId id() {
            return DEVNET;
        }

        @Override
        public String name() {
            return "devnet";
        }

        @Override
        public Asset coin() {
            return new Asset(AssetId.coin(DEVNET, 60), "ETH", 18);
        }

        @Override
        public List<Asset> assets() {
            return List.of(coin(), new Asset(AssetId.erc20(DEVNET, "0x" + "2".repeat(40)), "USDC", 6));
        }

        @Override
        public Map<String, String> contracts() {
            return Map.of();
        }

        @Override
        public Map<String, String> names() {
            return Map.of();
        }

        @Override
        public int confirmations() {
            return 1;
        }
    }

    private static final class Balances implements ChainAccess {

        @Override
        public NetworkInfo network() {
            return new Devnet();
        }

        @Override
        public AccountId account() {
            return new AccountId(DEVNET, ADDRESS);
        }

        @Override
        public BlockRef head() {
            throw new AssertionError("not asked");
        }

        @Override
        public BigInteger balance(String address) {
            return BigInteger.TEN.pow(18);
        }

        @Override
        public List<Object> read(ContractCall call) {
            return List.of(BigInteger.valueOf(2_500_000));
        }

        @Override
        public String resolve(String nameOrAddress) {
            throw new AssertionError("not asked");
        }

        @Override
        public Outcome<String> sign(org.openmcpchain.chain.MessageIntent intent) {
            throw new AssertionError("not asked");
        }

        @Override
        public Outcome<TransactionReceipt> send(TransactionIntent intent) {
            throw new AssertionError("not asked");
        }
    }

    static final class MemoryJournal implements Journal {

        final List<Consumer<JournalEntry>> consumers = new CopyOnWriteArrayList<>();
        private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();

        @Override
        public JournalEntry append(String stream, String type, Map<String, ?> body) {
            long seq = entries.stream()
                            .filter(entry -> entry.stream().equals(stream))
                            .count()
                    + 1;
            JournalEntry entry = new JournalEntry(
                    stream, seq, Instant.EPOCH, type, CanonicalJson.of(body), JournalEntry.ORIGIN, JournalEntry.ORIGIN);
            entries.add(entry);
            consumers.forEach(consumer -> consumer.accept(entry));
            return entry;
        }

        @Override
        public List<JournalEntry> read(String stream, long afterSeq, int limit) {
            return entries.stream()
                    .filter(entry -> entry.stream().equals(stream) && entry.seq() > afterSeq)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<JournalEntry> head(String stream) {
            List<JournalEntry> all = read(stream, 0, Integer.MAX_VALUE);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }

        @Override
        public List<String> streams(String after, int limit) {
            return entries.stream()
                    .map(JournalEntry::stream)
                    .distinct()
                    .filter(name -> name.compareTo(after) > 0)
                    .sorted()
                    .limit(limit)
                    .toList();
        }

        @Override
        public Subscription subscribe(String stream, long afterSeq, Consumer<JournalEntry> consumer) {
            read(stream, afterSeq, Integer.MAX_VALUE).forEach(consumer);
            Consumer<JournalEntry> live = entry -> {
                if (entry.stream().equals(stream)) {
                    consumer.accept(entry);
                }
            };
            consumers.add(live);
            return () -> consumers.remove(live);
        }

        @Override
        public JournalCheck verify(String stream) {
            if (head(stream).isEmpty()) {
                throw HostException.of(JournalError.STREAM_UNKNOWN);
            }
            return new JournalCheck(
                    stream, 1, true, org.openmcpchain.journal.Damage.NONE, 0, null, JournalEntry.ORIGIN);
        }
    }
}
