/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmcpchain.chain.ContractCall;
import org.openmcpchain.chain.MessageIntent;
import org.openmcpchain.core.policy.internal.RealPolicy;
import org.openmcpchain.error.ChainError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.journal.EntryTypes;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.Approval;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.SignatureFacts.Kind;
import org.openmcpchain.run.Outcome;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;
import org.web3j.utils.Numeric;

/** Messages pass the gate, are written down, and are signed once. */
class MessageTest extends GatedStage {

    private static final String ALLOW = "{version: 1, rules: [{id: all, at: SIGN, then: ALLOW, reason: all}]}";

    /** The example of EIP-712. */
    static final String MAIL =
            """
            {"types": {"EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
              {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}],
              "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
              "Mail": [{"name": "from", "type": "Person"}, {"name": "to", "type": "Person"},
                {"name": "contents", "type": "string"}]},
             "primaryType": "Mail",
             "domain": {"name": "Ether Mail", "version": "1", "chainId": 1,
               "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
             "message": {"from": {"name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
               "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
               "contents": "Hello, Bob!"}}
            """;

    private static MessageIntent typed(String label, String json) {
        return new MessageIntent(label, Kind.TYPED_DATA, json, "a test");
    }

    private static MessageIntent personal(String label, String text) {
        return new MessageIntent(label, Kind.PERSONAL_MESSAGE, text, "a test");
    }

    private Messages messages() {
        return new Messages(
                NetworkSettings.from(Configs.local(chain.url(), Map.of())),
                new Oversight(null, () -> null, () -> null, () -> null));
    }

