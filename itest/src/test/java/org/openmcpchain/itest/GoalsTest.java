/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goals in people's words, the offline planner, the real chain (F001, F003, F004, F021, F370, F371, F372). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoalsTest {

    private static final String BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

    private static TestHost host;

    @BeforeAll
    static void start() {
        host = TestHost.start("goals");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    @Order(1)
    void saysThatNoToolFitsUntilOneIsInstalled() {
        JsonNode before = host.work("what is the price of ETH in USD?");
        assertThat(before.path("state").asText()).isEqualTo("FAILED");
        assertThat(before.path("errorCode").asText()).isEqualTo("RUN_NO_TOOL");
        assertThat(before.path("reply").asText() + before.path("errorDetail").asText())
                .isNotBlank();

        host.install("org.openmcpchain.tool.oracle");
        JsonNode after = host.work("what is the price of ETH in USD?");
        assertThat(after.path("state").asText()).as(after.toString()).isEqualTo("SUCCEEDED");

        host.install("org.openmcpchain.tool.dex");
        host.install("org.openmcpchain.tool.nft");
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "what's ether trading at right now in dollars?",
                "ETH/USD",
                "tell me how much 1 ETH is worth in US dollars",
                "current eth price please",
                "check the oracle for ETH-USD",
                "How expensive is ETH at the moment, in USD?",
                "give me the latest ETH/USD quote from Chainlink",
                "price of ethereum in usd",
                "I'd like to know the dollar value of ETH",
                "look up what ETH costs in USD"
            })
    void findsThePriceHoweverItIsAsked(String goal) {
        JsonNode task = host.work(goal);

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        JsonNode call = onlyCall(task);
        assertThat(call.path("tool").asText()).isEqualTo("oracle_price");
        assertThat(call.path("arguments").path("pair").asText()).isEqualToIgnoringCase("ETH/USD");
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource(
            delimiter = '|',
            value = {
                "swap 0.01 ETH for USDC with at most 1 % slippage | 0.01 | ETH | USDC | 1",
                "trade 0.02 eth into usdc, max slippage 0.5%      | 0.02 | ETH | USDC | 0.5",
                "please convert 30 USDC to ETH                    | 30   | USDC | ETH |",
                "exchange 25 dai for usdc with 1 percent slippage | 25 | DAI | USDC | 1",
                "sell 0.03 ETH for DAI                            | 0.03 | ETH | DAI |",
                "I want to swap 40 USDC into DAI                  | 40 | USDC | DAI |",
                "use 15 USDC to buy ETH                           | 15 | USDC | ETH |",
                "turn 0.04 ETH into USDC, slippage not above 2 %  | 0.04 | ETH | USDC | 2",
                "swap 0.05 ETH to DAI with up to 3% slippage      | 0.05 | ETH | DAI | 3",
                "Can you swap 20 DAI to USDC for me?              | 20 | DAI | USDC |",
            })
    void swapsHoweverItIsSaid(String goal, BigDecimal amount, String sell, String buy, BigDecimal slippage) {
        JsonNode task = host.work(goal);

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        JsonNode call = onlyCall(task);
        assertThat(call.path("tool").asText()).isEqualTo("dex_swap");
        JsonNode arguments = call.path("arguments");
        assertThat(new BigDecimal(arguments.path("amount").asText())).isEqualByComparingTo(amount);
        assertThat(arguments.path("sell").asText()).isEqualToIgnoringCase(sell);
        assertThat(arguments.path("buy").asText()).isEqualToIgnoringCase(buy);
        if (slippage != null) {
            assertThat(new BigDecimal(arguments.path("maxSlippagePercent").asText()))
                    .isEqualByComparingTo(slippage);
        }
        assertThat(host.journal(task.path("id").asText(), "tx.signed")).isNotEmpty();
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(
            strings = {
                "mint an NFT to 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
                "please mint one NFT for 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
                "create a new NFT owned by 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
                "I need a fresh NFT minted to bob.eth",
                "mint a token of the collection and hand it to bob.eth",
                "issue an NFT to the address 0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
                "could you mint an nft and send it to bob.eth?",
                "make a new collectible for bob.eth",
                "Mint NFT -> 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
                "give bob.eth a newly minted NFT"
            })
    void mintsHoweverItIsSaid(String goal) {
        JsonNode task = host.work(goal);

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        JsonNode call = onlyCall(task);
        assertThat(call.path("tool").asText()).isEqualTo("nft_mint");
        assertThat(call.path("arguments").path("to").asText().toLowerCase()).isIn(BOB.toLowerCase(), "bob.eth");
        assertThat(host.journal(task.path("id").asText(), "tx.signed")).hasSize(1);
    }

    @Test
    @Order(5)
    void writesDownEachPhaseBeforeTheNext() {
        String id = host.work("what is the price of ETH in USD?").path("id").asText();

        List<String> phases = host.journal(id).stream()
                .map(entry -> entry.path("body").path("phase").asText(""))
                .filter(phase -> !phase.isEmpty())
                .distinct()
                .toList();
        assertThat(phases).containsExactly("PLAN", "SELECT_TOOL", "EXECUTE");
        assertThat(host.journal(id)
                        .get(host.journal(id).size() - 1)
                        .path("type")
                        .asText())
                .isEqualTo("run.ended");
        assertThat(TestHost.json(host.get("/journal/check?stream=run/" + id).body())
                        .path("intact")
                        .asBoolean())
                .isTrue();
        assertThat(host.journal(id, "inference.replied").get(0).path("label").asText())
                .isEqualTo("deterministic planner");
    }

    @Test
    @Order(6)
    void deniesWhatThePolicyDoesNotAllowAndSignsNothing() {
        JsonNode task = host.work("swap 5 ETH for USDC");

        assertThat(task.path("state").asText()).isEqualTo("FAILED");
        assertThat(task.path("errorCode").asText()).isEqualTo("POLICY_DENIED");
        assertThat(task.path("errorDetail").asText()).contains("value-cap");
        assertThat(host.journal(task.path("id").asText(), "tx.signed")).isEmpty();
    }

    @Test
    @Order(7)
    void asksBackInsteadOfInventingAnAmount() {
        JsonNode task = host.work("swap ETH for USDC");

        assertThat(task.path("errorCode").asText()).as(task.toString()).isEqualTo("RUN_NEEDS_INPUT");
        assertThat(host.journal(task.path("id").asText(), "tool.selected")).isEmpty();
    }

    @Test
    @Order(7)
    void asksBackWhenAGoalContradictsItself() {
        JsonNode task = host.work("swap a tenth of an ETH... no wait: swap 0.05 ETH to DAI with up to 3% slippage");

        assertThat(task.path("errorCode").asText()).as(task.toString()).isEqualTo("RUN_NEEDS_INPUT");
        assertThat(host.journal(task.path("id").asText(), "tx.signed")).isEmpty();
    }

    @Test
    @Order(8)
    void handsBackMetadataAndTheStateOfTheChain() {
        HttpResponse<String> answer = host.post(
                "/tasks",
                "{\"goal\":\"ETH/USD price\",\"clientId\":\"m-1\",\"metadata\":{\"order\":[1,{\"x\":null}]}}");
        JsonNode task = host.ended(TestHost.json(answer.body()).path("id").asText());

        assertThat(task.path("metadata")).isEqualTo(TestHost.json("{\"order\":[1,{\"x\":null}]}"));
        assertThat(task.path("result").path("chain").path("id").asText()).isEqualTo("eip155:31337");
        assertThat(task.path("result").path("chain").path("blockNumber").asLong())
                .isPositive();
        assertThat(task.path("provider").asText()).isEqualTo("planner");
    }

    @Test
    @Order(9)
    void leavesAReceiptThatVerifiesWhenTheHostIsGone() throws Exception {
        JsonNode task = host.work("swap 0.01 ETH for USDC with at most 1 % slippage");
        Path receipt = Path.of("target", "goals-receipt.json").toAbsolutePath();
        Files.writeString(
                receipt,
                host.get("/tasks/" + task.path("id").asText() + "/receipt").body());
        host.down();

        assertThat(verify(receipt)).isZero();
        String envelope = Files.readString(receipt);
        JsonNode tree = TestHost.json(envelope);
        String payload = tree.path("payload").asText();
        char changed = payload.charAt(200) == 'A' ? 'B' : 'A';
        Path bad = Path.of("target", "goals-receipt-bad.json").toAbsolutePath();
        Files.writeString(bad, envelope.replace(payload, payload.substring(0, 200) + changed + payload.substring(201)));
        assertThat(verify(bad)).isEqualTo(1);
    }

    private static int verify(Path receipt) throws Exception {
        Process verifier = new ProcessBuilder(
                        TestHost.java(),
                        "-jar",
                        TestHost.ROOT
                                .resolve("proofs.receipt/target/openmcp-verify.jar")
                                .toString(),
                        receipt.toString(),
                        "--keys",
                        host.home().resolve("trusted-keys").toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "verify.log").toFile())
                .start();
        assertThat(verifier.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return verifier.exitValue();
    }

    private static JsonNode onlyCall(JsonNode task) {
        List<JsonNode> calls = host.journal(task.path("id").asText(), "tool.selected");
        assertThat(calls).as(task.toString()).hasSize(1);
        JsonNode call = calls.get(0);
        JsonNode arguments = call.path("arguments");
        return arguments.isTextual()
                ? TestHost.JSON
                        .createObjectNode()
                        .put("tool", call.path("tool").asText())
                        .set("arguments", TestHost.json(arguments.asText()))
                : call;
    }
}
