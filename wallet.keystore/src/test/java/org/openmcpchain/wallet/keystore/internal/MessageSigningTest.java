/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.SignatureFacts.Kind;
import org.openmcpchain.policy.Verdict;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Messages: the example of EIP-712 with its own key, and everything that is refused. */
class MessageSigningTest {

    private static final String PASSWORD = "a password of a test";
    private static final String COW = "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826";
    private static final String DIGEST = "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2";
    private static final String MAIL =
            """
            {"types": {"EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
              {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}],
              "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
              "Mail": [{"name": "from", "type": "Person"}, {"name": "to", "type": "Person"},
                {"name": "contents", "type": "string"}]},
             "primaryType": "Mail",
             "domain": {"name": "Ether Mail", "version": "1", "chainId": "1",
               "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
             "message": {"from": {"name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
               "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
               "contents": "Hello, Bob!"}}
            """;
    private static final Verdict ALLOWED = new Verdict(Decision.ALLOW, "rule", "1", "because", "00");

    @TempDir
    private Path folder;

    private KeystoreSigner wallet;

    /** The specification's key is the hash of the word cow. */
    @BeforeEach
    void cow() throws Exception {
        KeyFolder keys = new KeyFolder(folder.resolve("keys"));
        ECKeyPair cow = ECKeyPair.create(Hash.sha3("cow".getBytes(StandardCharsets.UTF_8)));
        assertThat(Credentials.create(cow).getAddress()).isEqualToIgnoringCase(COW);
        keys.addIfAbsent("cow", cow, PASSWORD);
        wallet = new KeystoreSigner("test", keys, PASSWORD);
    }

    private static SignatureFacts message(Kind kind, String digest, String document) {
        return message(ChainId.eip155(1), COW, kind, digest, document);
    }

    private static SignatureFacts message(ChainId chain, String from, Kind kind, String digest, String document) {
        return new SignatureFacts(kind, chain, from, digest, document, null, null, null, List.of());
    }

    private static String signer(String digest, String signature) throws Exception {
        byte[] bytes = Numeric.hexStringToByteArray(signature);
        Sign.SignatureData data = new Sign.SignatureData(
                bytes[64], java.util.Arrays.copyOfRange(bytes, 0, 32), java.util.Arrays.copyOfRange(bytes, 32, 64));
        BigInteger key = Sign.signedMessageHashToKey(Numeric.hexStringToByteArray(digest), data);
        return Keys.toChecksumAddress(Keys.getAddress(key));
    }

    @Test
    void signsTheExampleOfTheSpecification() throws Exception {
        String signature = wallet.sign(message(Kind.TYPED_DATA, DIGEST, MAIL), ALLOWED);

        assertThat(signature).matches("0x[0-9a-f]{128}1[bc]");
        assertThat(signer(DIGEST, signature)).isEqualTo(COW);
        assertThat(wallet.sign(message(Kind.TYPED_DATA, DIGEST, MAIL), ALLOWED))
                .as("RFC 6979")
                .isEqualTo(signature);
    }

    @Test
    void signsPersonalMessagesAndBareDigests() throws Exception {
        String hello = "0xd9eba16ed0ecae432b71fe008c98cc872bb4cc214d3220a36f365326cf807d68";

        assertThat(signer(hello, wallet.sign(message(Kind.PERSONAL_MESSAGE, hello, "hello world"), ALLOWED)))
                .isEqualTo(COW);
        assertThat(signer(hello, wallet.sign(message(Kind.RAW_DIGEST, hello, null), ALLOWED)))
                .isEqualTo(COW);
    }

    @Test
    void recomputesTheDigestAndRefusesAnother() {
        String other = "0x" + "11".repeat(32);

        assertRefused(WalletError.SIGNING_REJECTED, message(Kind.TYPED_DATA, other, MAIL), ALLOWED);
        assertRefused(
                WalletError.SIGNING_REJECTED, message(Kind.TYPED_DATA, DIGEST, MAIL.replace("Bob!", "Eve!")), ALLOWED);
        assertRefused(WalletError.SIGNING_REJECTED, message(Kind.PERSONAL_MESSAGE, other, "hello world"), ALLOWED);
    }

    @Test
    void refusesWhatIsIncomplete() {
        assertRefused(WalletError.SIGNING_REJECTED, message(Kind.TYPED_DATA, DIGEST, null), ALLOWED);
        assertRefused(WalletError.SIGNING_REJECTED, message(Kind.TYPED_DATA, DIGEST, "{}"), ALLOWED);
        assertRefused(WalletError.SIGNING_REJECTED, message(Kind.RAW_DIGEST, "0x12", null), ALLOWED);
        assertRefused(WalletError.SIGNING_REJECTED, message(Kind.RAW_DIGEST, null, null), ALLOWED);
    }

    @Test
    void signsNothingWithoutAVerdictThatAllowsIt() {
        SignatureFacts mail = message(Kind.TYPED_DATA, DIGEST, MAIL);

        assertRefused(WalletError.SIGNING_REJECTED, mail, null);
        for (Decision decision : List.of(Decision.DENY, Decision.NEEDS_APPROVAL)) {
            assertRefused(WalletError.SIGNING_REJECTED, mail, new Verdict(decision, "rule", "1", "because", "00"));
        }
    }

    @Test
    void signsForItsAccountsOnEvmChainsOnly() {
        assertRefused(
                WalletError.ACCOUNT_UNKNOWN,
                message(ChainId.eip155(1), "0x" + "22".repeat(20), Kind.TYPED_DATA, DIGEST, MAIL),
                ALLOWED);
        assertRefused(
                WalletError.SIGNING_REJECTED,
                message(new ChainId("cosmos", "hub-4"), COW, Kind.TYPED_DATA, DIGEST, MAIL),
                ALLOWED);
    }

    private void assertRefused(WalletError code, SignatureFacts message, Verdict verdict) {
        assertThatThrownBy(() -> wallet.sign(message, verdict))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
