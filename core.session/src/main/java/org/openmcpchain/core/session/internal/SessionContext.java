/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.core.run.JournaledStore;
import org.openmcpchain.journal.Journal;
import org.openmcpchain.run.Run;
import org.openmcpchain.session.ContextBlock;
import org.openmcpchain.session.ContextBlock.Kind;
import org.openmcpchain.session.ContextSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Puts a context together from a session's document, its stream and the knowledge cards. It takes no lane and waits for
 * nobody, so an agent may ask while its session is being written to. Thread-safe.
 */
@Component(
        service = ContextSource.class,
        name = "org.openmcpchain.core.session.Context",
        configurationPid = "org.openmcpchain.core.session.Context")
@Designate(ocd = ContextSettings.class)
public final class SessionContext implements ContextSource {

    private static final String MEMORY_FILE = "MEMORY.md";
    private static final String SUMMARY_ENTRY = "session.compacted";

    private final SessionJournal journal;
    private final KnowledgeFolder knowledge;
    private final ContextSettings settings;

    /** Reads nothing yet. */
    @Activate
    public SessionContext(
            ContextSettings settings,
            BundleContext context,
            @Reference JournaledStore store,
            @Reference Journal journal) {
        this(
                settings,
                new SessionJournal(store, journal, Clock.systemUTC()),
                new KnowledgeFolder(HostFolder.ETC.in(context).resolve(settings.knowledge())));
    }

    SessionContext(ContextSettings settings, SessionJournal journal, KnowledgeFolder knowledge) {
        this.settings = settings;
        this.journal = journal;
        this.knowledge = knowledge;
    }

    @Override
    public List<ContextBlock> contextOf(Run run, int tokens) {
        Budget budget = new Budget();
        Optional<SessionRecord> session = run.session().flatMap(journal::load);
        session.ifPresent(record -> {
            SessionMemory memory = journal.memory(record.key());
            budget.summary = block(Kind.SUMMARY, SUMMARY_ENTRY, memory.summary());
            budget.memory = block(Kind.MEMORY, MEMORY_FILE, memory.factList());
            budget.turns.addAll(recent(record, run.id()));
        });
        for (KnowledgeCard card : knowledge.matching(run.goal(), settings.maxCards())) {
            String text = Excerpt.withNote(
                    card.title() + "\n\n" + card.text(), settings.cardLength(), "\n[the card goes on]");
            budget.cards.add(block(Kind.CARD, card.id(), text));
        }
        return budget.within(tokens);
    }

    /** The last turns, oldest first, each as the blocks that belong together. */
    private List<List<ContextBlock>> recent(SessionRecord record, String run) {
        List<Exchange> before = record.exchanges().stream()
                .filter(exchange -> !exchange.run().equals(run))
                .toList();
        List<List<ContextBlock>> turns = new ArrayList<>();
        for (Exchange exchange : before.subList(Math.max(0, before.size() - settings.recentTurns()), before.size())) {
            SpokenTurn turn = SpokenTurn.read(journal, record.key(), exchange);
            List<ContextBlock> blocks = new ArrayList<>();
            turn.said().forEach(said -> blocks.add(block(Kind.SAID, turn.run(), said.text())));
            String note = "\n[cut off; the whole answer is that of run " + turn.run() + "]";
            blocks.add(
                    block(Kind.ANSWERED, turn.run(), Excerpt.withNote(turn.outcome(), settings.answerLength(), note)));
            turns.add(blocks);
        }
        return turns;
    }

    private static ContextBlock block(Kind kind, String source, String text) {
        return new ContextBlock(kind, source, text, Tokens.of(text));
    }

    /** What there is to tell, and what of it fits. */
    private static final class Budget {

        private ContextBlock summary = block(Kind.SUMMARY, SUMMARY_ENTRY, "");
        private ContextBlock memory = block(Kind.MEMORY, MEMORY_FILE, "");
        private final List<ContextBlock> cards = new ArrayList<>();
        private final List<List<ContextBlock>> turns = new ArrayList<>();

        /** Leaves out the oldest turns first, then the cards that fit least, then memory and summary. */
        List<ContextBlock> within(int tokens) {
            while (size() > tokens && !turns.isEmpty()) {
                turns.remove(0);
            }
            while (size() > tokens && !cards.isEmpty()) {
                cards.remove(cards.size() - 1);
            }
            if (size() > tokens) {
                memory = block(Kind.MEMORY, MEMORY_FILE, "");
            }
            return size() > tokens ? List.of() : all();
        }

        private int size() {
            return all().stream().mapToInt(ContextBlock::tokens).sum();
        }

        private List<ContextBlock> all() {
            List<ContextBlock> all = new ArrayList<>(List.of(summary, memory));
            all.addAll(cards);
            turns.forEach(all::addAll);
            all.removeIf(block -> block.text().isEmpty());
            return List.copyOf(all);
        }
    }
}
