/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.author.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a class file refers to: classes as {@code java.lang.Process} and methods as {@code java.lang.System.getenv}.
 * A manifest names packages only, and everything in {@code java.lang} is in one package. Source: JVM specification,
 * section 4.4.
 */
final class ClassReferences {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Integer> classes = new HashMap<>();
    private final Map<Integer, Integer> names = new HashMap<>();
    private final Map<Integer, int[]> methods = new HashMap<>();

    private ClassReferences() {}

    /** Reads a class file. */
    static Set<String> of(InputStream classFile) throws IOException {
        ClassReferences references = new ClassReferences();
        references.readPool(new DataInputStream(classFile));
        return references.named();
    }

    private void readPool(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readInt(); // minor and major version
        int count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            readConstant(in, index, tag);
            if (tag == LONG || tag == DOUBLE) {
                index++; // these two take up two places
            }
        }
    }

    private void readConstant(DataInputStream in, int index, int tag) throws IOException {
        switch (tag) {
            case UTF8 -> texts.put(index, in.readUTF());
            case CLASS -> classes.put(index, in.readUnsignedShort());
            case METHOD, INTERFACE_METHOD -> methods.put(
                    index, new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
            case NAME_AND_TYPE -> {
                names.put(index, in.readUnsignedShort());
                in.readUnsignedShort();
            }
            case 3, 4, 9, 17, 18 -> in.readInt(); // numbers, fields and dynamic constants
            case LONG, DOUBLE -> in.readLong();
            case 8, 16, 19, 20 -> in.readUnsignedShort(); // strings, method types, modules and packages
            case 15 -> { // method handles
                in.readUnsignedByte();
                in.readUnsignedShort();
            }
            default -> throw new IOException("unknown constant " + tag);
        }
    }

    private Set<String> named() {
        Set<String> named = new TreeSet<>();
        classes.values().forEach(text -> named.add(className(texts.get(text))));
        methods.values()
                .forEach(method -> named.add(
                        className(texts.get(classes.get(method[0]))) + "." + texts.get(names.get(method[1]))));
        return named;
    }

    private static String className(String internal) {
        String element =
                internal.startsWith("[") ? internal.replaceFirst("^\\[+L?", "").replace(";", "") : internal;
        return element.replace('/', '.');
    }
}
