/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.SignatureFacts.Kind;
import org.openmcpchain.proof.CanonicalJson;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.utils.Numeric;

/**
 * Messages before they are signed: their one form, their digest and what they permit. Typed data is brought into canonical
 * form first, so that the decoder, people and the wallet see the very text that is hashed. Source: EIP-712, EIP-191.
 */
final class Messages {

    private static final int MAX_CHARACTERS = 128 * 1024;
    private static final int SHOWN_CHARACTERS = 200;
    /** Contracts take signed hashes as messages, too. Source: Safe checkNSignatures, OpenZeppelin MessageHashUtils. */
    private static final int HASH_BYTES = 32;

    private static final String DIGEST = "0x[0-9a-fA-F]{64}";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final NetworkSettings settings;
    private final Oversight oversight;

    Messages(NetworkSettings settings, Oversight oversight) {
        this.settings = settings;
        this.oversight = oversight;
    }

    /** What is known of the message. Error: {@code CHAIN_CALL_INVALID}. */
    SignatureFacts facts(String from, MessageIntent intent) {
        if (intent.kind() == null
                || intent.content() == null
                || intent.content().length() > MAX_CHARACTERS) {
            throw invalid("a message has a kind and at most " + MAX_CHARACTERS + " characters", null);
        }
        return switch (intent.kind()) {
            case TYPED_DATA -> typedData(from, intent.content());
            case PERSONAL_MESSAGE -> personal(from, intent.content());
            case RAW_DIGEST -> digest(from, intent.content());
        };
    }

    private SignatureFacts typedData(String from, String content) {
        JsonNode root;
        String document;
        String digest;
        try {
            root = JSON.readTree(content);
            document = CanonicalJson.of(JSON.convertValue(root, Map.class));
            digest = Numeric.toHexString(new StructuredDataEncoder(document).hashStructuredData());
        } catch (JsonProcessingException e) {
            throw invalid("typed data is a JSON object in which no name stands twice", null);
        } catch (IOException | RuntimeException e) {
            throw invalid("the typed data is not of the form that EIP-712 wants", e);
        }
        return new SignatureFacts(
                Kind.TYPED_DATA,
                settings.info().id(),
                from,
                digest,
                document,
                text(root.path("domain").path("name")),
                text(root.path("domain").path("verifyingContract")),
                text(root.path("primaryType")),
                oversight.actions(decoder -> decoder.typedData(settings.info(), from, document)));
    }

    private SignatureFacts personal(String from, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] digest = Sign.getEthereumMessageHash(bytes);
        return new SignatureFacts(
                Kind.PERSONAL_MESSAGE,
                settings.info().id(),
                from,
                Numeric.toHexString(digest),
                content,
                null,
                null,
                null,
                List.of(
                        bytes.length == HASH_BYTES
                                ? action(
                                        ActionKind.RAW_DIGEST,
                                        from,
                                        "Sign the words, which are 32 bytes and may be a hash, which can mean anything: "
                                                + shown(content))
                                : action(ActionKind.MESSAGE, from, "Sign the words: " + shown(content))));
    }

    private SignatureFacts digest(String from, String content) {
        if (!content.matches(DIGEST)) {
            throw invalid("a digest is 32 bytes as 0x hex", null);
        }
        String digest = content.toLowerCase(java.util.Locale.ROOT);
        return new SignatureFacts(
                Kind.RAW_DIGEST,
                settings.info().id(),
                from,
                digest,
                null,
                null,
                null,
                null,
                List.of(action(ActionKind.RAW_DIGEST, from, "Sign a bare digest, which can mean anything: " + digest)));
    }

    private static Action action(ActionKind kind, String from, String words) {
        return Oversight.action(kind, from, words);
    }

    /** The beginning, on one line, without marks that turn the direction of writing, and how much is behind it. */
    private static String shown(String content) {
        String plain =
                content.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
        int characters = plain.codePointCount(0, plain.length());
        return characters <= SHOWN_CHARACTERS
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "… and "
                        + (characters - SHOWN_CHARACTERS) + " characters more";
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    private static HostException invalid(String detail, Throwable cause) {
        return HostException.caused(cause, ChainError.CHAIN_CALL_INVALID, "detail", detail);
    }
}
