/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.market.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.market.Provenance;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names bundles by the jar that they were installed from. A jar is read once, and again when its bundle is updated. */
@Component(name = "org.openmcpchain.core.market.JarProvenance", service = Provenance.class)
public final class JarProvenance implements Provenance {

    private static final Logger LOG = LoggerFactory.getLogger(JarProvenance.class);
    private static final int CHUNK = 64 * 1024;

    private final BundleContext context;
    private final Optional<Path> repository;
    private final String market;
    /** Weak: a bundle that was removed must not stay because it was once named. */
    private final Map<Bundle, Named> known = Collections.synchronizedMap(new WeakHashMap<>());

    private record Named(long lastModified, BundleRef ref) {}

    @Activate
    public JarProvenance(BundleContext context) {
        this.context = context;
        this.repository = Optional.ofNullable(context.getProperty("karaf.default.repository"))
                .map(this::inBase);
        this.market = MarketFolder.of(context).blobs().toUri().toString();
    }

    @Override
    public BundleRef bundleOf(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        return bundle == null
                ? new BundleRef("java.platform", System.getProperty("java.version"), BundleRef.UNKNOWN_DIGEST)
                : named(bundle);
    }

    @Override
    public List<BundleRef> active() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle -> bundle.getHeaders("").get(ArtifactCheck.KIND) != null
                        || bundle.getLocation().startsWith(market))
                .map(this::named)
                .sorted(Comparator.comparing(BundleRef::symbolicName).thenComparing(BundleRef::version))
                .toList();
    }

    private BundleRef named(Bundle bundle) {
        Named named = known.get(bundle);
        if (named == null || named.lastModified() != bundle.getLastModified()) {
            named = new Named(
                    bundle.getLastModified(),
                    new BundleRef(
                            String.valueOf(bundle.getSymbolicName()),
                            bundle.getVersion().toString(),
                            jar(bundle).flatMap(JarProvenance::sha256).orElse(BundleRef.UNKNOWN_DIGEST)));
            known.put(bundle, named);
        }
        return named.ref();
    }

    private Optional<Path> jar(Bundle bundle) {
        String location = bundle.getLocation().replaceFirst("^reference:", "");
        Optional<Path> source = Optional.empty();
        if (location.startsWith("file:")) {
            source = local(location);
        } else if (location.startsWith("mvn:")) {
            source = repository.map(folder -> folder.resolve(mavenPath(location)));
        }
        return source.filter(Files::isRegularFile).or(() -> cached(bundle));
    }

    /** {@code mvn:group/artifact/version[/type[/classifier]]} as a path in a Maven repository. */
    private static String mavenPath(String location) {
        String[] parts = location.substring(location.indexOf(':') + 1).split("[/?#$]");
        if (parts.length < 3) {
            return "none";
        }
        String type = parts.length > 3 && !parts[3].isEmpty() ? parts[3] : "jar";
        String classifier = parts.length > 4 ? "-" + parts[4] : "";
        return parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/" + parts[1] + "-" + parts[2]
                + classifier + "." + type;
    }

    /** Where Felix keeps the newest revision of a bundle that came from somewhere else. */
    private Optional<Path> cached(Bundle bundle) {
        String storage = context.getProperty(Constants.FRAMEWORK_STORAGE);
        if (storage == null) {
            return Optional.empty();
        }
        Path folder = Path.of(storage).resolve("bundle" + bundle.getBundleId());
        try (Stream<Path> revisions = Files.list(folder)) {
            return revisions
                    .filter(path -> path.getFileName().toString().startsWith("version"))
                    .max(Comparator.comparingDouble(path ->
                            Double.parseDouble(path.getFileName().toString().substring("version".length()))))
                    .map(path -> path.resolve("bundle.jar"))
                    .filter(Files::isRegularFile);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> sha256(Path jar) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
            byte[] chunk = new byte[CHUNK];
            while (in.read(chunk) >= 0) {
                // Reading is what computes the digest.
            }
            return Optional.of(HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest()));
        } catch (IOException e) {
            LOG.warn("A bundle has no digest: its jar cannot be read", e);
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Path inBase(String path) {
        String base = context.getProperty("karaf.base");
        return base == null ? Path.of(path) : Path.of(base).resolve(path);
    }

    private static Optional<Path> local(String location) {
        try {
            return Optional.of(Path.of(URI.create(
                    "file:" + URI.create(location.replace(" ", "%20")).getRawPath())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
