/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an agent is told beside the goal. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: context",
        description = "Recent turns, knowledge cards, memory and summary that an agent gets before it works on a run.")
public @interface ContextSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Recent turns",
            description = "How many of the last turns of the session are told as they were. Unit: turns. Default: 5.",
            min = "0",
            max = "64")
    int recentTurns() default 5;

    /** See the description. */
    @AttributeDefinition(
            name = "Cards",
            description = "How many knowledge cards are told at most, the best fitting ones. Unit: cards. Default: 3.",
            min = "0",
            max = "32")
    int maxCards() default 3;

    /** See the description. */
    @AttributeDefinition(
            name = "Answer length",
            description = "How much of an earlier answer is told; the rest is left out with a mark, because one long"
                    + " tool result would push everything else out. The journal keeps all. Unit: characters."
                    + " Default: 2000.",
            min = "100",
            max = "4000")
    int answerLength() default 2_000;

    /** See the description. */
    @AttributeDefinition(
            name = "Card length",
            description = "How much of a knowledge card is told. Unit: characters. Default: 4000.",
            min = "100",
            max = "65536")
    int cardLength() default 4_000;

    /** See the description. */
    @AttributeDefinition(
            name = "Knowledge folder",
            description = "Where knowledge cards (*.md) lie; a relative path begins in the configuration folder"
                    + " (karaf.etc). Default: knowledge.")
    String knowledge() default "knowledge";
}
