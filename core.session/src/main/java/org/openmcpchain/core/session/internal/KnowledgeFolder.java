/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The knowledge cards of this host. Looks at the folder when it is asked, and reads again what has changed. Thread-safe. */
final class KnowledgeFolder {

    private static final Logger LOG = LoggerFactory.getLogger(KnowledgeFolder.class);
    private static final int MAX_CARDS = 1_000;
    private static final long MAX_BYTES = 64 * 1024;
    private static final String ENDING = ".md";

    private final Path folder;
    private Map<Path, Stamp> stamps = Map.of();
    private List<KnowledgeCard> cards = List.of();

    /** What a file was when it was read. */
    private record Stamp(FileTime time, long size, Object file) {}

    KnowledgeFolder(Path folder) {
        this.folder = folder;
    }

    /** The cards that fit a goal, the best first; of equals the one whose id comes first. */
    List<KnowledgeCard> matching(String goal, int most) {
        List<String> words = KnowledgeCard.words(goal);
        return cards().stream()
                .filter(card -> card.score(words) > 0)
                .sorted(Comparator.comparing((KnowledgeCard card) -> -card.score(words))
                        .thenComparing(KnowledgeCard::id))
                .limit(most)
                .toList();
    }

    private synchronized List<KnowledgeCard> cards() {
        try {
            Map<Path, Stamp> now = look();
            if (!now.equals(stamps)) {
                cards = read(now);
                stamps = now;
                LOG.debug("{} knowledge cards", cards.size());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            stamps = Map.of();
            cards = List.of();
        } catch (IOException e) {
            LOG.warn("The knowledge cards cannot be read; those from before are used", e);
        }
        return cards;
    }

    private Map<Path, Stamp> look() throws IOException {
        Map<Path, Stamp> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(ENDING))
                    .sorted()
                    .limit(MAX_CARDS)
                    .toList()) {
                stamp(file, found);
            }
        }
        return found;
    }

    private static void stamp(Path file, Map<Path, Stamp> into) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                into.put(
                        file,
                        new Stamp(
                                attributes.lastModifiedTime(),
                                attributes.size(),
                                String.valueOf(attributes.fileKey())));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("A knowledge card has just gone: {}", file.getFileName(), e);
        }
    }

    private static List<KnowledgeCard> read(Map<Path, Stamp> files) {
        List<KnowledgeCard> found = new ArrayList<>();
        files.forEach((file, stamp) -> {
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - ENDING.length());
            try {
                if (stamp.size() > MAX_BYTES) {
                    LOG.warn("Knowledge card {} is left out: it is larger than 64 KiB", name);
                    return;
                }
                KnowledgeCard.parse(id, Files.readString(file))
                        .ifPresentOrElse(
                                found::add,
                                () -> LOG.warn(
                                        "Knowledge card {} is left out: it needs a head with a title and tags or"
                                                + " keywords, and a text",
                                        name));
            } catch (CharacterCodingException e) {
                LOG.warn("Knowledge card {} is left out: it is not UTF-8", name);
            } catch (IOException e) {
                LOG.warn("Knowledge card {} is left out: it cannot be read", name, e);
            }
        });
        return List.copyOf(found);
    }
}
