/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.format;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.proof.Digests;

/**
 * A public key with the notes of its file.
 *
 * @param key an Ed25519 key
 * @param createdAt when it was made, or empty
 * @param retiredAt when the host stopped signing with it, or empty; a later receipt is none of that host
 */
public record PublicKeyFile(PublicKey key, Optional<Instant> createdAt, Optional<Instant> retiredAt) {

    /** The PEM label. */
    public static final String LABEL = "PUBLIC KEY";

    private static final String CREATED = "Created";
    private static final String RETIRED = "Retired";

    /** The keys of a PEM text. The notes count for all keys of the text. */
    public static List<PublicKeyFile> parse(String text) throws GeneralSecurityException {
        List<PublicKeyFile> keys = new ArrayList<>();
        try {
            KeyFactory factory = KeyFactory.getInstance(ReceiptFormat.ALGORITHM);
            Optional<Instant> created = Pem.note(CREATED, text).map(Instant::parse);
            Optional<Instant> retired = Pem.note(RETIRED, text).map(Instant::parse);
            for (byte[] encoded : Pem.read(LABEL, text)) {
                keys.add(new PublicKeyFile(factory.generatePublic(new X509EncodedKeySpec(encoded)), created, retired));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new GeneralSecurityException("not a key file", e);
        }
        return keys;
    }

    /** SHA-256 of the X.509 encoding, lower-case hex. */
    public String keyId() {
        return Digests.sha256(key.getEncoded());
    }

    /** The key alone. */
    public String pem() {
        return Pem.write(LABEL, key.getEncoded());
    }

    /** The key and its notes. */
    public String text() {
        return createdAt.map(at -> CREATED + ": " + at + "\n").orElse("")
                + retiredAt.map(at -> RETIRED + ": " + at + "\n").orElse("")
                + pem();
    }

    /** The same key, not signed with any more from now on. */
    public PublicKeyFile retired(Instant at) {
        return new PublicKeyFile(key, createdAt, Optional.of(at));
    }
}
