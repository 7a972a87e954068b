/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** What conditions can do with amounts and addresses: {@code amount}, {@code units}, {@code sum}, {@code address}, operators. */
final class AmountFunctions {

    /** CEL's name for {@link Amount}. */
    static final OpaqueType AMOUNT = OpaqueType.create("amount");

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();
    private final Map<String, Amount> literals = new ConcurrentHashMap<>();

    AmountFunctions() {
        conversions();
        arithmetic("_+_", "add", Amount::plus);
        arithmetic("_-_", "subtract", Amount::minus);
        arithmetic("_*_", "multiply", Amount::times);
        arithmetic("_/_", "divide", Amount::dividedBy);
        comparison("_<_", "less", order -> order < 0);
        comparison("_<=_", "less_or_equal", order -> order <= 0);
        comparison("_>_", "greater", order -> order > 0);
        comparison("_>=_", "greater_or_equal", order -> order >= 0);
    }

    List<CelFunctionDecl> declarations() {
        return List.copyOf(declarations);
    }

    List<CelFunctionBinding> bindings() {
        return List.copyOf(bindings);
    }

    /** Reads a literal of an expression once, when it is compiled. */
    void remember(String literal) {
        literals.put(literal, Amount.parse(literal));
    }

    private Amount amount(String text) {
        Amount known = literals.get(text);
        return known == null ? Amount.parse(text) : known;
    }

    private void conversions() {
        declare(
                "amount",
                overload("amount_from_string", AMOUNT, SimpleType.STRING),
                overload("amount_from_int", AMOUNT, SimpleType.INT),
                overload("amount_from_amount", AMOUNT, AMOUNT));
        bind(
                "amount",
                CelFunctionBinding.from("amount_from_string", String.class, this::amount),
                CelFunctionBinding.from("amount_from_int", Long.class, Amount::of),
                CelFunctionBinding.from("amount_from_amount", Amount.class, amount -> amount));
        declare("units", overload("units_string_int", AMOUNT, SimpleType.STRING, SimpleType.INT));
        bind("units", CelFunctionBinding.from("units_string_int", String.class, Long.class, Amount::scaled));
        declare("sum", overload("sum_amounts", AMOUNT, ListType.create(AMOUNT)));
        bind("sum", CelFunctionBinding.from("sum_amounts", Collection.class, AmountFunctions::sum));
        declare("string", overload("amount_to_string", SimpleType.STRING, AMOUNT));
        bindings.add(CelFunctionBinding.from("amount_to_string", Amount.class, Amount::toString));
        declare("address", overload("address_from_string", SimpleType.STRING, SimpleType.STRING));
        bind("address", CelFunctionBinding.from("address_from_string", String.class, AmountFunctions::address));
    }

    /** Amounts among each other, and with the integers that stand in the expression. */
    private void arithmetic(String operator, String name, BiFunction<Amount, Amount, Amount> operation) {
        operator(operator, name, AMOUNT, operation::apply);
    }

    private void comparison(String operator, String name, IntPredicate order) {
        operator(operator, name, SimpleType.BOOL, (left, right) -> order.test(left.compareTo(right)));
    }

    private void operator(String operator, String name, CelType result, BiFunction<Amount, Amount, Object> operation) {
        String both = name + "_amount_amount";
        String right = name + "_amount_int";
        String left = name + "_int_amount";
        declare(
                operator,
                overload(both, result, AMOUNT, AMOUNT),
                overload(right, result, AMOUNT, SimpleType.INT),
                overload(left, result, SimpleType.INT, AMOUNT));
        bind(
                operator,
                CelFunctionBinding.from(both, Amount.class, Amount.class, operation::apply),
                CelFunctionBinding.from(right, Amount.class, Long.class, (a, b) -> operation.apply(a, Amount.of(b))),
                CelFunctionBinding.from(left, Long.class, Amount.class, (a, b) -> operation.apply(Amount.of(a), b)));
    }

    private void declare(String function, CelOverloadDecl... overloads) {
        declarations.add(CelFunctionDecl.newFunctionDeclaration(function, overloads));
    }

    private void bind(String function, CelFunctionBinding... overloads) {
        bindings.addAll(CelFunctionBinding.fromOverloads(function, overloads));
    }

    private static CelOverloadDecl overload(String id, CelType result, CelType... parameters) {
        return CelOverloadDecl.newGlobalOverload(id, result, parameters);
    }

    private static Amount sum(Collection<?> amounts) {
        Amount total = Amount.of(0);
        for (Object amount : amounts) {
            total = total.plus((Amount) amount);
        }
        return total;
    }

    /** Addresses are compared in lower case. */
    static String address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException("not an address");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
