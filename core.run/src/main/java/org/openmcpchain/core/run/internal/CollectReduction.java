/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.run.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.openmcpchain.run.Collected;

/**
 * Waits for all runs and folds their values into one, in the order in which the runs were named. Sums and the like are exact
 * and come as text. A run that brings no value leaves the reduction incomplete: a sum with a hole is no sum.
 */
final class CollectReduction implements CollectTally {

    private static final int MAX_LIST = 1 << 20;
    private static final Map<String, BinaryOperator<BigDecimal>> FOLDS =
            Map.of("sum", BigDecimal::add, "min", BigDecimal::min, "max", BigDecimal::max);
    private static final Set<String> OTHERS = Set.of("count", "concat");

    private final List<String> runs;
    private final JsonPointer pointer;
    private final String reducer;
    private final Map<String, JsonNode> values = new HashMap<>();
    private int room = MAX_LIST;

    CollectReduction(List<String> runs, JsonPointer pointer, String reducer) {
        if (reducer == null || !FOLDS.containsKey(reducer) && !OTHERS.contains(reducer)) {
            throw SteerSignal.invalid("reducer", "sum, min, max, count or concat");
        }
        this.runs = runs;
        this.pointer = pointer;
        this.reducer = reducer;
    }

    @Override
    public void count(Collected.Part part) {
        CollectTally.valueOf(part, pointer).filter(this::isUsable).ifPresent(value -> values.put(part.runId(), value));
    }

    private boolean isUsable(JsonNode value) {
        if (FOLDS.containsKey(reducer)) {
            return JsonText.decimal(value).isPresent();
        }
        room -= reducer.equals("concat") ? value.toString().length() : 0;
        return room >= 0;
    }

    @Override
    public boolean isComplete(int open) {
        return open == 0 && (reducer.equals("count") || values.size() == runs.size());
    }

    @Override
    public boolean isDecided(int open) {
        return open == 0;
    }

    @Override
    public Optional<String> value() {
        List<JsonNode> inOrder =
                runs.stream().map(values::get).filter(Objects::nonNull).toList();
        if (reducer.equals("count")) {
            return Optional.of(String.valueOf(inOrder.size()));
        }
        if (reducer.equals("concat")) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            inOrder.forEach(value -> {
                if (value.isArray()) {
                    value.forEach(list::add);
                } else {
                    list.add(value);
                }
            });
            return Optional.of(list.toString());
        }
        return inOrder.stream()
                .map(value -> JsonText.decimal(value).orElseThrow())
                .reduce(FOLDS.get(reducer))
                .map(number -> "\"" + number.toPlainString() + "\"");
    }
}
