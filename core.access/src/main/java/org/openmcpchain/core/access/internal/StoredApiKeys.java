/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.access.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.openmcpchain.access.ApiKeyInfo;
import org.openmcpchain.access.ApiKeys;
import org.openmcpchain.access.IssuedKey;
import org.openmcpchain.access.Principal;
import org.openmcpchain.access.Scope;
import org.openmcpchain.core.run.EntryDraft;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.core.run.StoreChange.DocumentSaved;
import org.openmcpchain.error.AccessError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.RequestError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.Digests;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of this host, in the store and, for checking, in memory. Thread-safe. */
@Component(
        service = ApiKeys.class,
        immediate = true,
        name = "org.openmcpchain.core.access.Keys",
        configurationPid = "org.openmcpchain.core.access.Keys")
@Designate(ocd = KeySettings.class)
public final class StoredApiKeys implements ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(StoredApiKeys.class);
    private static final String DATA_FOLDER = "karaf.data";
    private static final String HOST = "host";
    private static final int MAX_NAME = 128;
    /** What an unknown key is compared with, so that it takes as long as a known one. */
    private static final String NOBODY = Digests.sha256("");

    private final JournaledStore store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Object changes = new Object();
    private volatile Map<String, StoredKey> keys;

    /** Loads the keys; a host without any gets its first one. */
    @Activate
    public StoredApiKeys(KeySettings settings, BundleContext context, @Reference JournaledStore store) {
        this(store, new AdminKeyFile(dataFolder(context).resolve(settings.adminKeyFile())), Clock.systemUTC());
    }

    StoredApiKeys(JournaledStore store, AdminKeyFile adminKeyFile, Clock clock) {
        this.store = store;
        this.clock = clock;
        ObjectMapper json = new ObjectMapper();
        Map<String, StoredKey> loaded = new HashMap<>();
        store.documents(StoredKey.COLLECTION)
                .forEach(document -> loaded.put(document.id(), StoredKey.of(document, json)));
        keys = Map.copyOf(loaded);
        if (loaded.isEmpty()) {
            issueFirst(adminKeyFile);
        }
    }

    private static Path dataFolder(BundleContext context) {
        String folder = context.getProperty(DATA_FOLDER);
        return folder == null ? context.getDataFile("").toPath() : Path.of(folder);
    }

    /** File first: a key that is stored but was never shown would lock the operator out for good. */
    private void issueFirst(AdminKeyFile file) {
        KeyText key = KeyText.random(random);
        file.write(key);
        save(key, "admin", Set.of(Scope.ADMIN), HOST);
        LOG.info("This host had no API key; an admin key was written to {}", file.path());
    }

    @Override
    public IssuedKey issue(String name, Set<Scope> scopes, String issuedBy) {
        if (name == null || name.isBlank() || name.length() > MAX_NAME || !isPlain(name)) {
            throw HostException.of(
                    RequestError.REQUEST_INVALID, "field", "name", "rule", "1 to 128 printable characters");
        }
        if (scopes == null || scopes.isEmpty()) {
            throw HostException.of(RequestError.REQUEST_INVALID, "field", "scopes", "rule", "at least one scope");
        }
        KeyText key = KeyText.random(random);
        return new IssuedKey(key.text(), save(key, name, scopes, issuedBy));
    }

    /** A name goes into journals, headers and tables: no control characters, no broken ones. */
    private static boolean isPlain(String name) {
        return name.codePoints()
                .noneMatch(point -> Character.isISOControl(point)
                        || Character.getType(point) == Character.SURROGATE
                        || Character.getType(point) == Character.FORMAT);
    }

    private ApiKeyInfo save(KeyText key, String name, Set<Scope> scopes, String issuedBy) {
        Instant at = now();
        StoredKey stored = new StoredKey(new ApiKeyInfo(key.id(), name, scopes, at, false), key.secretHash());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("keyId", key.id());
        body.put("name", name);
        body.put("scopes", new TreeSet<>(scopes));
        body.put("principal", issuedBy);
        write(EntryTypes.KEY_ISSUED, body, stored, at);
        return stored.info();
    }

    private void write(String type, Map<String, Object> body, StoredKey key, Instant at) {
        synchronized (changes) {
            store.write(
                    List.of(new EntryDraft(JournalEntry.HOST_STREAM, type, body)),
                    List.of(new DocumentSaved(key.toDocument(at))));
            Map<String, StoredKey> next = new HashMap<>(keys);
            next.put(key.info().id(), key);
            keys = Map.copyOf(next);
        }
    }

    @Override
    public Optional<Principal> authenticate(String key) {
        return KeyText.parse(key).flatMap(this::authenticate);
    }

    private Optional<Principal> authenticate(KeyText presented) {
        StoredKey stored = keys.get(presented.id());
        boolean isRight = equalInConstantTime(stored == null ? NOBODY : stored.secretHash(), presented.secretHash());
        if (!isRight || stored == null || stored.info().revoked()) {
            return Optional.empty();
        }
        ApiKeyInfo info = stored.info();
        return Optional.of(new Principal(info.name(), info.id(), info.scopes()));
    }

    private static boolean equalInConstantTime(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), actual.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<ApiKeyInfo> list() {
        return keys.values().stream()
                .map(StoredKey::info)
                .sorted(Comparator.comparing(ApiKeyInfo::issuedAt).thenComparing(ApiKeyInfo::id))
                .toList();
    }

    @Override
    public ApiKeyInfo revoke(String id, String revokedBy) {
        synchronized (changes) {
            StoredKey stored = id == null ? null : keys.get(id);
            if (stored == null) {
                throw HostException.of(AccessError.KEY_UNKNOWN);
            }
            if (!stored.info().revoked()) {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("keyId", id);
                body.put("principal", revokedBy);
                write(EntryTypes.KEY_REVOKED, body, stored.revoked(), now());
            }
            return keys.get(id).info();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
