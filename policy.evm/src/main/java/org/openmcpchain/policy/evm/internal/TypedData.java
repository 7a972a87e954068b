/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * EIP-712 typed data as it was written. A name that stands twice is refused: which of the two is signed would be a matter of
 * the signer. Source: EIP-712.
 */
final class TypedData {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private static final int MAX_DIGITS = 80;

    private final JsonNode root;

    private TypedData(JsonNode root) {
        this.root = root;
    }

    /** @throws IllegalArgumentException if it is not typed data */
    static TypedData parse(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root.path("types").isObject()
                    && root.path("primaryType").isTextual()
                    && root.path("domain").isObject()
                    && root.path("message").isObject()) {
                return new TypedData(root);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        throw new IllegalArgumentException("typed data has types, primaryType, domain and message");
    }

    String primaryType() {
        return root.get("primaryType").asText();
    }

    /** The type as EIP-712 writes it without what it refers to: {@code Permit(address owner,uint256 value)}. */
    String typeText(String name) {
        List<String> fields = new ArrayList<>();
        for (JsonNode field : root.get("types").path(name)) {
            fields.add(field.path("type").asText() + " " + field.path("name").asText());
        }
        return name + "(" + String.join(",", fields) + ")";
    }

    Struct message() {
        return new Struct(root.get("message"));
    }

    /** Whether the domain says this of itself, so that it counts: only what its type names is signed. */
    private Optional<JsonNode> domain(String field) {
        for (JsonNode declared : root.get("types").path("EIP712Domain")) {
            if (declared.path("name").asText().equals(field)) {
                return Optional.ofNullable(root.get("domain").get(field));
            }
        }
        return Optional.empty();
    }

    Optional<String> domainName() {
        return domain("name").filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** The verifying contract with its checksum. */
    Optional<String> verifyingContract() {
        return domain("verifyingContract").map(node -> Hex.address(node.asText()));
    }

    Optional<BigInteger> chainId() {
        return domain("chainId").map(TypedData::number);
    }

    /** A structure of the message. Each accessor throws IllegalArgumentException when the value is not of its type. */
    record Struct(JsonNode node) {

        String address(String field) {
            return Hex.address(require(field).asText());
        }

        BigInteger number(String field, int bits) {
            BigInteger number = TypedData.number(require(field));
            if (number.bitLength() > bits) {
                throw new IllegalArgumentException(field + " has more than " + bits + " bits");
            }
            return number;
        }

        boolean flag(String field) {
            JsonNode value = require(field);
            if (!value.isBoolean()) {
                throw new IllegalArgumentException(field + " is neither true nor false");
            }
            return value.asBoolean();
        }

        byte[] bytes(String field) {
            String text = require(field).asText();
            if (!text.startsWith("0x")) {
                throw new IllegalArgumentException(field + " is not 0x hex");
            }
            return Hex.bytes(text);
        }

        Struct struct(String field) {
            JsonNode value = require(field);
            if (!value.isObject()) {
                throw new IllegalArgumentException(field + " is no structure");
            }
            return new Struct(value);
        }

        List<Struct> structs(String field) {
            JsonNode value = require(field);
            if (!value.isArray()) {
                throw new IllegalArgumentException(field + " is no list");
            }
            List<Struct> structs = new ArrayList<>();
            value.forEach(element -> structs.add(new Struct(element)));
            return structs;
        }

        private JsonNode require(String field) {
            JsonNode value = node.get(field);
            if (value == null || value.isNull()) {
                throw new IllegalArgumentException(field + " is missing");
            }
            return value;
        }
    }

    /** Numbers are written as JSON numbers, decimal text or 0x hex; never negative here. */
    private static BigInteger number(JsonNode node) {
        if (node.isIntegralNumber() && node.bigIntegerValue().signum() >= 0) {
            return node.bigIntegerValue();
        }
        String text = node.isTextual() ? node.asText() : "";
        if (text.length() <= MAX_DIGITS) {
            if (text.matches("0x[0-9a-fA-F]+")) {
                return new BigInteger(text.substring(2), 16);
            }
            if (text.matches("0|[1-9][0-9]*")) {
                return new BigInteger(text);
            }
        }
        throw new IllegalArgumentException("not a whole number");
    }
}
