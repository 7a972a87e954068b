/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of a contract function as {@link org.openmcpchain.chain.ContractCall} writes them. It lets a fake refuse
 * what a real chain would refuse, so that a wrong signature is found without a node. Source: Solidity contract ABI
 * specification.
 */
record FunctionShape(String name, List<String> inputs, List<String> outputs) {

    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z_$][A-Za-z0-9_$]*)\\(([a-z0-9,\\[\\]()]*?)\\)(?:\\(([a-z0-9,\\[\\]()]*)\\))?");
    private static final Pattern INTEGER = Pattern.compile("(u?)int(\\d{1,3})");
    private static final Pattern FIXED_BYTES = Pattern.compile("bytes(\\d{1,2})");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final int WORD_BITS = 256;
    private static final int WORD_BYTES = 32;

    /** @throws IllegalArgumentException if the text is not a function */
    static FunctionShape parse(String function) {
        Matcher matcher = SHAPE.matcher(function);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a function: " + function);
        }
        String results = matcher.group(3);
        return new FunctionShape(
                matcher.group(1), types(matcher.group(2)), results == null ? List.of() : types(results));
    }

    /** Says what is wrong with the arguments, or nothing. */
    Optional<String> faultOfArguments(List<?> values) {
        return faultOf("argument", inputs, values);
    }

    /** Says what is wrong with the results, or nothing. */
    Optional<String> faultOfResults(List<?> values) {
        return faultOf("result", outputs, values);
    }

    private static Optional<String> faultOf(String what, List<String> types, List<?> values) {
        if (types.size() != values.size()) {
            return Optional.of(types.size() + " " + what + "s are declared, " + values.size() + " are given");
        }
        for (int i = 0; i < types.size(); i++) {
            if (!fits(types.get(i), values.get(i))) {
                return Optional.of(what + " " + i + " is no " + types.get(i) + ": " + values.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String type, Object value) {
        if (type.endsWith("]")) {
            String element = type.substring(0, type.lastIndexOf('['));
            return value instanceof List<?> list && list.stream().allMatch(item -> fits(element, item));
        }
        if (type.startsWith("(")) {
            List<String> parts = types(type.substring(1, type.length() - 1));
            return value instanceof List<?> list && faultOf("part", parts, list).isEmpty();
        }
        return switch (type) {
            case "address" -> value instanceof String text
                    && ADDRESS.matcher(text).matches();
            case "bool" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "bytes" -> value instanceof byte[];
            default -> fitsSized(type, value);
        };
    }

    private static boolean fitsSized(String type, Object value) {
        Matcher integer = INTEGER.matcher(type);
        if (integer.matches()) {
            return value instanceof BigInteger number
                    && fitsInteger(number, integer.group(1).isEmpty(), Integer.parseInt(integer.group(2)));
        }
        Matcher bytes = FIXED_BYTES.matcher(type);
        return bytes.matches()
                && Integer.parseInt(bytes.group(1)) <= WORD_BYTES
                && value instanceof byte[] content
                && content.length == Integer.parseInt(bytes.group(1));
    }

    private static boolean fitsInteger(BigInteger number, boolean signed, int bits) {
        if (bits < 8 || bits > WORD_BITS || bits % 8 != 0) {
            return false;
        }
        return signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    }

    private static List<String> types(String list) {
        List<String> types = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                types.add(list.substring(start, i));
                start = i + 1;
            }
        }
        if (!list.isEmpty()) {
            types.add(list.substring(start));
        }
        return List.copyOf(types);
    }
}
