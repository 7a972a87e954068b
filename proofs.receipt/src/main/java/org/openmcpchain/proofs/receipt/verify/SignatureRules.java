/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openmcpchain.proofs.receipt.internal.format.PublicKeyFile;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;

/**
 * Whether the keys are known and the signatures theirs. Every signature must be good, not just one: a receipt that
 * carries something unverifiable does not verify.
 */
final class SignatureRules {

    /** RFC 8032. The JDK takes longer ones too and ignores zeros at the end, so the length is checked here. */
    private static final int SIGNATURE_BYTES = 64;

    private final Findings findings;
    private final TrustedKeys trusted;

    SignatureRules(Findings findings, TrustedKeys trusted) {
        this.findings = findings;
        this.trusted = trusted;
    }

    /**
     * Looks at the key ids.
     *
     * @param issuerId the key that the payload names, or an empty text when there is none
     * @param issuedAt when the run's last entry was written, or null
     */
    void checkKeyIds(List<Envelope.Signed> signatures, String issuerId, Instant issuedAt) {
        int before = findings.failures();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < signatures.size(); i++) {
            String keyId = signatures.get(i).keyId();
            Optional<PublicKeyFile> key = trusted.find(keyId);
            findings.require(key.isPresent(), keyPart(signatures, i), "none of the trusted keys has this id");
            findings.require(seen.add(keyId), keyPart(signatures, i), "the same key signed twice");
            boolean retired = issuedAt != null
                    && key.flatMap(PublicKeyFile::retiredAt)
                            .map(issuedAt::isAfter)
                            .orElse(false);
            findings.require(!retired, keyPart(signatures, i), "the key was retired before the run ended");
        }
        findings.require(
                issuerId.isEmpty() || seen.contains(issuerId),
                "keyid",
                "the payload names another key as its issuer's");
        if (findings.failures() == before) {
            findings.passed("keyid", "trusted, and the one that the payload names");
        }
    }

    /** Verifies each signature, with the key that the payload names when the envelope names none that is known. */
    void checkSignatures(List<Envelope.Signed> signatures, byte[] payload, String issuerId) {
        for (int i = 0; i < signatures.size(); i++) {
            Envelope.Signed signed = signatures.get(i);
            String part = signatures.size() == 1 ? "signature" : "signature " + (i + 1);
            Optional<PublicKeyFile> key = trusted.find(signed.keyId()).or(() -> trusted.find(issuerId));
            Optional<byte[]> bytes =
                    Envelope.decode(signed.signature()).filter(decoded -> decoded.length == SIGNATURE_BYTES);
            if (key.isEmpty()) {
                findings.failed(part, "there is no trusted key to check it with");
            } else if (bytes.isEmpty()) {
                findings.failed(part, "it is not 64 bytes as Base64 in canonical form");
            } else if (verifies(key.get(), payload, bytes.get())) {
                findings.passed(part, "made by key " + key.get().keyId());
            } else {
                findings.failed(part, "key " + key.get().keyId() + " did not sign this payload");
            }
        }
    }

    /** The payload type is taken as it must be, so that a changed one is reported as such and not as a bad signature. */
    private static boolean verifies(PublicKeyFile key, byte[] payload, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ReceiptFormat.ALGORITHM);
            signature.initVerify(key.key());
            signature.update(ReceiptFormat.preAuthentication(payload));
            return signature.verify(bytes);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String keyPart(List<?> signatures, int index) {
        return signatures.size() == 1 ? "keyid" : "keyid " + (index + 1);
    }
}
