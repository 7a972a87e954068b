/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.chain.ChainId;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.ErrorCode;
import org.openmcpchain.error.HostException;
import org.openmcpchain.error.WalletError;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.utils.Numeric;

class KeystoreTest {

    private static final String ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    private static final String ALICE_KEY = "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
    private static final BigInteger HALF_CURVE_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);
    private static final Verdict ALLOWED = new Verdict(Decision.ALLOW, "rule", "1", "because", "00");

    @TempDir
    private Path folder;

    @Test
    void importsTheDevelopmentAccountsOfThePublicMnemonic() throws Exception {
        assertThat(devWallet(3).accounts())
                .containsExactly(
                        new WalletAccount("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "treasury", "keystore"),
                        new WalletAccount(ALICE, "alice", "keystore"),
                        new WalletAccount("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "bob", "keystore"));
    }

    @Test
    void signsTheSameBytesAsAnIndependentImplementation() throws Exception {
        SignedTransaction signed = devWallet(2).sign(transaction(ALICE), ALLOWED);

        // what anvil's eth_signTransaction answers for this transaction and key
        assertThat(signed.raw())
                .isEqualTo(
                        "0x02f878827a6907843b9aca00847735940082c350943c44cdddb6a900fa2b585dd299e03d12fa4293bc880de0b6b3"
                                + "a764000084a9059cbbc080a023d6a66724e495d761973c83e66921e6624322ec71f3559182e5b410013ec5c9a07f58f730b9cd"
                                + "ded54a338b2b0fa7acd661de09ecbc79b6c915a2bf24ba1faa97");
        assertThat(signed.hash()).isEqualTo(Hash.sha3(signed.raw()));
    }

    @Test
    void signaturesRecoverToTheAccountAndHaveTheLowerS() throws Exception {
        Wallet wallet = devWallet(2);
        for (int nonce = 0; nonce < 16; nonce++) {
            SignedTransaction signed = wallet.sign(transaction(ALICE, nonce), ALLOWED);
            SignedRawTransaction decoded = (SignedRawTransaction) TransactionDecoder.decode(signed.raw());
            assertThat(decoded.getFrom()).isEqualToIgnoringCase(ALICE);
            assertThat(new BigInteger(1, decoded.getSignatureData().getS())).isLessThanOrEqualTo(HALF_CURVE_ORDER);
        }
    }

    @Test
    void signsNothingWithoutAVerdictThatAllowsIt() throws Exception {
        Wallet wallet = devWallet(2);
        Verdict denied = new Verdict(Decision.DENY, "default-deny", "1", "because", "00");
        Verdict pending = new Verdict(Decision.NEEDS_APPROVAL, "rule", "1", "because", "00");

        assertRefused(WalletError.SIGNING_REJECTED, () -> wallet.sign(transaction(ALICE), null));
        assertRefused(WalletError.SIGNING_REJECTED, () -> wallet.sign(transaction(ALICE), denied));
        assertRefused(WalletError.SIGNING_REJECTED, () -> wallet.sign(transaction(ALICE), pending));
    }

    @Test
    void signsForEvmChainsOnly() throws Exception {
        UnsignedTransaction other = new UnsignedTransaction(
                new ChainId("cosmos", "hub-4"),
                ALICE,
                ALICE,
                0,
                BigInteger.ZERO,
                "0x",
                BigInteger.TEN,
                BigInteger.ONE,
                BigInteger.ONE);

        assertRefused(WalletError.SIGNING_REJECTED, () -> devWallet(2).sign(other, ALLOWED));
    }

    @Test
    void doesNotKnowOtherAccounts() throws Exception {
        assertRefused(WalletError.ACCOUNT_UNKNOWN, () -> devWallet(1)
                .sign(transaction("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"), ALLOWED));
    }

    @Test
    void opensAFolderOfAnOperatorWithItsPassword() throws Exception {
        new KeyFolder(folder).addIfAbsent("07-hot", ECKeyPair.create(Numeric.toBigInt(ALICE_KEY)), "correct horse");

        Wallet right = wallet(Map.of("folder", folder.toString(), "_password", "correct horse", "devAccounts", 3));
        Wallet wrong = wallet(Map.of("folder", folder.toString(), "_password", "battery staple"));

        assertThat(right.accounts()).containsExactly(new WalletAccount(ALICE, "hot", "keystore"));
        assertThat(right.sign(transaction(ALICE), ALLOWED).raw()).startsWith("0x02");
        assertRefused(WalletError.WALLET_LOCKED, () -> wrong.sign(transaction(ALICE), ALLOWED));
    }

    @Test
    void keepsTheGeneratedPasswordAndKeysToTheOwner() throws Exception {
        devWallet(2).accounts();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(KeystoreTest::permissions)).hasSize(3).containsOnly("rw-------");
        }
    }

    @Test
    void goesOnWithTheSamePasswordAfterARestart() throws Exception {
        String raw = devWallet(2).sign(transaction(ALICE), ALLOWED).raw();

        assertThat(devWallet(2).sign(transaction(ALICE), ALLOWED).raw()).isEqualTo(raw);
    }

    @Test
    void refusesAPasswordFileThatOthersCanRead() throws Exception {
        Wallet wallet = devWallet(2);
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(WalletError.WALLET_LOCKED, () -> wallet.sign(transaction(ALICE), ALLOWED));
    }

    @Test
    void neverShowsAKeyOrPassword() throws Exception {
        Wallet wallet = devWallet(2);
        wallet.sign(transaction(ALICE), ALLOWED);
        String password = Files.readString(folder.resolve("password"));
        String onDisk;
        try (Stream<Path> files = Files.list(folder)) {
            onDisk = files.filter(file -> file.toString().endsWith(".json"))
                    .map(KeystoreTest::text)
                    .collect(Collectors.joining());
        }

        assertThat(wallet.toString() + wallet.accounts()).doesNotContain(ALICE_KEY, password);
        assertThat(onDisk).doesNotContain(ALICE_KEY, password);
    }

    @Test
    void refusesAKeyFileThatAsksForTooMuchMemory() throws Exception {
        devWallet(2).accounts();
        Path alice = folder.resolve("01-alice.json");
        Files.writeString(alice, Files.readString(alice).replaceFirst("\"n\":\\d+", "\"n\":1073741824"));

        assertRefused(WalletError.WALLET_LOCKED, () -> devWallet(2).sign(transaction(ALICE), ALLOWED));
    }

    @Test
    void refusesAFileThatIsNoKeyFile() throws Exception {
        Files.writeString(folder.resolve("01-x.json"), "{}");

        assertRefused(WalletError.WALLET_LOCKED, () -> wallet(Map.of("folder", folder.toString())));
    }

    @Test
    void needsAFolder() {
        assertRefused(ConfigError.CONFIG_MISSING, () -> wallet(Map.of("folder", " ")));
    }

    private Wallet devWallet(int accounts) throws IOException {
        return wallet(Map.of("folder", folder.toString(), "devAccounts", accounts));
    }

    private static Wallet wallet(Map<String, Object> given) throws IOException {
        return new Keystore((KeystoreConfig) Proxy.newProxyInstance(
                KeystoreConfig.class.getClassLoader(),
                new Class<?>[] {KeystoreConfig.class},
                (proxy, method, arguments) -> given.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    private static UnsignedTransaction transaction(String from) {
        return transaction(from, 7);
    }

    private static UnsignedTransaction transaction(String from, long nonce) {
        return new UnsignedTransaction(
                ChainId.eip155(31337),
                from,
                "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
                nonce,
                BigInteger.TEN.pow(18),
                "0xa9059cbb",
                BigInteger.valueOf(50_000),
                BigInteger.valueOf(1_000_000_000),
                BigInteger.valueOf(2_000_000_000));
    }

    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
