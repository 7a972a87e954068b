/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.MnemonicUtils;

/** The accounts that every development chain funds. Source of the derivation: BIP-39, BIP-32, BIP-44. */
final class DevAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(DevAccounts.class);
    /** Published in the documentation of every development chain; it protects nothing. */
    private static final String PUBLIC_MNEMONIC = "test test test test test test test test test test test junk";

    private static final List<String> LABELS = List.of("treasury", "alice", "bob");
    private static final int HARDENED = Bip32ECKeyPair.HARDENED_BIT;

    private DevAccounts() {}

    /** Puts the first accounts into a folder that holds no keys but such ones; leaves an operator's folder alone. */
    static void importInto(KeyFolder folder, int count, String configuredPassword) throws IOException {
        if (count == 0 || !(folder.files().isEmpty() || folder.hasGeneratedPassword())) {
            return;
        }
        String password = configuredPassword.isBlank() ? folder.generatePassword() : configuredPassword;
        Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(PUBLIC_MNEMONIC, ""));
        int added = 0;
        for (int i = 0; i < count; i++) {
            int[] path = {44 | HARDENED, 60 | HARDENED, HARDENED, 0, i};
            String label = i < LABELS.size() ? LABELS.get(i) : "dev";
            ECKeyPair key = Bip32ECKeyPair.deriveKeyPair(master, path);
            added += folder.addIfAbsent(String.format("%02d-%s", i, label), key, password) ? 1 : 0;
        }
        if (added > 0) {
            LOG.warn(
                    "Imported {} development accounts; everybody has their keys: send nothing of value to them", added);
        }
    }
}
