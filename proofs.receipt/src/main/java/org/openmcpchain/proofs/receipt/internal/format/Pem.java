/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.format;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys as text. Lines {@code Name: value} in front of a block are notes about it. Source: RFC 7468, section 5.2 for the
 * text outside of blocks.
 */
public final class Pem {

    private static final int LINE = 64;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /** Writes a block. */
    public static String write(String label, byte[] content) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /**
     * The contents of all blocks with this label.
     *
     * @throws IllegalArgumentException if a block is not Base64
     */
    public static List<byte[]> read(String label, String text) {
        List<byte[]> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(label)) {
                found.add(Base64.getDecoder().decode(block.group(2).replaceAll("\\s", "")));
            }
        }
        return found;
    }

    /** The value of a note, or empty. */
    public static Optional<String> note(String name, String text) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + ":[ \\t]*(\\S+)[ \\t]*$")
                .matcher(text);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }
}
