/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.inference.planner.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmcpchain.inference.planner.internal.Entity.Kind;

/** Says in words what a plan is and why. Every tool and argument is named as it describes itself. */
final class Wording {

    private static final int NEAREST = 3;
    private static final int MAX_QUOTED = 80;

    private final Vocabulary vocabulary;
    private final Catalogue catalogue;

    Wording(Vocabulary vocabulary, Catalogue catalogue) {
        this.vocabulary = vocabulary;
        this.catalogue = catalogue;
    }

    Plan noTool(Sentence sentence) {
        if (catalogue.cards().isEmpty()) {
            return new Plan.NoTool(
                    "No tool fits: no tool is installed. Install one from the marketplace and ask again.",
                    "there are no tools");
        }
        return new Plan.NoTool(
                "No tool fits this goal. " + nearest(sentence)
                        + ". A tool from the marketplace may do it; once it is installed, ask again.",
                "no installed tool is about this");
    }

    /** The tools that have most in common with the words, or, where none has anything, some of those that there are. */
    private String nearest(Sentence sentence) {
        Set<String> stems = new LinkedHashSet<>();
        sentence.tokens().stream().filter(Token::isWord).forEach(token -> stems.add(token.stem()));
        Map<ToolCard, Double> common = new LinkedHashMap<>();
        catalogue
                .cards()
                .forEach(card -> common.put(
                        card,
                        stems.stream()
                                .mapToDouble(stem -> catalogue.topical(card, stem))
                                .sum()));
        boolean any = common.values().stream().anyMatch(sum -> sum > 0);
        return (any ? "Nearest: " : "Among the installed tools are: ")
                + common.entrySet().stream()
                        .filter(entry -> !any || entry.getValue() > 0)
                        .sorted(Map.Entry.<ToolCard, Double>comparingByValue()
                                .reversed()
                                .thenComparing(entry -> entry.getKey().name()))
                        .limit(NEAREST)
                        .map(entry ->
                                entry.getKey().name() + " (" + entry.getKey().summary() + ")")
                        .collect(Collectors.joining(", "));
    }

    Plan nothing() {
        return new Plan.Say("Nothing was done, as you asked.", "the goal says what not to do");
    }

    Plan retracted() {
        return new Plan.Say("Nothing was done: the goal takes itself back.", "the goal takes itself back");
    }

    Plan explained(ToolCard card, Mood mood) {
        String how =
                card.example().isEmpty() ? "" : " To have it done, say it as a request, for example: " + card.example();
        String why = mood.kind() == Mood.Kind.NARRATIVE
                ? "This tells of something, it does not ask for it"
                : "This is a question, not a request";
        return new Plan.Say(
                why + ", so nothing was done. " + card.name() + ": " + card.summary() + "." + how,
                "only a request may reach a tool that changes anything");
    }

    Plan meant(Ranked near) {
        return new Plan.Ask(
                "Do you mean " + near.card().name() + " (" + near.card().summary()
                        + ")? Then please say it in its words"
                        + (near.card().example().isEmpty()
                                ? "."
                                : ", for example: " + near.card().example()),
                List.of(),
                "no word says clearly what is to be done");
    }

    Plan which(Ranked one, Ranked other) {
        return new Plan.Ask(
                "Two tools fit equally well: " + one.card().name() + " ("
                        + one.card().summary() + ") and " + other.card().name() + " ("
                        + other.card().summary() + "). Which one do you mean?",
                List.of(),
                "the two best tools are too close to each other");
    }

