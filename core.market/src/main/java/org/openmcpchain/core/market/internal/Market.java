/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.MarketError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.InstallRequest;
import org.openmcpchain.market.InstalledBundle;
import org.openmcpchain.market.Listing;
import org.openmcpchain.market.Marketplace;
import org.openmcpchain.market.Permission;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.GatePoint;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.PolicyGate;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.tool.ToolCatalogue;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The marketplace of this host: finds, installs and removes, and writes each of it down. */
@Component(name = Market.PID, configurationPid = Market.PID, service = Marketplace.class)
@Designate(ocd = MarketSettings.class)
public final class Market implements Marketplace {

    static final String PID = "org.openmcpchain.core.market.Market";
    static final String STREAM = "host";

    private static final Logger LOG = LoggerFactory.getLogger(Market.class);
    private static final int MAX_QUERY = 256;

    private final PolicyGate gate;
    private final Journal journal;
    private final LockFile lock;
    private final Deployment deployment;
    private final Installation installation;
    private final Duration patience;
    private volatile Index index;

    @Activate
    public Market(
            @Reference PolicyGate gate,
            @Reference Journal journal,
            @Reference ToolCatalogue tools,
            @Reference ServiceComponentRuntime components,
            @Reference LockFile lock,
            @Reference Deployment deployment,
            MarketSettings settings) {
        this.gate = gate;
        this.journal = journal;
        this.lock = lock;
        this.deployment = deployment;
        this.patience = Duration.ofMillis(settings.waitMillis());
        this.installation = new Installation(
                deployment,
                new Settling(components, tools),
                Duration.ofMillis(settings.startMillis()),
                Duration.ofMillis(settings.settleMillis()));
    }

