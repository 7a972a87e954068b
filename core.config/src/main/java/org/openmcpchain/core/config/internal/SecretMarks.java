/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openmcpchain.proof.CanonicalJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks that stand for secret values: another value has another mark, but no value can be guessed from its mark without the
 * host's key. HMAC-SHA-256 (RFC 2104) under a key of 32 random bytes, made when it is needed first and kept with the host's
 * secrets. Used by one thread.
 */
final class SecretMarks {

    static final String FILE = "configuration-marks";

    private static final Logger LOG = LoggerFactory.getLogger(SecretMarks.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private SecretKeySpec key;

    /** @param folder where the host's secrets are */
    SecretMarks(Path folder) {
        this.folder = folder;
    }

    /** The mark of a value: texts, booleans and lists of texts. */
    String of(Pid pid, String name, Object value) {
        String text = CanonicalJson.of(Map.of("pid", pid.toString(), "key", name, "value", value));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            String mark = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return Problem.HIDDEN + " hmac-sha256 " + mark;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private SecretKeySpec key() {
        if (key == null) {
            key = new SecretKeySpec(keptOrFresh(), ALGORITHM);
        }
        return key;
    }

    private byte[] keptOrFresh() {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file, HexFormat.of().formatHex(fresh));
                return fresh;
            }
            byte[] kept = HexFormat.of().parseHex(Files.readString(file).strip());
            if (kept.length == KEY_BYTES) {
                return kept;
            }
            LOG.warn("{} holds no key; approvals of changes of secrets end with this start", file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} cannot be used; approvals of changes of secrets end with this start", file, e);
        }
        return fresh;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent(), attributes("rwx------"));
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(fresh, options, attributes("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] attributes(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
