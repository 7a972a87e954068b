/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.marketplace.index;

import aQute.bnd.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openmcpchain.proof.Digests;

/**
 * Makes a marketplace index: static files that any web server can serve. The same records and jars give the same bytes.
 *
 * <pre>{@code --records DIR --jars DIR --out DIR}</pre>
 *
 * <p>{@code DIR/tools/<id>/tool.json} and {@code DIR/tools/<id>/releases/<version>.json} hold what authors declare; a
 * release finds its jar by symbolic name and version. What the jar itself can tell is read from the jar.
 */
public final class GenerateIndex {

    private GenerateIndex() {}

    /**
     * Runs the generator.
     *
     * @param args see the class
     * @throws IndexException if a record or a jar is wrong; nothing is published then
     */
    public static void main(String... args) {
        Map<String, Path> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], Path.of(args[i + 1]));
        }
        if (args.length != 6 || !options.keySet().containsAll(List.of("--records", "--jars", "--out"))) {
            throw new IndexException("usage: --records DIR --jars DIR --out DIR");
        }
        generate(options.get("--records"), options.get("--jars"), options.get("--out"));
    }

    /**
     * Writes the index to a folder; what was in it is replaced.
     *
     * @param records the source records
     * @param jars a folder of jars; each must belong to a release
     * @param out the folder to write
     * @throws IndexException if a record or a jar is wrong; the folder is left as it was then
     */
    public static void generate(Path records, Path jars, Path out) {
        Schemas schemas = new Schemas();
        Records declared = Records.read(records, schemas);
        List<Site.Entry> entries = match(declared, read(jars));
        List<JarFacts> published = entries.stream().map(Site.Entry::jar).toList();
        byte[] r5 = R5Index.of(declared.name(), declared.sequence(), published);
        byte[] catalogue = Site.catalogue(declared, entries, r5, schemas).getBytes(StandardCharsets.UTF_8);
        try {
            clear(out);
            for (JarFacts jar : published) {
                Path blob = Files.createDirectories(
                                out.resolve(Site.blobPath(jar.sha256())).getParent())
                        .resolve(jar.sha256());
                Files.copy(jar.file(), blob, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.createDirectories(out.resolve(Site.R5).getParent());
            Files.write(out.resolve(Site.R5), r5);
            Files.writeString(
                    out.resolve(Site.CATALOGUE + ".sha256"), Digests.sha256(catalogue) + "  " + Site.CATALOGUE + "\n");
            // Last, so that a catalogue never names what is not there yet.
            Files.write(out.resolve(Site.CATALOGUE), catalogue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JarFacts> read(Path folder) {
        Map<String, JarFacts> jars = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                JarFacts jar = JarFacts.read(file);
                JarFacts other = jars.put(key(jar.symbolicName(), jar.version()), jar);
                if (other != null) {
                    throw new IndexException(file.getFileName() + " and "
                            + other.file().getFileName() + " are both " + key(jar.symbolicName(), jar.version()));
                }
            }
        } catch (IOException e) {
            throw new IndexException(folder + " cannot be read", e);
        }
        return jars;
    }

    private static List<Site.Entry> match(Records records, Map<String, JarFacts> jars) {
        Map<String, JarFacts> rest = new HashMap<>(jars);
        List<Site.Entry> entries = new ArrayList<>();
        for (Records.Release release : records.releases()) {
            JarFacts jar = rest.remove(key(release.id(), release.version()));
            if (jar == null) {
                throw new IndexException("there is no jar for the release " + key(release.id(), release.version()));
            }
            String kind = release.tool().get("kind").textValue();
            if (!jar.kind().orElse(kind).equals(kind)) {
                throw new IndexException(jar.file().getFileName() + " is of the kind "
                        + jar.kind().orElseThrow() + ", its record says " + kind);
            }
            entries.add(new Site.Entry(release, jar));
        }
        if (!rest.isEmpty()) {
            throw new IndexException("there is no release record for " + rest.keySet());
        }
        entries.sort(Comparator.<Site.Entry, String>comparing(
                        entry -> entry.release().id())
                .thenComparing(entry -> Version.parseVersion(entry.jar().version())));
        return entries;
    }

    private static String key(String id, String version) {
        return id + "/" + version;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.exists(folder.resolve(Site.CATALOGUE)) && !isEmpty(folder)) {
            throw new IndexException(folder + " is not empty and holds no index; it is not replaced");
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
