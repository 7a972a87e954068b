/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One argument of a tool, as its schema describes it.
 *
 * @param name its name
 * @param slot how its value is found in a sentence
 * @param type how its value is written as JSON
 * @param required whether a call needs it
 * @param description what it is, in words
 * @param nameStems the stems of the words of its name
 * @param descriptionStems the stems of what its description is about
 * @param choices the texts of an enum, or empty
 * @param pattern what its text must match as a whole, or null
 * @param scale by how much a found number is divided: the seconds of its unit of time, 0.01 for basis points, or 1
 * @param items what a list holds, or null
 */
record Parameter(
        String name,
        Slot slot,
        Type type,
        boolean required,
        String description,
        List<String> nameStems,
        List<String> descriptionStems,
        List<String> choices,
        Pattern pattern,
        BigDecimal scale,
        Parameter items) {

    enum Slot {
        AMOUNT,
        ASSET,
        PAIR,
        ADDRESS,
        PERCENT,
        ID,
        DURATION,
        URI,
        DATE,
        NUMBER,
        CHOICE,
        FLAG,
        TEXT,
        LIST,
        /** Nothing that a sentence can hold. */
        OTHER
    }

    enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        FLAG,
        LIST
    }

    /** Copies the lists. */
    Parameter {
        nameStems = List.copyOf(nameStems);
        descriptionStems = List.copyOf(descriptionStems);
        choices = List.copyOf(choices);
    }

    /** The same, found in another way. */
    Parameter as(Slot other) {
        return new Parameter(
                name, other, type, required, description, nameStems, descriptionStems, choices, pattern, scale, items);
    }

    /** What it is, for people: the first sentence of its description, or its name. */
    String words() {
        String first = description.split("(?<=[.;])\\s|[.;(:]", 2)[0].strip();
        if (first.isEmpty()) {
            return Words.spaced(name);
        }
        boolean capital =
                first.length() > 1 && Character.isUpperCase(first.charAt(0)) && Character.isLowerCase(first.charAt(1));
        return capital ? Character.toLowerCase(first.charAt(0)) + first.substring(1) : first;
    }
}
