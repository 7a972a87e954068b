/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree against the leaves and roots of RFC 6962's own test data, and against published proofs, good and bad. */
final class MerkleTreeTest {

    private static final Path VECTORS = Path.of("../../shared/vectors/rfc9162");
    /** The eight leaves that the published proofs were made of. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void givesThePublishedRoots() {
        MerkleTree tree = new MerkleTree();
        assertThat(tree.rootHex()).isEqualTo(Digests.sha256(""));
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.add(HexFormat.of().parseHex(LEAVES.get(i)));
            assertThat(tree.rootHex()).isEqualTo(ROOTS.get(i));
            assertThat(tree.size()).isEqualTo(i + 1);
        }
    }

    @Test
    void judgesPublishedProofsOfInclusion() throws IOException {
        for (Path file : vectors("inclusion")) {
            String json = Files.readString(file);
            boolean good = MerkleTree.includes(
                    bytes(json, "leafHash"),
                    number(json, "leafIdx"),
                    number(json, "treeSize"),
                    proof(json),
                    bytes(json, "root"));
            assertThat(good).as(file.toString()).isEqualTo(!json.contains("\"wantErr\": true"));
        }
    }

    @Test
    void judgesPublishedProofsOfConsistency() throws IOException {
        for (Path file : vectors("consistency")) {
            String json = Files.readString(file);
            boolean good = MerkleTree.isConsistent(
                    number(json, "size1"),
                    number(json, "size2"),
                    bytes(json, "root1"),
                    bytes(json, "root2"),
                    proof(json));
            assertThat(good).as(file.toString()).isEqualTo(!json.contains("\"wantErr\": true"));
        }
    }

    @Test
    void aTreeOfAnySizeIsMadeOfItsHalves() {
        for (int size = 1; size < 70; size++) {
            List<byte[]> leaves = new ArrayList<>();
            MerkleTree tree = new MerkleTree();
            for (int i = 0; i < size; i++) {
                byte[] leaf = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
                leaves.add(leaf);
                tree.add(leaf);
            }
            assertThat(tree.root()).isEqualTo(byDefinition(leaves));
        }
    }

    /** RFC 9162, section 2.1.1, word for word. */
    private static byte[] byDefinition(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return MerkleTree.leafHash(leaves.get(0));
        }
        int half = Integer.highestOneBit(leaves.size() - 1);
        byte[] node = new byte[65];
        node[0] = 1;
        System.arraycopy(byDefinition(leaves.subList(0, half)), 0, node, 1, 32);
        System.arraycopy(byDefinition(leaves.subList(half, leaves.size())), 0, node, 33, 32);
        return HexFormat.of().parseHex(Digests.sha256(node));
    }

    private static List<Path> vectors(String kind) throws IOException {
        boolean there = Files.isDirectory(VECTORS.resolve(kind));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IOException("the vectors of RFC 9162 are not there");
        }
        assumeTrue(there, "the vectors of RFC 9162 are not there");
        try (Stream<Path> files = Files.walk(VECTORS.resolve(kind))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(found).hasSizeGreaterThan(20);
            return found;
        }
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": (-?\\d+)").matcher(json);
        assertThat(matcher.find()).isTrue();
        return new BigInteger(matcher.group(1)).longValue();
    }

    private static byte[] bytes(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\": (?:\"([^\"]*)\"|null)").matcher(json);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1) == null ? new byte[0] : Base64.getDecoder().decode(matcher.group(1));
    }

    private static List<byte[]> proof(String json) {
        Matcher list = Pattern.compile("\"proof\": \\[([^\\]]*)\\]").matcher(json);
        List<byte[]> hashes = new ArrayList<>();
        if (list.find()) {
            Matcher item = Pattern.compile("\"([^\"]*)\"").matcher(list.group(1));
            while (item.find()) {
                hashes.add(Base64.getDecoder().decode(item.group(1)));
            }
        }
        return hashes;
    }
}
