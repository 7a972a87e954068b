/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.session.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards, and which of them fit (X01). */
class KnowledgeTest {

    @TempDir
    Path folder;

    private void write(String id, String head, String text) throws IOException {
        Files.writeString(folder.resolve(id + ".md"), "---\n" + head + "\n---\n" + text);
    }

    private List<String> matching(KnowledgeFolder cards, String goal) {
        return cards.matching(goal, 3).stream().map(KnowledgeCard::id).toList();
    }

    @Test
    void theBestFittingComeFirstAndEqualsInTheOrderOfTheirIds() throws IOException {
        write("c", "title: Gamma\ntags: swap", "x");
        write("b", "title: Beta\ntags: [swap, dex]", "x");
        write("a", "title: Alpha\nkeywords: price impact", "x");
        write("d", "title: Delta\ntags: swaps", "x");
        KnowledgeFolder cards = new KnowledgeFolder(folder);

        assertThat(matching(cards, "Swap on a DEX: what is the PRICE-IMPACT?")).containsExactly("b", "a", "c");
        assertThat(matching(cards, "the impact on the price"))
                .as("a phrase is a phrase")
                .isEmpty();
        assertThat(matching(cards, "many swaps")).containsExactly("b", "c", "d");
        assertThat(matching(cards, "swapping")).as("words are whole words").isEmpty();
        assertThat(cards.matching("swap", 1)).hasSize(1);
    }

    @Test
    void filesThatChangeAreReadAgain() throws IOException {
        KnowledgeFolder cards = new KnowledgeFolder(folder.resolve("later"));
        assertThat(matching(cards, "gas")).isEmpty();
        Files.createDirectory(folder.resolve("later"));
        write("later/one", "title: One\ntags: gas", "x");
        assertThat(matching(cards, "gas")).containsExactly("one");
        write("later/two", "title: Two\ntags: gas", "x");
        assertThat(matching(cards, "gas")).containsExactly("one", "two");
        Path one = folder.resolve("later/one.md");
        Files.writeString(one, Files.readString(one).replace("gas", "nft"));
        Files.setLastModifiedTime(one, FileTime.fromMillis(1_000));
        assertThat(matching(cards, "gas")).containsExactly("two");
        Files.delete(folder.resolve("later/two.md"));
        assertThat(matching(cards, "gas")).isEmpty();
    }

    @Test
    void whatIsNoCardIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("plain.md"), "gas");
        Files.writeString(folder.resolve("open.md"), "---\ntitle: Gas\ntags: gas\n");
        write("untitled", "tags: gas", "x");
        write("empty", "title: Gas\ntags: gas", "");
        write("unfindable", "title: Gas", "x");
        write("large", "title: Gas\ntags: gas", "x".repeat(64 * 1024));
        Files.write(folder.resolve("bytes.md"), new byte[] {'-', '-', '-', '\n', (byte) 0xff});
        Files.writeString(folder.resolve("gas.txt"), "---\ntitle: Gas\ntags: gas\n---\nx");
        Files.createDirectory(folder.resolve("folder.md"));
        write("good", "title: Gas\ntags: gas\nnot a line of a head", "x");

        assertThat(matching(new KnowledgeFolder(folder), "gas")).containsExactly("good");
    }

    @Test
    void folderThatIsAFileHoldsNoCards() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(new KnowledgeFolder(file).matching("gas", 3)).isEmpty();
    }

    @Test
    void theCardsThatAreShippedAreFound() throws IOException {
        Path shipped = Path.of("../distro/assembly/src/main/resources/assembly/etc/knowledge");
        KnowledgeFolder cards = new KnowledgeFolder(shipped);
        try (Stream<Path> files = Files.list(shipped)) {
            assertThat(files.count()).isEqualTo(3);
        }
        assertThat(matching(cards, "how high are gas fees now")).startsWith("gas-and-fees");
        assertThat(matching(cards, "swap 1 ETH for USDC with 1 % slippage")).startsWith("slippage");
        assertThat(matching(cards, "revoke the allowance for my tokens")).startsWith("token-approvals");
        assertThat(matching(cards, "what is the owner of this picture")).isEmpty();
    }
}
