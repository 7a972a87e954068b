/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.inference.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.openmcpchain.core.inference.Inference;
import org.openmcpchain.core.inference.InferenceLease;
import org.openmcpchain.core.inference.InferenceProvider;
import org.openmcpchain.core.lease.PluggedPart;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.InferenceError;
import org.openmcpchain.inference.InferenceProviders;
import org.openmcpchain.inference.ProviderInfo;
import org.openmcpchain.market.Provenance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks providers and gives out leases on them. */
@Component(
        name = Leases.PID,
        configurationPid = Leases.PID,
        immediate = true,
        service = {Inference.class, InferenceProviders.class})
@Designate(ocd = LeasesConfig.class)
public final class Leases implements Inference, InferenceProviders {

    static final String PID = "org.openmcpchain.core.inference.Leases";

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Comparator<Plug> BEST_FIRST =
            Comparator.comparingInt(Plug::ranking).reversed().thenComparingLong(Plug::serviceId);

    private final Provenance provenance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private volatile Settings settings;
    private volatile List<Plug> plugs = List.of();

    /** A provider under the properties of its service. */
    private record Plug(String id, int ranking, long serviceId, PluggedProvider provider) {}

    private record Settings(Optional<String> preferred, Duration drain, Semaphore places) {

        static Settings of(LeasesConfig config) {
            return new Settings(
                    Optional.of(config.provider().trim()).filter(Predicate.not(String::isEmpty)),
                    Duration.ofSeconds(config.drainSeconds()),
                    new Semaphore(config.maxCalls()));
        }
    }

    @Activate
    public Leases(@Reference Provenance provenance, LeasesConfig config) {
        this.provenance = provenance;
        this.settings = Settings.of(config);
    }

    @Modified
    void modified(LeasesConfig config) {
        settings = Settings.of(config);
        changed(List::copyOf);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindProvider(InferenceProvider provider, Map<String, Object> properties) {
        if (!(properties.get(InferenceProvider.ID) instanceof String id)
                || !ID.matcher(id).matches()) {
            LOG.warn("An inference provider is ignored: its service property {} is not valid", InferenceProvider.ID);
            return;
        }
        try {
            var plugged = new PluggedProvider(id, provider, provenance.bundleOf(provider.getClass()));
            plug(new Plug(id, ranking(properties), serviceId(properties), plugged));
            LOG.info("Inference provider {} is plugged in: {}", id, plugged.label());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Inference provider {} is ignored: it cannot say what it is", id, e);
        }
    }

    void updatedProvider(InferenceProvider provider, Map<String, Object> properties) {
        find(plug -> plug.serviceId() == serviceId(properties))
                .ifPresent(old -> plug(new Plug(old.id(), ranking(properties), serviceId(properties), old.provider())));
    }

    /** Returns when no call needs the provider any more, or the drain time is over; so DS keeps it active until then. */
    void unbindProvider(InferenceProvider provider, Map<String, Object> properties) {
        find(plug -> plug.serviceId() == serviceId(properties)).ifPresent(this::unplug);
    }

    @Override
    public InferenceLease lease(Optional<String> providerId, Duration patience) {
        Optional<InferenceLease> atOnce = tryLease(providerId);
        return atOnce.isPresent() ? atOnce.get() : awaitLease(providerId, patience);
    }

    @Override
    public List<ProviderInfo> list() {
        Optional<String> preferred = settings.preferred();
        return plugs.stream()
                .sorted(Comparator.comparing(
                        plug -> preferred.filter(plug.id()::equals).isEmpty()))
                .map(Leases::info)
                .toList();
    }

    private Optional<InferenceLease> tryLease(Optional<String> wanted) {
        Settings now = settings;
        Optional<String> id = wanted.or(now::preferred);
        for (Plug plug : plugs) {
            if (id.isEmpty() || id.get().equals(plug.id())) {
                Optional<PluggedPart.Hold> hold = plug.provider().hold();
                if (hold.isPresent()) {
                    return Optional.of(new ProviderLease(plug.provider(), hold.get(), info(plug), now.places()));
                }
            }
        }
        return Optional.empty();
    }

    private InferenceLease awaitLease(Optional<String> wanted, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            for (; ; ) {
                Optional<InferenceLease> lease = tryLease(wanted);
                if (lease.isPresent()) {
                    return lease.get();
                }
                if (left <= 0) {
                    throw absent(wanted);
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw absent(wanted);
        } finally {
            lock.unlock();
        }
    }

    private HostException absent(Optional<String> wanted) {
        if (wanted.isPresent()) {
            return HostException.of(InferenceError.INFERENCE_UNKNOWN, "provider", wanted.get());
        }
        return settings.preferred()
                .map(id -> HostException.of(
                        InferenceError.INFERENCE_NONE,
                        "provider",
                        id,
                        "detail",
                        "the configured provider " + id + " is not there"))
                .orElseGet(() -> HostException.of(InferenceError.INFERENCE_NONE));
    }

    private void plug(Plug plug) {
        changed(before -> {
            List<Plug> next = new ArrayList<>(before);
            next.removeIf(other -> other.serviceId() == plug.serviceId());
            next.add(plug);
            next.sort(BEST_FIRST);
            return next;
        });
    }

    private void unplug(Plug plug) {
        changed(before -> before.stream().filter(other -> other != plug).toList());
        if (plug.provider().retire(settings.drain())) {
            LOG.info("Inference provider {} is unplugged; every call had ended", plug.id());
        } else {
            LOG.warn("Inference provider {} is unplugged; calls that took too long were interrupted", plug.id());
        }
    }

    private void changed(UnaryOperator<List<Plug>> change) {
        lock.lock();
        try {
            plugs = List.copyOf(change.apply(plugs));
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Plug> find(Predicate<Plug> which) {
        return plugs.stream().filter(which).findFirst();
    }

    private static ProviderInfo info(Plug plug) {
        PluggedProvider provider = plug.provider();
        return new ProviderInfo(
                plug.id(),
                provider.label(),
                provider.model(),
                provider.local(),
                plug.ranking(),
                provider.bundle(),
                provider.calls());
    }

    /** A configuration file knows only text, and DS hands it on as it is. */
    private static int ranking(Map<String, Object> properties) {
        Object ranking = properties.get("service.ranking");
        try {
            return ranking == null ? 0 : Integer.parseInt(ranking.toString().trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long serviceId(Map<String, Object> properties) {
        return (Long) properties.get("service.id");
    }
}
