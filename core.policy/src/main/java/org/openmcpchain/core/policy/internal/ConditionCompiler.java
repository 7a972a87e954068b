/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns expressions into conditions, with everything checked that can be checked before there is an intent: names, types,
 * size, depth, and how comprehensions are nested. Thread-safe. Language: CEL, the Common Expression Language.
 */
final class ConditionCompiler {

    static final int MAX_CHARACTERS = 4_096;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 4_096;
    private static final int MAX_ITERATIONS = 20_000;
    private static final int MAX_REGEX_PROGRAM = 1_000;
    private static final Set<CelType> WORDS =
            Set.of(SimpleType.STRING, SimpleType.INT, SimpleType.BOOL, AmountFunctions.AMOUNT, SimpleType.DYN);

    /** It only reads literals of CEL's own functions, and so needs none of our names. */
    private static final CelValidator LITERALS = CelValidatorFactory.standardCelValidatorBuilder(
                    CelFactory.standardCelBuilder().build())
            .addAstValidators(
                    TimestampLiteralValidator.INSTANCE,
                    DurationLiteralValidator.INSTANCE,
                    RegexLiteralValidator.INSTANCE)
            .build();

    private static final Pattern UNKNOWN_NAME = Pattern.compile("undeclared reference to '([a-zA-Z]+)'");
    private static final Logger LOG = LoggerFactory.getLogger(ConditionCompiler.class);

    private final AmountFunctions amounts = new AmountFunctions();
    private final Cel cel;
    private final Map<String, List<String>> lists;

    /** A compiler for a policy with these lists. */
    ConditionCompiler(Map<String, List<String>> lists) {
        this.lists = Map.copyOf(lists);
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(CelOptions.current()
                        .maxExpressionCodePointSize(MAX_CHARACTERS)
                        .maxParseRecursionDepth(MAX_DEPTH)
                        .maxParseExpressionNodeCount(MAX_NODES)
                        .comprehensionMaxIterations(MAX_ITERATIONS)
                        .maxRegexProgramSize(MAX_REGEX_PROGRAM)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(IntentTypes.provider())
                .addFunctionDeclarations(amounts.declarations())
                .addFunctionBindings(amounts.bindings());
        IntentTypes.variables().forEach(builder::addVar);
        lists.keySet().forEach(name -> builder.addVar("lists." + name, IntentTypes.listType()));
        cel = builder.build();
    }

    /** @throws ExpressionException when it is no condition */
    Condition condition(String expression) throws ExpressionException {
        CelAbstractSyntaxTree ast = checked(expression);
        if (!ast.getResultType().equals(SimpleType.BOOL)) {
            throw new ExpressionException(
                    "is of type " + ast.getResultType().name() + ", not a condition that is true or false");
        }
        return new CelCondition(program(ast), lists);
    }

    /** @throws ExpressionException when it has no value that can stand in a sentence */
    CelWords words(String expression) throws ExpressionException {
        CelAbstractSyntaxTree ast = checked(expression);
        if (!WORDS.contains(ast.getResultType())) {
            throw new ExpressionException(
                    "is of type " + ast.getResultType().name() + ", which cannot stand in a sentence");
        }
        return new CelWords(program(ast), lists);
    }

    private CelAbstractSyntaxTree checked(String expression) throws ExpressionException {
        CelValidationResult result;
        try {
            result = cel.compile(expression);
            if (!result.hasError()) {
                CelAbstractSyntaxTree ast = result.getAst();
                CelValidationResult literals = LITERALS.validate(ast);
                refuseErrors(literals);
                ExpressionWalk.refuseWhatCannotWork(
                        CelNavigableAst.fromAst(ast).getRoot().expr(), amounts);
                return ast;
            }
        } catch (CelValidationException | RuntimeException | StackOverflowError e) {
            LOG.debug("an expression cannot be compiled", e);
            throw new ExpressionException("cannot be compiled");
        }
        refuseErrors(result);
        throw new ExpressionException("cannot be compiled");
    }

    private static void refuseErrors(CelValidationResult result) throws ExpressionException {
        ImmutableList<CelIssue> errors = result.getErrors();
        if (!errors.isEmpty()) {
            CelIssue first = errors.get(0);
            throw new ExpressionException(
                    "column " + (first.getSourceLocation().getColumn() + 1) + ": " + told(first.getMessage()));
        }
    }

    private CelRuntime.Program program(CelAbstractSyntaxTree ast) throws ExpressionException {
        try {
            return cel.createProgram(ast);
        } catch (CelEvaluationException e) {
            throw new ExpressionException("cannot be compiled");
        }
    }

    /** CEL says of {@code tx.valeu} that it does not know {@code tx}; what {@code tx} has is more help. */
    private static String told(String message) {
        Matcher unknown = UNKNOWN_NAME.matcher(message);
        if (!unknown.find()) {
            return message;
        }
        String group = unknown.group(1) + ".";
        List<String> names = IntentTypes.variables().keySet().stream()
                .filter(name -> name.startsWith(group))
                .map(name -> name.substring(group.length()))
                .toList();
        return names.isEmpty() ? message : "no such field; " + unknown.group(1) + " has " + String.join(", ", names);
    }
}