    @Test
    void digestsAreThoseOfTheSpecifications() {
        assertThat(messages().facts(TestChain.ALICE, typed("mail", MAIL)).digest())
                .isEqualTo("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
        // keccak256("\x19Ethereum Signed Message:\n11" + "hello world"), as ethers and geth have it.
        assertThat(messages()
                        .facts(TestChain.ALICE, personal("hi", "hello world"))
                        .digest())
                .isEqualTo("0xd9eba16ed0ecae432b71fe008c98cc872bb4cc214d3220a36f365326cf807d68");
    }

    @Test
    void aPermitIsAcceptedByARealToken() throws Exception {
        policy = new RealPolicy(ALLOW);
        String pair = chain.deploy("UniswapV2Pair");
        String json = permit(pair, "1000");

        String signature = host().access("c1").sign(typed("permit", json)).orThrow();

        byte[] bytes = Numeric.hexStringToByteArray(signature);
        chain.call(
                pair,
                "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
                TestChain.TREASURY,
                TestChain.BOB,
                BigInteger.valueOf(1000),
                BigInteger.valueOf(4_000_000_000L),
                BigInteger.valueOf(bytes[64]),
                java.util.Arrays.copyOfRange(bytes, 0, 32),
                java.util.Arrays.copyOfRange(bytes, 32, 64));
        assertThat(host().access("c2")
                        .read(ContractCall.of(
                                pair, "allowance(address,address)(uint256)", TestChain.TREASURY, TestChain.BOB)))
                .containsExactly(BigInteger.valueOf(1000));
    }

    private static String permit(String token, String value) {
        return """
                {"types": {"EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
                  {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}],
                  "Permit": [{"name": "owner", "type": "address"}, {"name": "spender", "type": "address"},
                    {"name": "value", "type": "uint256"}, {"name": "nonce", "type": "uint256"},
                    {"name": "deadline", "type": "uint256"}]},
                 "primaryType": "Permit",
                 "domain": {"name": "Uniswap V2", "version": "1", "chainId": 31337, "verifyingContract": "%s"},
                 "message": {"owner": "%s", "spender": "%s", "value": "%s", "nonce": 0, "deadline": 4000000000}}
                """
                .formatted(token, TestChain.TREASURY, TestChain.BOB, value);
    }

    @Test
    void theSameLabelIsSignedOnceAlsoAfterARestart() throws Exception {
        policy = new RealPolicy(ALLOW);

        String first = host().access("c1").sign(personal("hi", "hello")).orThrow();
        String again =
                nextLife().access("c1").sign(personal("hi", "something else")).orThrow();
        String other = host().access("c1").sign(personal("ho", "hello")).orThrow();

        assertThat(again).isEqualTo(first);
        assertThat(other).as("deterministic, and signed under another label").isEqualTo(first);
        assertThat(wallet.signatures()).isEqualTo(2);
        assertThat(policy.journal().read("run/run-1", 0, 100))
                .filteredOn(entry -> entry.type().equals(EntryTypes.MESSAGE_SIGNED))
                .hasSize(2);
    }

    @Test
    void nobodyGetsASignatureThatIsNotOnDisk() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        RecordingGate gate = new RecordingGate();
        HostLife host = new HostLife(
                Configs.local(chain.url(), Map.of()),
                new MemoryLog(),
                journal,
                new HostLife.Desks(gate, null, null),
                wallet);
        lives.add(host);
        wallet.meanwhile(journal::breakDown);

        assertThatThrownBy(() -> host.access("c1").sign(personal("hi", "hello")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(JournalError.JOURNAL_UNAVAILABLE));
    }

    @Test
    void isHeldApprovedAndSignedAsPeopleSawIt() throws Exception {
        policy = new RealPolicy(ASK_ALL);
        MessageIntent permit = typed("permit", permit(TestChain.ALICE, "1000"));
        assertThat(host().access("c1").sign(permit)).isInstanceOf(Outcome.NeedsApproval.class);
        Approval asked = policy.pending();
        SignatureFacts facts = asked.intent().signature().orElseThrow();
        assertThat(facts.actions())
                .extracting(org.openmcpchain.policy.Action::kind)
                .containsExactly(ActionKind.PERMIT);
        policy.approve(asked);

        String signature = nextLife()
                .access("c1")
                .sign(typed("permit", permit(TestChain.ALICE, "9999")))
                .orThrow();

        SignatureCheck.verify(facts, signature);
        assertThat(wallet.signatures()).isEqualTo(1);
    }

    @Test
    void aDenialReachesNoWallet() throws Exception {
        policy = new RealPolicy("{version: 1, rules: [{id: no, at: SIGN, then: DENY, reason: never}]}");

        assertThat(host().access("c1").sign(typed("mail", MAIL))).isInstanceOf(Outcome.Denied.class);
        assertThat(wallet.signatures()).isZero();
        assertThat(policy.journal().read("run/run-1", 0, 100))
                .noneMatch(entry -> entry.type().equals(EntryTypes.MESSAGE_SIGNED));
    }

    @Test
    void whatIsNotOfItsKindIsRefused() throws Exception {
        RecordingGate gate = new RecordingGate();
        HostLife host = new HostLife(
                Configs.local(chain.url(), Map.of()),
                new MemoryLog(),
                new MemoryJournal(),
                new HostLife.Desks(gate, null, null),
                wallet);
        lives.add(host);
        for (MessageIntent wrong : List.of(
                typed("a", "{}"),
                typed("a", "no json"),
                typed("a", MAIL + MAIL),
                typed("a", MAIL.replace("\"Cow\"", "1.5")),
                typed("a", MAIL.replace("\"primaryType\"", "\"primaryType\":\"Person\",\"primaryType\"")),
                typed("A label", MAIL),
                new MessageIntent("a", Kind.RAW_DIGEST, "0x12", ""),
                new MessageIntent("a", null, "x", ""),
                personal("a", "x".repeat(200_000)))) {
            assertThatThrownBy(() -> host.access("c1").sign(wrong))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.code()).isEqualTo(ChainError.CHAIN_CALL_INVALID));
        }
        assertThat(gate.intents()).isEmpty();
    }

    @Test
    void aWalletThatSignsNoMessagesIsNotAsked() throws Exception {
        RecordingGate gate = new RecordingGate();
        Wallet plain = new Wallet() {
            @Override
            public List<WalletAccount> accounts() {
                return wallet.accounts();
            }

            @Override
            public SignedTransaction sign(UnsignedTransaction transaction, org.openmcpchain.policy.Verdict verdict) {
                throw new AssertionError();
            }
        };
        HostLife host = new HostLife(
                Configs.local(chain.url(), Map.of()),
                new MemoryLog(),
                new MemoryJournal(),
                new HostLife.Desks(gate, null, null),
                plain);
        lives.add(host);

        assertThatThrownBy(() -> host.access("c1").sign(personal("a", "x")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(WalletError.SIGNING_REJECTED));
        assertThat(gate.intents()).as("nobody is asked in vain").isEmpty();
    }

    @Test
    void aBareDigestIsNamedAsSuch() {
        assertThat(messages()
                        .facts(TestChain.ALICE, new MessageIntent("a", Kind.RAW_DIGEST, "0x" + "AB".repeat(32), ""))
                        .actions())
                .singleElement()
                .satisfies(action -> assertThat(action.kind()).isEqualTo(ActionKind.RAW_DIGEST));
        assertThat(messages()
                        .facts(TestChain.ALICE, personal("a", "pay\u202Eyap\nnow"))
                        .actions()
                        .get(0)
                        .text())
                .isEqualTo("Sign the words: pay yap now");
    }

    @Test
    void wordsThatMayBeAHashAreNamedAsSuch() {
        for (String words : List.of("x".repeat(32), "\u00e4".repeat(16), "\ud83d\ude00".repeat(8))) {
            assertThat(messages().facts(TestChain.ALICE, personal("a", words)))
                    .satisfies(facts -> assertThat(facts.kind()).isEqualTo(Kind.PERSONAL_MESSAGE))
                    .satisfies(facts -> assertThat(facts.actions())
                            .singleElement()
                            .satisfies(action -> assertThat(action.kind()).isEqualTo(ActionKind.RAW_DIGEST))
                            .satisfies(action -> assertThat(action.text()).contains("32 bytes and may be a hash")));
        }
        for (String words : List.of("x".repeat(31), "x".repeat(33), "\u00e4".repeat(32))) {
            assertThat(messages().facts(TestChain.ALICE, personal("a", words)).actions())
                    .extracting(org.openmcpchain.policy.Action::kind)
                    .containsExactly(ActionKind.MESSAGE);
        }
    }

    @Test
    void saysHowMuchOfAMessageIsBehindItsBeginning() {
        assertThat(messages()
                        .facts(TestChain.ALICE, personal("a", "x".repeat(200) + " and pay Mallory"))
                        .actions()
                        .get(0)
                        .text())
                .isEqualTo("Sign the words: " + "x".repeat(200) + "… and 16 characters more");
    }
}
