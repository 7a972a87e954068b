/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.List;
import java.util.Map;

/**
 * How far a sentence fills the arguments of a tool.
 *
 * @param card the tool
 * @param chosen what fills each argument, by name, in the order of the schema
 * @param missing required arguments that nothing fills
 * @param unused values of the sentence that no argument takes, though they mean something
 * @param conflicts what cannot be reconciled, each as a question for people
 * @param score how well it fits
 */
record Filling(
        ToolCard card,
        Map<String, Candidate> chosen,
        List<Parameter> missing,
        List<Entity> unused,
        List<String> conflicts,
        double score) {

    /** Copies the lists. */
    Filling {
        missing = List.copyOf(missing);
        unused = List.copyOf(unused);
        conflicts = List.copyOf(conflicts);
    }

    /** Whether the sentence speaks of kinds of things that this tool has nothing to do with. */
    boolean isForeign() {
        boolean foreign = unused.stream().anyMatch(this::isForeign);
        return foreign && (card.onlyReads() || !missing.isEmpty());
    }

    private boolean isForeign(Entity entity) {
        boolean thing = entity.is(Entity.Kind.ASSET) || entity.is(Entity.Kind.ADDRESS) || entity.is(Entity.Kind.URI);
        boolean money = entity.is(Entity.Kind.AMOUNT) && !card.onlyReads();
        return (thing || money) && card.parameters().stream().noneMatch(parameter -> takes(parameter, entity));
    }

    private static boolean takes(Parameter parameter, Entity entity) {
        boolean priced = entity.is(Entity.Kind.ASSET) && parameter.slot() == Parameter.Slot.PAIR;
        boolean listed = parameter.items() != null && Values.fit(parameter.items(), entity) > 0;
        return priced || listed || Values.fit(parameter, entity) > 0 && parameter.slot() != Parameter.Slot.TEXT;
    }

    boolean isComplete() {
        return missing.isEmpty() && conflicts.isEmpty() && (card.onlyReads() || unused.isEmpty());
    }
}
