/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.openmcpchain.proofs.receipt.internal.format.PublicKeyFile;

/**
 * The keys whose receipts somebody believes. They never come from the receipt itself: a receipt that brings its own key
 * proves nothing. Immutable.
 */
public final class TrustedKeys {

    private static final int MAX_FILE = 65_536;
    private static final int MAX_FILES = 1_000;

    private final Map<String, PublicKeyFile> keys;

    private TrustedKeys(Map<String, PublicKeyFile> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads keys from PEM files (X.509, Ed25519; at most 64 KiB each) and from the files {@code *.pem} and {@code *.pub}
     * of folders (at most 1,000).
     *
     * @throws IOException if a file cannot be read or holds no such key
     */
    public static TrustedKeys read(List<Path> filesAndFolders) throws IOException {
        Map<String, PublicKeyFile> keys = new LinkedHashMap<>();
        for (Path path : filesAndFolders) {
            for (Path file : Files.isDirectory(path) ? filesOf(path) : List.of(path)) {
                List<PublicKeyFile> found = parse(file);
                if (found.isEmpty()) {
                    throw new IOException(file.getFileName() + " holds no public key");
                }
                found.forEach(key -> keys.put(key.keyId(), key));
            }
        }
        return new TrustedKeys(keys);
    }

    /**
     * The keys of PEM texts, as in {@link org.openmcpchain.proof.ReceiptKey#publicKey()}.
     *
     * @throws IllegalArgumentException if a text is damaged
     */
    public static TrustedKeys of(List<String> pemTexts) {
        Map<String, PublicKeyFile> keys = new LinkedHashMap<>();
        try {
            for (String text : pemTexts) {
                PublicKeyFile.parse(text).forEach(key -> keys.put(key.keyId(), key));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key in PEM form", e);
        }
        return new TrustedKeys(keys);
    }

    /** The ids of the keys: SHA-256 of the X.509 encoding, lower-case hex. */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    Optional<PublicKeyFile> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(file ->
                            file.toString().endsWith(".pem") || file.toString().endsWith(".pub"))
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
    }

    private static List<PublicKeyFile> parse(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException(file.getFileName() + " is larger than a key file can be");
        }
        try {
            return PublicKeyFile.parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IOException(file.getFileName() + " holds no Ed25519 public key in PEM form", e);
        }
    }
}
