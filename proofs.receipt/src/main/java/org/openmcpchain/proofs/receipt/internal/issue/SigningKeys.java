/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.ProofError;
import org.openmcpchain.proofs.receipt.internal.format.Pem;
import org.openmcpchain.proofs.receipt.internal.format.PublicKeyFile;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/**
 * The key that signs, and the public half of every key that ever did. {@code current.pem} holds the present pair (PKCS#8
 * and X.509, mode 0600); {@code public/<key id>.pem} each public key with the time since when it is not used any more.
 * Immutable after {@link #open}, thread-safe.
 */
final class SigningKeys {

    private static final String CURRENT = "current.pem";
    private static final String PUBLIC = "public";
    private static final String PRIVATE_LABEL = "PRIVATE KEY";
    private static final int MAX_FILE = 65_536;

    private final PrivateKey signing;
    private final PublicKeyFile current;
    private final List<PublicKeyFile> former;

    private SigningKeys(PrivateKey signing, PublicKeyFile current, List<PublicKeyFile> former) {
        this.signing = signing;
        this.current = current;
        this.former = List.copyOf(former);
    }

    /**
     * Reads the keys; makes a new one when there is none or when the present one has lived its time.
     *
     * @param lifetime how long a key is used; zero for ever
     *     <p>Error: {@code PROOF_KEY_UNUSABLE}.
     */
    static SigningKeys open(Path folder, Duration lifetime, Clock clock) {
        try {
            PrivateFiles.folder(folder);
            PrivateFiles.folder(folder.resolve(PUBLIC));
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Optional<SigningKeys> known =
                    Files.exists(folder.resolve(CURRENT)) ? Optional.of(load(folder)) : Optional.empty();
            SigningKeys keys =
                    known.filter(loaded -> !loaded.isOutlived(lifetime, now)).isPresent()
                            ? known.get()
                            : create(folder, now);
            return new SigningKeys(keys.signing, keys.current, retireOthers(folder, keys.current.keyId(), now));
        } catch (IOException | GeneralSecurityException e) {
            throw HostException.caused(e, ProofError.PROOF_KEY_UNUSABLE, "detail", "the key folder cannot be used");
        }
    }

    /** The key of new receipts. */
    PublicKeyFile current() {
        return current;
    }

    /** The keys of older receipts, the youngest first. */
    List<PublicKeyFile> former() {
        return former;
    }

    /** Signs with the current key. Error: {@code PROOF_KEY_UNUSABLE}. */
    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ReceiptFormat.ALGORITHM);
            signature.initSign(signing);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw HostException.caused(e, ProofError.PROOF_KEY_UNUSABLE, "detail", "the key does not sign");
        }
    }

    private boolean isOutlived(Duration lifetime, Instant now) {
        return !lifetime.isZero()
                && current.createdAt()
                        .map(at -> at.plus(lifetime).isBefore(now))
                        .orElse(false);
    }

    private static SigningKeys load(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(CURRENT);
        if (PrivateFiles.isOpenToOthers(file)) {
            throw HostException.of(
                    ProofError.PROOF_KEY_UNUSABLE,
                    "detail",
                    "others than its owner may read " + CURRENT + " (chmod 600)");
        }
        String text = read(file);
        List<byte[]> secrets = Pem.read(PRIVATE_LABEL, text);
        List<PublicKeyFile> publics = PublicKeyFile.parse(text);
        if (secrets.size() != 1 || publics.size() != 1) {
            throw HostException.of(
                    ProofError.PROOF_KEY_UNUSABLE, "detail", CURRENT + " does not hold one pair of keys");
        }
        PrivateKey secret = KeyFactory.getInstance(ReceiptFormat.ALGORITHM)
                .generatePrivate(new PKCS8EncodedKeySpec(secrets.get(0)));
        SigningKeys keys = new SigningKeys(secret, publics.get(0), List.of());
        if (!keys.belongTogether()) {
            throw HostException.of(ProofError.PROOF_KEY_UNUSABLE, "detail", "the halves in " + CURRENT + " do not fit");
        }
        publish(folder, keys.current);
        return keys;
    }

    private static SigningKeys create(Path folder, Instant now) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ReceiptFormat.ALGORITHM).generateKeyPair();
        PublicKeyFile half = new PublicKeyFile(pair.getPublic(), Optional.of(now), Optional.empty());
        // The public half first: a receipt must never be older than the file that verifies it.
        publish(folder, half);
        PrivateFiles.write(
                folder.resolve(CURRENT),
                Pem.write(PRIVATE_LABEL, pair.getPrivate().getEncoded()) + half.text());
        return new SigningKeys(pair.getPrivate(), half, List.of());
    }

    private static void publish(Path folder, PublicKeyFile key) throws IOException {
        PrivateFiles.write(file(folder, key), key.text());
    }

    /** Marks every other key as retired, also one that a crash left behind half-way through a change. */
    private static List<PublicKeyFile> retireOthers(Path folder, String currentId, Instant now)
            throws IOException, GeneralSecurityException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder.resolve(PUBLIC))) {
            files = list.filter(file -> file.toString().endsWith(".pem")).toList();
        }
        List<PublicKeyFile> former = new ArrayList<>();
        for (Path file : files) {
            for (PublicKeyFile key : PublicKeyFile.parse(read(file))) {
                if (!key.keyId().equals(currentId)) {
                    PublicKeyFile retired = key.retiredAt().isPresent() ? key : key.retired(now);
                    if (retired != key) {
                        PrivateFiles.write(file(folder, key), retired.text());
                    }
                    former.add(retired);
                }
            }
        }
        former.sort(Comparator.comparing((PublicKeyFile key) -> key.retiredAt().orElse(now))
                .reversed()
                .thenComparing(PublicKeyFile::keyId));
        return former;
    }

    private boolean belongTogether() throws GeneralSecurityException {
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(ReceiptFormat.ALGORITHM);
        signature.initVerify(current.key());
        signature.update(probe);
        return signature.verify(sign(probe));
    }

    private static Path file(Path folder, PublicKeyFile key) {
        return folder.resolve(PUBLIC).resolve(key.keyId() + ".pem");
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException("a key file is larger than 64 KiB");
        }
        return Files.readString(file);
    }
}