    Plan ask(Sentence sentence, Ranked ranked) {
        Filling filling = ranked.filling();
        List<String> parts = new ArrayList<>(filling.conflicts());
        String missing = filling.missing().stream()
                .map(parameter -> parameter.words() + " (" + parameter.name() + ")")
                .collect(Collectors.joining("; "));
        if (!missing.isEmpty()) {
            parts.add("please say " + missing);
        }
        for (Entity entity : filling.unused()) {
            parts.add(unused(sentence, entity, filling));
        }
        List<String> names =
                new ArrayList<>(filling.missing().stream().map(Parameter::name).toList());
        if (names.isEmpty()) {
            filling.chosen().values().stream()
                    .filter(chosen -> filling.unused().stream()
                            .anyMatch(entity -> entity.is(chosen.entity().kind())))
                    .forEach(chosen -> names.add(chosen.parameter().name()));
        }
        return new Plan.Ask(
                "For " + filling.card().name() + " (" + filling.card().summary() + "): " + String.join(". ", parts)
                        + ".",
                names,
                filling.card().name() + " fits, but I do not guess what was not said clearly");
    }

    private String unused(Sentence sentence, Entity entity, Filling filling) {
        String said = "\"" + quoted(sentence.words(entity.first(), ExampleReader.endWithUnit(sentence, entity))) + "\"";
        for (Candidate chosen : filling.chosen().values()) {
            if (chosen.entity().is(entity.kind()) && !entity.is(Kind.ASSET)) {
                Entity other = chosen.entity();
                String first = quoted(sentence.words(other.first(), ExampleReader.endWithUnit(sentence, other)));
                return "there are two values, \"" + first + "\" and " + said + ": which one is "
                        + chosen.parameter().words() + "?";
            }
        }
        return switch (entity.kind()) {
            case RELATIVE -> said + " depends on a balance; please say the number itself";
            case BROKEN -> said + " cannot be read as a number without guessing";
            case HEX -> said + " is not an address: an address is 0x and 40 hexadecimal digits";
            case AMOUNT -> vocabulary.mayHold(entity.unit() == null ? "" : entity.unit())
                    ? "I do not know what " + said + " is for"
                    : said + " is not in an asset that this network lists (" + symbols() + ")";
            default -> "I do not know what " + said + " is for";
        };
    }

    private String symbols() {
        return vocabulary.symbols().values().stream().sorted().collect(Collectors.joining(", "));
    }

    Plan conditional(String condition, Ranked ranked) {
        return new Plan.Ask(
                "\"" + condition + "\" makes this depend on something that I cannot wait for. Shall "
                        + ranked.card().name() + " run now? Then say it without the condition.",
                List.of(),
                "a conditional wish is not carried out at once");
    }

    Plan otherNetwork(String wanted, String network) {
        return new Plan.Ask(
                "This run works on " + (network.isEmpty() ? "another network" : network) + ", not on " + wanted
                        + ". Shall I do it here? Then leave the network out.",
                List.of("network"),
                "the goal names another network");
    }

    Plan halfClear(String clause, Plan open) {
        String question = "I have done nothing yet, since a part is open. \"" + quoted(clause) + "\": " + words(open);
        return new Plan.Ask(
                question,
                open instanceof Plan.Ask ask ? ask.missing() : List.of(),
                "nothing is changed before the whole goal is clear");
    }

    String leftOut(String clause, Plan open) {
        return "Left out: \"" + quoted(clause) + "\". " + words(open);
    }

    private static String words(Plan plan) {
        if (plan instanceof Plan.Ask ask) {
            return ask.question();
        }
        if (plan instanceof Plan.NoTool none) {
            return none.reply();
        }
        return plan instanceof Plan.Say say ? say.reply() : "";
    }

    String thought(Sentence sentence, Ranked best, Ranked rival) {
        String read = best.filling().chosen().values().stream()
                .map(chosen -> chosen.parameter().name() + " from \""
                        + quoted(chosen.entity().said()) + "\"")
                .collect(Collectors.joining(", "));
        String next = rival == null
                ? ""
                : String.format(
                        java.util.Locale.ROOT,
                        "; next is %s (%.2f)",
                        rival.card().name(),
                        rival.total());
        return String.format(
                        java.util.Locale.ROOT,
                        "%s fits best (%.2f%s)",
                        best.card().name(),
                        best.total(),
                        next)
                + (read.isEmpty() ? "" : ": " + read);
    }

    private static String quoted(String words) {
        return words.length() <= MAX_QUOTED ? words : words.substring(0, MAX_QUOTED) + "…";
    }
}
