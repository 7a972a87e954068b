/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * A Merkle tree that grows at its right end and keeps one hash for each of its levels, so that its root over any number of
 * leaves needs little memory. A leaf is hashed as {@code SHA-256(00 | data)}, a node as {@code SHA-256(01 | left | right)}.
 * Source: RFC 9162, section 2.1. For one thread.
 */
public final class MerkleTree {

    private static final int HASH_BYTES = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /** Roots of the whole subtrees, the largest at the bottom. */
    private final Deque<byte[]> subtrees = new ArrayDeque<>();

    private long size;

    /** An empty tree. */
    public MerkleTree() {}

    /** Adds a leaf with this content. */
    public void add(byte[] data) {
        byte[] hash = leafHash(data);
        for (long level = size; (level & 1) == 1; level >>= 1) {
            hash = nodeHash(subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** The root over all leaves so far, 32 bytes; of an empty tree the SHA-256 of nothing. */
    public byte[] root() {
        if (size == 0) {
            return sha256().digest();
        }
        byte[] root = null;
        for (byte[] subtree : subtrees) {
            root = root == null ? subtree : nodeHash(subtree, root);
        }
        return root.clone();
    }

    /** The root in lower-case hex. */
    public String rootHex() {
        return HexFormat.of().formatHex(root());
    }

    /** The hash of a leaf with this content. */
    public static byte[] leafHash(byte[] data) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return digest.digest(data);
    }

    private static byte[] nodeHash(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /**
     * Whether a leaf is in a tree. Source: RFC 9162, section 2.1.3.2.
     *
     * @param leafHash the hash of the leaf
     * @param index its place, from 0
     * @param size how many leaves the tree has
     * @param proof the hashes beside its way to the root, the lowest first
     * @param root the root of the tree
     */
    public static boolean includes(byte[] leafHash, long index, long size, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size || leafHash.length != HASH_BYTES || !areHashes(proof)) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = nodeHash(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = nodeHash(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }

    /**
     * Whether a tree has only grown since it had fewer leaves. Source: RFC 9162, section 2.1.4.2.
     *
     * @param firstSize how many leaves it had, at least 1
     * @param secondSize how many it has
     * @param proof the hashes that both roots can be made of
     */
    public static boolean isConsistent(
            long firstSize, long secondSize, byte[] firstRoot, byte[] secondRoot, List<byte[]> proof) {
        if (firstSize < 1 || firstSize > secondSize || !areHashes(proof)) {
            return false;
        }
        if (firstSize == secondSize) {
            return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
        }
        if (proof.isEmpty()) {
            return false;
        }
        boolean firstIsWhole = Long.bitCount(firstSize) == 1;
        int next = firstIsWhole ? 0 : 1;
        byte[] first = firstIsWhole ? firstRoot : proof.get(0);
        byte[] second = first;
        int ones = Long.numberOfTrailingZeros(~(firstSize - 1));
        long fn = (firstSize - 1) >> ones;
        long sn = (secondSize - 1) >> ones;
        for (byte[] hash : proof.subList(next, proof.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                first = nodeHash(hash, first);
                second = nodeHash(hash, second);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                second = nodeHash(second, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(first, firstRoot) && Arrays.equals(second, secondRoot);
    }

    private static boolean areHashes(List<byte[]> proof) {
        return proof.stream().allMatch(hash -> hash.length == HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
