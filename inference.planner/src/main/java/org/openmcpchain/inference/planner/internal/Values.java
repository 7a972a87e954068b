/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Set;
import org.openmcpchain.inference.planner.internal.Entity.Kind;
import org.openmcpchain.inference.planner.internal.Parameter.Slot;
import org.openmcpchain.inference.planner.internal.Parameter.Type;

/** Which kinds of values an argument takes, and how they are written. Stateless. */
final class Values {

    private static final int MAX_MATCHED = 200;

    private Values() {}

    /** How well a kind of value fits an argument by itself: 0 for not at all, 1 for made for it. */
    static double fit(Parameter parameter, Entity entity) {
        Kind kind = entity.kind();
        return switch (parameter.slot()) {
            case AMOUNT -> kind == Kind.AMOUNT ? 1 : kind == Kind.NUMBER ? 0.7 : 0;
            case ASSET -> kind == Kind.ASSET ? entity.weak() ? 0.55 : 1 : 0;
            case PAIR -> kind == Kind.PAIR ? 1 : 0;
            case ADDRESS -> kind == Kind.ADDRESS ? 1 : 0;
            case PERCENT -> kind == Kind.PERCENT ? 1 : kind == Kind.NUMBER ? 0.3 : 0;
            case ID -> kind == Kind.ID ? 1 : isWhole(entity) && kind == Kind.NUMBER ? 0.65 : 0;
            case DURATION -> kind == Kind.DURATION ? 1 : kind == Kind.NUMBER && parameter.type() != Type.TEXT ? 0.4 : 0;
            case URI -> kind == Kind.URI ? 1 : 0;
            case DATE -> kind == Kind.DATE ? 1 : 0;
            case NUMBER -> kind == Kind.NUMBER ? 0.9 : kind == Kind.ID || kind == Kind.AMOUNT ? 0.6 : 0;
            case TEXT -> text(kind);
            case CHOICE, FLAG -> kind == Kind.CHOICE ? 1 : 0;
            case LIST, OTHER -> 0;
        };
    }

    private static double text(Kind kind) {
        return switch (kind) {
            case QUOTED -> 1.2;
            case SPAN -> 0.6;
            case ADDRESS, URI, HEX, DATE -> 0.45;
            case ID, NUMBER, ASSET, PAIR -> 0.2;
            default -> 0;
        };
    }

    /** Whether a value has to be backed by its neighbours, since its kind alone says too little. */
    static boolean needsEvidence(Parameter parameter, Entity entity) {
        boolean loose = parameter.slot() == Slot.TEXT && !entity.is(Kind.QUOTED);
        boolean bare =
                entity.is(Kind.NUMBER) && (parameter.slot() == Slot.PERCENT || parameter.slot() == Slot.DURATION);
        return loose || bare;
    }

    /** The value as it is sent, or null when the argument cannot hold it. */
    static JsonNode write(Parameter parameter, Entity entity) {
        if (parameter.slot() == Slot.FLAG) {
            return BooleanNode.valueOf(entity.value().equals("true"));
        }
        BigDecimal number = number(parameter, entity);
        if (parameter.type() == Type.INTEGER) {
            return number != null && EntityReader.isWhole(number)
                    ? BigIntegerNode.valueOf(number.toBigIntegerExact())
                    : null;
        }
        if (parameter.type() == Type.DECIMAL) {
            return number == null ? null : DecimalNode.valueOf(number);
        }
        boolean counted = number != null && (entity.kind() != Kind.DURATION || parameter.slot() != Slot.DURATION);
        String text = counted ? EntityReader.plain(number) : entity.value();
        boolean matches = parameter.pattern() == null
                || text.length() <= MAX_MATCHED
                        && parameter.pattern().matcher(text).find();
        return matches ? TextNode.valueOf(text) : null;
    }

    private static BigDecimal number(Parameter parameter, Entity entity) {
        if (entity.number() == null) {
            return null;
        }
        boolean scaled = Set.of(Kind.DURATION, Kind.PERCENT).contains(entity.kind());
        if (!scaled || parameter.scale().compareTo(BigDecimal.ONE) == 0) {
            return entity.number();
        }
        try {
            return entity.number().divide(parameter.scale());
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static boolean isWhole(Entity entity) {
        return entity.number() != null && EntityReader.isWhole(entity.number());
    }
}
