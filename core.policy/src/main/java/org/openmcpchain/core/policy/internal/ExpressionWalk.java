/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A walk through a checked expression, for what the type checker does not see. */
final class ExpressionWalk {

    static final int MAX_COMPREHENSION_DEPTH = 2;

    private final AmountFunctions amounts;

    private ExpressionWalk(AmountFunctions amounts) {
        this.amounts = amounts;
    }

    /** @throws ExpressionException for loops that are nested too deeply, and for amounts and addresses that are none */
    static void refuseWhatCannotWork(CelExpr expression, AmountFunctions amounts) throws ExpressionException {
        new ExpressionWalk(amounts).walk(expression, 0);
    }

    /** A loop in a loop in a loop over hostile input would cost too much. */
    private void walk(CelExpr expression, int depth) throws ExpressionException {
        Kind kind = expression.getKind();
        int inside = kind == Kind.COMPREHENSION ? depth + 1 : depth;
        if (inside > MAX_COMPREHENSION_DEPTH) {
            throw new ExpressionException(
                    "nests exists, all, map or filter more than " + MAX_COMPREHENSION_DEPTH + " deep");
        }
        if (kind == Kind.CALL) {
            refuseLiterals(expression.call());
        }
        for (CelExpr child : children(expression)) {
            walk(child, inside);
        }
    }

    private void refuseLiterals(CelExpr.CelCall call) throws ExpressionException {
        if (call.args().isEmpty() || !isText(call.args().get(0))) {
            return;
        }
        String text = call.args().get(0).constant().stringValue();
        try {
            switch (call.function()) {
                case "amount" -> amounts.remember(text);
                case "address" -> AmountFunctions.address(text);
                default -> {
                    // CEL's own literals are looked at by CEL's own validators
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ExpressionException(call.function() + "(\"" + text + "\"): " + e.getMessage());
        }
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static List<CelExpr> children(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT -> List.of(expression.select().operand());
            case CALL -> {
                List<CelExpr> all = new ArrayList<>(expression.call().args());
                expression.call().target().ifPresent(all::add);
                yield all;
            }
            case LIST -> expression.list().elements();
            case MAP -> expression.map().entries().stream()
                    .flatMap(entry -> Stream.of(entry.key(), entry.value()))
                    .toList();
            case STRUCT -> expression.struct().entries().stream()
                    .map(CelExpr.CelStruct.Entry::value)
                    .toList();
            case COMPREHENSION -> List.of(
                    expression.comprehension().iterRange(),
                    expression.comprehension().accuInit(),
                    expression.comprehension().loopCondition(),
                    expression.comprehension().loopStep(),
                    expression.comprehension().result());
            default -> List.of();
        };
    }
}
