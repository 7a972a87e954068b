/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.Verdict;
import org.openmcpchain.wallet.MessageSigner;
import org.openmcpchain.wallet.SignedTransaction;
import org.openmcpchain.wallet.UnsignedTransaction;
import org.openmcpchain.wallet.Wallet;
import org.openmcpchain.wallet.WalletAccount;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** A folder of encrypted key files as a wallet. */
@Component(
        name = Keystore.PID,
        service = {Wallet.class, MessageSigner.class},
        configurationPid = Keystore.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = KeystoreConfig.class)
public final class Keystore implements Wallet, MessageSigner {

    static final String PID = "org.openmcpchain.wallet.keystore.Keystore";

    private final KeystoreSigner signer;

    /** Errors: {@code CONFIG_MISSING}, {@code WALLET_LOCKED}. */
    @Activate
    public Keystore(KeystoreConfig config) throws IOException {
        if (config.folder() == null || config.folder().isBlank()) {
            throw HostException.of(ConfigError.CONFIG_MISSING, "key", "folder", "pid", PID);
        }
        KeyFolder folder = new KeyFolder(Path.of(config.folder()).toAbsolutePath());
        DevAccounts.importInto(folder, config.devAccounts(), config._password());
        this.signer = new KeystoreSigner(config.wallet_id(), folder, config._password());
    }

    @Override
    public List<WalletAccount> accounts() {
        return signer.accounts();
    }

    @Override
    public SignedTransaction sign(UnsignedTransaction transaction, Verdict verdict) {
        return signer.sign(transaction, verdict);
    }

    @Override
    public String sign(SignatureFacts message, Verdict verdict) {
        return signer.sign(message, verdict);
    }
}
