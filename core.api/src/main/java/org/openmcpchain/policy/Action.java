/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy;

import java.math.BigInteger;
import java.util.List;

/**
 * One step inside a transaction or a signed message, decoded. Steps nested in a multicall or a Safe transaction are actions
 * of their own, behind the one that carries them.
 *
 * @param kind what it does
 * @param path where it stands, outermost first: {@code 0}, {@code 0.execTransaction.multicall[2]}
 * @param standard the standard that defines it, for example {@code ERC-20}, {@code EIP-2612}, {@code Safe}, or null
 * @param contract the contract that is called or that verifies the signature, 0x hex, or null
 * @param name the contract's name in the network's address book, or null
 * @param function the function with its types, or the primary type of typed data, or null
 * @param from whose property it is about, 0x hex, or null
 * @param to who receives, may spend or operates, 0x hex, or null
 * @param asset the CAIP-19 name of what is moved or allowed, or null
 * @param symbol its symbol, or null
 * @param amount how much in base units, or null; for an allowance the allowance
 * @param decimals how many decimals the asset has, or null when that is not known
 * @param tokenId which token of a collection, or null
 * @param expires until when it can be used, in Unix seconds, or null for no end
 * @param flags what a rule should know, each one of {@link Flag}'s names
 * @param text the whole in plain words
 */
public record Action(
        ActionKind kind,
        String path,
        String standard,
        String contract,
        String name,
        String function,
        String from,
        String to,
        String asset,
        String symbol,
        BigInteger amount,
        Integer decimals,
        BigInteger tokenId,
        BigInteger expires,
        List<Flag> flags,
        String text) {

    /** What makes an action dangerous. */
    public enum Flag {
        /** More than anybody means by an amount: at least 2^95 base units, in whatever type. */
        UNLIMITED,
        /** It runs foreign code with the caller's rights. */
        DELEGATE_CALL,
        /** It takes an earlier right away: an allowance of 0, an operator removed. */
        REVOKES,
        /** It can be used for ever. */
        NO_EXPIRY,
        /** The receiver or spender is the zero address. */
        TO_ZERO,
        /** It was cut off: too deep or too long to be read as a whole. */
        TRUNCATED,
        /** It changes who decides over an account: owners, their number, modules, guards, who answers in its name. */
        CONTROL
    }

    /** Copies the flags. */
    public Action {
        flags = List.copyOf(flags);
    }

    /** Whether it carries this flag. */
    public boolean is(Flag flag) {
        return flags.contains(flag);
    }
}
