/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;

/**
 * A folder of encrypted key files that only its owner can read. Source of the format: Web3 Secret Storage Definition,
 * version 3.
 */
final class KeyFolder {

    private static final int MAX_FILES = 256;
    private static final int MAX_FILE_BYTES = 64 * 1024;
    /** 128 · n · r bytes of memory: the standard parameters need 256 MiB; a file that asks for more is refused. */
    private static final long MAX_SCRYPT_BYTES = 512L * 1024 * 1024;

    /** For keys that everybody knows: making them hard to guess would only make a start slow. */
    private static final int QUICK_SCRYPT_N = 1 << 4;

    private static final int QUICK_SCRYPT_P = 1;

    private static final int PASSWORD_BYTES = 32;
    private static final String PASSWORD_FILE = "password";
    private static final String ENDING = ".json";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final Path folder;

    /** Opens the folder; makes it when it does not exist. */
    KeyFolder(Path folder) throws IOException {
        this.folder = folder;
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OWNER_FOLDER);
        }
    }

    /** The key files, in the order of their names. Error: {@code WALLET_LOCKED} for a file that is no key file. */
    List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
    }

    /** The label in a file name: without the leading number that orders it, and without the ending. */
    static String label(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length()).replaceFirst("^\\d+-", "");
    }

    /** Reads a key file without opening it. Error: {@code WALLET_LOCKED}. */
    WalletFile read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw locked(file, "is too large for a key file", null);
            }
            WalletFile content = json.readValue(file.toFile(), WalletFile.class);
            if (content.getAddress() == null || content.getCrypto() == null) {
                throw locked(file, "is not a key file", null);
            }
            return content;
        } catch (IOException e) {
            throw locked(file, "cannot be read", e);
        }
    }

    /** Decrypts a key file; takes from tens of milliseconds to seconds. Error: {@code WALLET_LOCKED}. */
    ECKeyPair open(Path file, String password) {
        WalletFile content = read(file);
        if (content.getCrypto().getKdfparams() instanceof WalletFile.ScryptKdfParams scrypt
                && 128L * scrypt.getN() * scrypt.getR() > MAX_SCRYPT_BYTES) {
            throw locked(file, "asks for too much memory", null);
        }
        try {
            return Wallet.decrypt(password, content);
        } catch (CipherException e) {
            // Not as the cause: what a cipher says of a key file belongs in no log.
            throw locked(file, "does not open with this password", null);
        }
    }

    /**
     * Adds a key file, encrypted with so little work (n 4096, p 1) that only keys which are public anyway may be added this
     * way: a host that starts for the first time does not wait for their encryption.
     *
     * @return false when there is a file of this name already
     */
    boolean addIfAbsent(String name, ECKeyPair key, String password) throws IOException {
        Path file = folder.resolve(name + ENDING);
        if (Files.exists(file)) {
            return false;
        }
        try {
            write(file, json.writeValueAsBytes(Wallet.create(password, key, QUICK_SCRYPT_N, QUICK_SCRYPT_P)));
            return true;
        } catch (CipherException e) {
            throw new IOException("the key file cannot be encrypted", e);
        }
    }

    boolean hasGeneratedPassword() {
        return Files.exists(folder.resolve(PASSWORD_FILE));
    }

    /** The generated password. Error: {@code WALLET_LOCKED} when there is none. */
    String generatedPassword() {
        Path file = folder.resolve(PASSWORD_FILE);
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(KeyFolder::isForOthers)) {
                throw locked(file, "can be read by others; only its owner may", null);
            }
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw locked(file, "cannot be read", e);
        }
    }

    /** Generates the password, once: a second call gives the first one. */
    String generatePassword() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            Files.createFile(folder.resolve(PASSWORD_FILE), OWNER_ONLY);
        } catch (FileAlreadyExistsException earlier) {
            String known = generatedPassword();
            if (!known.isEmpty()) {
                return known;
            }
        }
        write(folder.resolve(PASSWORD_FILE), password.getBytes(StandardCharsets.UTF_8));
        return password;
    }

    private void write(Path file, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(folder, ".new", null, OWNER_ONLY);
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isForOthers(PosixFilePermission permission) {
        return !permission.name().startsWith("OWNER_");
    }

    private static HostException locked(Path file, String what, Throwable cause) {
        String detail = file.getFileName() + " " + what;
        return cause == null
                ? HostException.of(WalletError.WALLET_LOCKED, "detail", detail)
                : HostException.caused(cause, WalletError.WALLET_LOCKED, "detail", detail);
    }
}
