/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import com.esaulpaugh.headlong.abi.ABIType;
import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.ArrayType;
import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.web3j.utils.Numeric;

/**
 * Calldata from calls that people can read, and values from what a contract answers. Source: Solidity's Contract ABI
 * Specification. Thread-safe.
 */
final class Abi {

    private static final int MAX_FUNCTION_LENGTH = 1024;
    private static final int PARSED_FUNCTIONS = 512;

    /** Tools use few functions, but what they name is not ours to trust: the least recently used are forgotten. */
    private final Map<String, Function> parsed = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Function> eldest) {
            return size() > PARSED_FUNCTIONS;
        }
    });

    /** The calldata, 0x hex. Error: {@code CHAIN_CALL_INVALID}. */
    String encode(ContractCall call) {
        Function function = function(call.function());
        try {
            Tuple arguments = tuple(function.getInputs(), call.arguments());
            return Numeric.toHexString(function.encodeCall(arguments).array());
        } catch (RuntimeException e) {
            throw invalid(call.function(), "the arguments do not fit: " + e.getMessage(), e);
        }
    }

    /** The results in order. Error: {@code CHAIN_CALL_INVALID}. */
    List<Object> decode(ContractCall call, String answer) {
        Function function = function(call.function());
        if (function.getOutputs().isEmpty()) {
            return List.of();
        }
        try {
            Tuple results = function.decodeReturn(Numeric.hexStringToByteArray(answer));
            return values(results);
        } catch (RuntimeException e) {
            String detail = answer.length() <= 2
                    ? "the address answered nothing: there is no contract, or it has no such function"
                    : "the answer is not of the declared types";
            throw invalid(call.function(), detail, e);
        }
    }

    /** The function with the types that it takes, for example {@code approve(address,uint256)}. */
    String signature(ContractCall call) {
        return function(call.function()).getCanonicalSignature();
    }

    /** The arguments as text, for the gate and for people. */
    static List<String> texts(List<Object> arguments) {
        return arguments.stream().map(Abi::text).toList();
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        return value instanceof List<?> list
                ? list.stream().map(Abi::text).toList().toString()
                : String.valueOf(value);
    }

    private Function function(String text) {
        Function known = parsed.get(text);
        if (known == null) {
            known = parse(text);
            parsed.put(text, known);
        }
        return known;
    }

    private static Function parse(String text) {
        if (text.length() > MAX_FUNCTION_LENGTH) {
            throw invalid(text.substring(0, 64) + "…", "the function is too long", null);
        }
        String compact = text.replaceAll("\\s", "");
        int end = endOfInputs(compact);
        try {
            String outputs = compact.substring(end);
            return outputs.isEmpty() ? Function.parse(compact) : Function.parse(compact.substring(0, end), outputs);
        } catch (RuntimeException e) {
            throw invalid(text, "the function is not of the form name(types)(types): " + e.getMessage(), e);
        }
    }

    /** The index behind the parenthesis that closes the first one. */
    private static int endOfInputs(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '(') {
                depth++;
            } else if (text.charAt(i) == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    // ---- to the codec's types

    private static Tuple tuple(TupleType<?> type, List<?> values) {
        if (type.size() != values.size()) {
            throw new IllegalArgumentException(type.size() + " values are needed, " + values.size() + " are given");
        }
        Object[] elements = new Object[values.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = encodable(type.get(i), values.get(i));
        }
        return Tuple.from(elements);
    }

    private static Object encodable(ABIType<?> type, Object value) {
        return switch (type.typeCode()) {
            case ABIType.TYPE_CODE_INT -> integer(value).intValueExact();
            case ABIType.TYPE_CODE_LONG -> integer(value).longValueExact();
            case ABIType.TYPE_CODE_BIG_INTEGER -> integer(value);
            case ABIType.TYPE_CODE_ADDRESS -> Address.wrap(Addresses.checksummed((String) value));
            case ABIType.TYPE_CODE_TUPLE -> tuple(type.asTupleType(), (List<?>) value);
            case ABIType.TYPE_CODE_ARRAY -> array(type.asArrayType(), value);
            default -> value;
        };
    }

    private static BigInteger integer(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return BigInteger.valueOf(((Number) value).longValue());
        }
        return (BigInteger) value;
    }

    private static Object array(ArrayType<?, ?, ?> type, Object value) {
        if (!(value instanceof List<?> list)) {
            return value; // string and bytes
        }
        Object array = Array.newInstance(type.clazz().getComponentType(), list.size());
        for (int i = 0; i < list.size(); i++) {
            Array.set(array, i, encodable(type.getElementType(), list.get(i)));
        }
        return array;
    }

    // ---- from the codec's types

    private static List<Object> values(Tuple tuple) {
        List<Object> values = new ArrayList<>(tuple.size());
        for (int i = 0; i < tuple.size(); i++) {
            values.add(value(tuple.get(i)));
        }
        return Collections.unmodifiableList(values);
    }

    private static Object value(Object decoded) {
        if (decoded instanceof Integer || decoded instanceof Long) {
            return BigInteger.valueOf(((Number) decoded).longValue());
        }
        if (decoded instanceof Tuple tuple) {
            return values(tuple);
        }
        if (decoded instanceof Address address) {
            return address.toString();
        }
        if (decoded.getClass().isArray() && !(decoded instanceof byte[])) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < Array.getLength(decoded); i++) {
                values.add(value(Array.get(decoded, i)));
            }
            return Collections.unmodifiableList(values);
        }
        return decoded;
    }

    private static HostException invalid(String function, String detail, Throwable cause) {
        return HostException.caused(cause, ChainError.CHAIN_CALL_INVALID, "function", function, "detail", detail);
    }
}