    /** Absent until it is configured; what is installed can be seen and removed without it. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindIndex(Index configured) {
        index = configured;
    }

    void unbindIndex(Index gone) {
        if (index == gone) {
            index = null;
        }
    }

    @Override
    public List<Listing> listings(String query) {
        String text = Objects.requireNonNullElse(query, "");
        if (text.length() > MAX_QUERY) {
            return List.of();
        }
        List<String> words = Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return index().catalogue().entries().stream()
                .filter(entry -> entry.holdsAll(words))
                .map(this::listing)
                .toList();
    }

    @Override
    public Optional<Listing> listing(String id) {
        return index().catalogue().find(id, Optional.empty()).map(this::listing);
    }

    @Override
    public List<InstalledBundle> installed() {
        return lock.entries().stream().map(this::installed).toList();
    }

    @Override
    public InstalledBundle install(InstallRequest request) {
        try {
            return deployment.exclusively(patience, () -> installNow(request));
        } catch (HostException e) {
            refused(request, e);
            throw e;
        }
    }

    @Override
    public void remove(String id, String principal) {
        deployment.exclusively(patience, () -> {
            Locked locked = lock.find(id).orElseThrow(() -> HostException.of(MarketError.NOT_INSTALLED, "id", id));
            removeNow(locked, principal);
            return null;
        });
    }

    private InstalledBundle installNow(InstallRequest request) {
        Index source = index();
        Entry entry = source.catalogue()
                .find(request.id(), request.version())
                .orElseThrow(() -> HostException.of(
                        MarketError.LISTING_UNKNOWN,
                        "id",
                        request.id(),
                        "version",
                        request.version().orElse("any")));
        ask(request, entry);
        Optional<Locked> present = lock.find(entry.id());
        if (present.isPresent()) {
            return samePresent(present.get(), entry);
        }
        if (!entry.permissions().isEmpty() && !request.grantPermissions()) {
            throw HostException.of(
                    MarketError.INSTALL_PERMISSIONS,
                    "id",
                    entry.id(),
                    "version",
                    entry.version(),
                    "permissions",
                    words(entry.permissions()));
        }
        Installation.Installed installed =
                installation.run(entry, request.principal(), source, done -> commit(done, request.principal()));
        LOG.info("{} is installed by {}", entry.bundle(), request.principal());
        return installed(installed.locked());
    }

    private InstalledBundle samePresent(Locked present, Entry entry) {
        if (!present.bundle().equals(entry.bundle()) || present.removing()) {
            throw HostException.of(
                    MarketError.INSTALL_CONFLICT,
                    "id",
                    entry.id(),
                    "installed",
                    present.bundle().version(),
                    "detail",
                    present.removing() ? "its removal has not ended" : "another version or another jar is installed");
        }
        return installed(present);
    }

    private void ask(InstallRequest request, Entry entry) {
        Verdict verdict = gate.decide(Intent.builder(GatePoint.INSTALL, entry.id(), request.principal())
                .bundle(entry.bundle())
                .build());
        if (!verdict.isAllowed()) {
            throw HostException.of(
                    verdict.decision() == Decision.NEEDS_APPROVAL
                            ? PolicyError.POLICY_APPROVAL_NEEDED
                            : PolicyError.POLICY_DENIED,
                    "rule",
                    verdict.ruleId(),
                    "policyVersion",
                    verdict.policyVersion(),
                    "detail",
                    verdict.reason());
        }
    }

    /** The journal first: what it says and the lock file does not is undone at the next start, and said there. */
    private void commit(Installation.Installed installed, String principal) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("bundle", toBody(installed.locked().bundle()));
        body.put("permissions", permissions(installed.locked().permissions()));
        body.put("principal", principal);
        if (!installed.disturbed().isEmpty()) {
            body.put("restarted", installed.disturbed());
        }
        journal.append(STREAM, EntryTypes.MARKET_INSTALLED, body);
        lock.put(installed.locked());
    }

    private void removeNow(Locked locked, String principal) {
        lock.put(locked.asRemoving());
        FeatureFile feature = FeatureFile.of(locked.bundle(), deployment.folder());
        try {
            deployment.undeploy(locked.id(), feature.requirement());
        } catch (RuntimeException e) {
            throw HostException.caused(e, MarketError.REMOVE_FAILED, "id", locked.id());
        }
        journal.append(
                STREAM, EntryTypes.MARKET_REMOVED, Map.of("bundle", toBody(locked.bundle()), "principal", principal));
        lock.remove(locked.id());
        Installation.delete(feature.file());
        Installation.delete(deployment.folder().blob(locked.bundle().sha256()));
        LOG.info("{} is removed by {}", locked.bundle(), principal);
    }

    private void refused(InstallRequest request, HostException why) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", request.id());
        body.put("version", request.version().orElse(null));
        body.put("code", why.code().name());
        body.put("parameters", why.parameters());
        body.put("principal", request.principal());
        try {
            journal.append(STREAM, EntryTypes.MARKET_REFUSED, body);
        } catch (RuntimeException e) {
            // The caller has to learn why there is no bundle, not that there is no journal besides.
            why.addSuppressed(e);
            LOG.warn("A refused installation cannot be journaled", e);
        }
    }

    private Index index() {
        Index current = index;
        if (current == null) {
            throw HostException.of(MarketError.MARKET_UNREACHABLE, "detail", "no index is configured");
        }
        return current;
    }

    private Listing listing(Entry entry) {
        boolean installed = lock.find(entry.id())
                .filter(locked -> locked.bundle().equals(entry.bundle()))
                .isPresent();
        return entry.listing(installed);
    }

    private InstalledBundle installed(Locked locked) {
        String state = deployment.bundle(locked.id()).map(Market::stateOf).orElse("MISSING");
        return new InstalledBundle(
                locked.bundle(), state, locked.permissions(), locked.installedBy(), locked.installedAt());
    }

    private static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
    }

    static Map<String, Object> toBody(BundleRef bundle) {
        return Map.of("symbolicName", bundle.symbolicName(), "version", bundle.version(), "sha256", bundle.sha256());
    }

    private static List<Map<String, Object>> permissions(List<Permission> permissions) {
        List<Map<String, Object>> list = new ArrayList<>();
        permissions.forEach(
                permission -> list.add(Map.of("kind", permission.kind(), "attributes", permission.attributes())));
        return list;
    }

    private static String words(List<Permission> permissions) {
        return String.join(
                "; ",
                permissions.stream()
                        .map(permission -> permission.kind() + " " + permission.attributes())
                        .sorted()
                        .toList());
    }
}
