/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.wallet.keystore.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "Keystore wallet",
        description = "Signs with keys in encrypted files (Web3 Secret Storage, version 3).")
@interface KeystoreConfig {

    @AttributeDefinition(name = "Wallet id", description = "How networks and people name this wallet.")
    String wallet_id() default "keystore";

    @AttributeDefinition(
            name = "Folder",
            description =
                    "Where the encrypted key files are, each ending in .json; their order by name is the order of the"
                            + " accounts, and the name without number and ending is the account's label (01-treasury.json).")
    String folder();

    @AttributeDefinition(
            name = "Password",
            description =
                    "A reference to the password of the key files, for example $[secret:keystore-password]. Empty: the"
                            + " password that was generated for the development accounts.",
            type = AttributeType.PASSWORD)
    String _password() default "";

    @AttributeDefinition(
            name = "Development accounts",
            description = "How many accounts of the public mnemonic of development chains are put into an empty folder,"
                    + " encrypted with a generated password. 0: none. Their keys are known to everybody: never set this"
                    + " where anything of value is kept.",
            min = "0",
            max = "10")
    int devAccounts() default 0;
}
