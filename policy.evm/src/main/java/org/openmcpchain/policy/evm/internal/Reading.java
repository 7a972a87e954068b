/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/**
 * One transaction or message while it is read. It ends, whatever the bytes say: carried calls are parts of the bytes that
 * carry them and go at most 8 deep, and no more than 256 actions are told.
 */
final class Reading {

    static final int MAX_DEPTH = 8;
    static final int MAX_ACTIONS = 256;
    static final int MAX_BYTES = 128 * 1024;

    private final Functions functions;
    private final Book book;
    private final List<Action> actions = new ArrayList<>();
    private boolean full;

    Reading(Functions functions, Book book) {
        this.functions = functions;
        this.book = book;
    }

    Book book() {
        return book;
    }

    List<Action> actions() {
        return List.copyOf(actions);
    }

    /** Whether there is no room for another action, so that going on would be in vain. */
    boolean isFull() {
        return full;
    }

    /** Tells an action, in the book's names. */
    void tell(ActionDraft draft, String words) {
        if (full) {
            return;
        }
        if (actions.size() == MAX_ACTIONS - 1) {
            full = true;
            actions.add(ActionDraft.at(ActionKind.UNREADABLE, "0")
                    .flag(Flag.TRUNCATED, true)
                    .text(book, "There is more here than the " + (MAX_ACTIONS - 1) + " actions that are told"));
            return;
        }
        actions.add(draft.text(book, words));
    }

    /** Reads a call and all that it carries. */
    void read(Call call) {
        if (full) {
            return;
        }
        if (call.depth() > MAX_DEPTH) {
            tell(
                    unreadable(call).flag(Flag.TRUNCATED, true),
                    "A call of " + book.who(call.to()) + " lies deeper than " + MAX_DEPTH + " calls and was not read");
            return;
        }
        if (call.data().length == 0) {
            coin(call, call.path());
            return;
        }
        int before = actions.size();
        try {
            readKnown(call);
        } catch (RuntimeException malformed) {
            // Half an answer would look like a whole one.
            actions.subList(before, actions.size()).clear();
            full = false;
            tell(
                    unreadable(call),
                    "Call " + call.selector() + " of " + book.who(call.to()) + " with malformed arguments");
        }
        if (call.value().signum() > 0) {
            coin(call, call.path() + ".value");
        }
    }

    private void readKnown(Call call) {
        Optional<Functions.Known> known =
                call.data().length < Call.SELECTOR_BYTES ? Optional.empty() : functions.find(call.selector());
        if (known.isEmpty()) {
            tell(
                    unreadable(call),
                    "Call the unknown function " + call.selector() + " of " + book.who(call.to()) + " with "
                            + Words.count(call.data().length, "byte"));
            return;
        }
        Functions.Decoded decoded = Functions.decode(known.get(), call.data());
        known.get().reader().read(call, decoded.arguments(), known.get(), this);
        if (decoded.trailing() > 0) {
            tell(
                    unreadable(call).path(call.path() + ".trailing"),
                    Words.count(decoded.trailing(), "byte") + " without a meaning stand behind the arguments of "
                            + known.get().name());
        }
    }

    private void coin(Call call, String path) {
        Book.Token coin = book.coin();
        tell(
                ActionDraft.of(ActionKind.COIN_TRANSFER, call)
                        .path(path)
                        .contract(null)
                        .of(coin)
                        .amount(call.value())
                        .to(call.to()),
                "Send " + coin.amount(call.value()) + " from " + book.who(call.from()) + " to " + book.who(call.to()));
    }

    private static ActionDraft unreadable(Call call) {
        return ActionDraft.of(ActionKind.UNREADABLE, call).function(call.selector());
    }

    /** An unreadable part that is no call. */
    void unreadable(Call call, String place, String words) {
        tell(ActionDraft.of(ActionKind.UNREADABLE, call).path(call.path() + "." + place), words);
    }
}
