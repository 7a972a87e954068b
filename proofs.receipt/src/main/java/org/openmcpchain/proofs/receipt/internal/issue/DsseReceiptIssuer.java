/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.journal.JournalEntry;
import org.openmcpchain.proof.CanonicalJson;
import org.openmcpchain.proof.Digests;
import org.openmcpchain.proof.Receipt;
import org.openmcpchain.proof.ReceiptIssuer;
import org.openmcpchain.proof.ReceiptKey;
import org.openmcpchain.proofs.receipt.internal.format.PublicKeyFile;
import org.openmcpchain.proofs.receipt.internal.format.ReceiptFormat;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues receipts as in-toto statements in DSSE envelopes, signed with an Ed25519 key of the host. Thread-safe. */
@Component(name = "org.openmcpchain.proofs.receipt.Issuer", service = ReceiptIssuer.class)
@Designate(ocd = IssuerSettings.class)
public final class DsseReceiptIssuer implements ReceiptIssuer {

    private static final Logger LOG = LoggerFactory.getLogger(DsseReceiptIssuer.class);

    private final SigningKeys keys;

    /** Error: {@code PROOF_KEY_UNUSABLE}. */
    @Activate
    public DsseReceiptIssuer(IssuerSettings settings, BundleContext context) {
        this(SigningKeys.open(
                folder(settings, context), Duration.ofDays(settings.keyLifetimeDays()), Clock.systemUTC()));
        LOG.info("receipts are signed with key {}", keys.current().keyId());
    }

    DsseReceiptIssuer(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Receipt issue(List<JournalEntry> stream, String ending) {
        PublicKeyFile key = keys.current();
        String statement = RunStatement.of(stream, ending, key.keyId());
        byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
        byte[] signature = keys.sign(ReceiptFormat.preAuthentication(payload));
        Base64.Encoder base64 = Base64.getEncoder();
        String envelope = CanonicalJson.of(Map.of(
                "payloadType",
                ReceiptFormat.PAYLOAD_TYPE,
                "payload",
                base64.encodeToString(payload),
                "signatures",
                List.of(Map.of("keyid", key.keyId(), "sig", base64.encodeToString(signature)))));
        if (envelope.length() > ReceiptFormat.MAX_BYTES) {
            throw HostException.of(JournalError.ENTRY_TOO_LARGE, "detail", "the receipt would exceed 8 MiB");
        }
        return new Receipt(RunStatement.runId(stream), Digests.sha256(payload), key.keyId(), envelope);
    }

    @Override
    public List<ReceiptKey> keys() {
        return Stream.concat(Stream.of(keys.current()), keys.former().stream())
                .map(key -> new ReceiptKey(key.keyId(), ReceiptFormat.ALGORITHM, key.text(), key == keys.current()))
                .toList();
    }

    private static Path folder(IssuerSettings settings, BundleContext context) {
        if (!settings.keyDirectory().isBlank()) {
            return Path.of(settings.keyDirectory().strip());
        }
        String data = context.getProperty("karaf.data");
        return data == null
                ? context.getDataFile("keys").toPath()
                : Path.of(data).resolve("keys");
    }
}
