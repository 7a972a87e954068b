/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.agent.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;

/** How tools' arguments are read and their results written: exact, bounded, and the same everywhere. */
final class ToolJson {

    static final int MAX_DEPTH = 32;

    /** The largest whole number that every JSON reader keeps exactly. */
    private static final long MAX_SAFE = (1L << 53) - 1;

    private ToolJson() {}

    /**
     * A mapper of its own for each registration of a tool. It remembers the tool's classes, and with the library's shared
     * type cache they could outlive the tool's bundle.
     */
    static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(200)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS) // not JSON, and so refused
                .build();
        return JsonMapper.builder(factory)
                .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(16, 256)))
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(exactNumbers())
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                .build();
    }

    private static SimpleModule exactNumbers() {
        return new SimpleModule()
                .addSerializer(BigDecimal.class, writing((value, out) -> out.writeString(value.toPlainString())))
                .addSerializer(BigInteger.class, writing((value, out) -> out.writeString(value.toString())))
                .addSerializer(Long.class, writing(ToolJson::writeLong))
                .addSerializer(Long.TYPE, writing(ToolJson::writeLong))
                .addSerializer(
                        byte[].class,
                        writing((value, out) ->
                                out.writeString("0x" + HexFormat.of().formatHex(value))));
    }

    private static void writeLong(Long value, JsonGenerator out) throws IOException {
        if (Math.abs(value) <= MAX_SAFE) {
            out.writeNumber(value);
        } else {
            out.writeString(value.toString());
        }
    }

    private interface Writing<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    private static <T> JsonSerializer<T> writing(Writing<T> writing) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                writing.write(value, out);
            }
        };
    }
}
