/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/** An action while it is put together. */
final class ActionDraft {

    /**
     * The narrowest allowances are those of tokens with votes, which hold 96 bits and take all of them for an allowance
     * that is never used up. Half of that, 2^95, is 39 thousand million tokens of 18 decimals. Source: Compound Comp.sol.
     */
    private static final int UNLIMITED_BITS = 96;

    private final ActionKind kind;
    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private String path;
    private String standard;
    private String contract;
    private String function;
    private String from;
    private String to;
    private Book.Token token;
    private BigInteger amount;
    private BigInteger tokenId;
    private BigInteger expires;

    private ActionDraft(ActionKind kind) {
        this.kind = kind;
    }

    /** What a known function does, when it is called. */
    static ActionDraft of(ActionKind kind, Call call, Functions.Known function) {
        return of(kind, call).standard(function.standard()).function(function.signature());
    }

    /** What a call does. */
    static ActionDraft of(ActionKind kind, Call call) {
        ActionDraft draft = new ActionDraft(kind);
        draft.path = call.path();
        draft.contract = call.to();
        draft.from = call.from();
        return draft;
    }

    /** What is at a place that is no call. */
    static ActionDraft at(ActionKind kind, String path) {
        ActionDraft draft = new ActionDraft(kind);
        draft.path = path;
        return draft;
    }

    ActionDraft path(String place) {
        this.path = place;
        return this;
    }

    ActionDraft standard(String name) {
        this.standard = name;
        return this;
    }

    ActionDraft contract(String address) {
        this.contract = address;
        return this;
    }

    ActionDraft function(String signature) {
        this.function = signature;
        return this;
    }

    ActionDraft from(String owner) {
        this.from = owner;
        return this;
    }

    /** Who receives, may spend or operates. */
    ActionDraft to(String address) {
        this.to = address;
        return flag(Flag.TO_ZERO, Hex.isZero(address));
    }

    ActionDraft of(Book.Token asset) {
        this.token = asset;
        return this;
    }

    ActionDraft amount(BigInteger units) {
        this.amount = units;
        return this;
    }

    /** An amount that somebody may take. */
    ActionDraft allowance(BigInteger units) {
        return limit(units).flag(Flag.REVOKES, units.signum() == 0);
    }

    /** An amount that bounds what is taken: one that nobody can have does not. */
    ActionDraft limit(BigInteger units) {
        return amount(units).flag(Flag.UNLIMITED, units.bitLength() >= UNLIMITED_BITS);
    }

    ActionDraft tokenId(BigInteger id) {
        this.tokenId = id;
        return this;
    }

    ActionDraft expires(BigInteger seconds) {
        boolean never = Words.isForEver(seconds);
        this.expires = never ? null : seconds;
        return flag(Flag.NO_EXPIRY, never);
    }

    ActionDraft flag(Flag flag, boolean set) {
        if (set) {
            flags.add(flag);
        }
        return this;
    }

    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    Action text(Book book, String words) {
        return new Action(
                kind,
                path,
                standard,
                contract,
                book.name(contract),
                function,
                from,
                to,
                token == null ? null : token.id(),
                token == null ? null : token.symbol(),
                amount,
                token == null ? null : token.decimals(),
                tokenId,
                expires,
                List.copyOf(flags),
                words);
    }
}
