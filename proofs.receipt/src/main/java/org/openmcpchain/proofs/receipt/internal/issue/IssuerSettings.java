/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.internal.issue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the keys of receipts are, and how long one is used. */
@ObjectClassDefinition(
        name = "OpenMCP-Chain: receipts",
        description =
                "The key that signs receipts. A change opens the key folder anew; receipts that were issued before"
                        + " stay valid.")
public @interface IssuerSettings {

    /** See the description. */
    @AttributeDefinition(
            name = "Key folder",
            description =
                    "Where current.pem (the private key, mode 0600) and public/<key id>.pem (one for each key that"
                            + " ever signed) are. Give the files in public to whoever is to verify receipts. Back the folder"
                            + " up: without it old receipts still verify, but nobody can sign as this host."
                            + " Default: empty, which means keys in the server's data folder.",
            required = false)
    String keyDirectory() default "";

    /** See the description. */
    @AttributeDefinition(
            name = "Key lifetime",
            description = "After how many days a new key is made at the next start; the public half of the old one is"
                    + " kept, marked as retired. Unit: days. Default: 0, which means never: remove current.pem to"
                    + " change the key by hand.",
            min = "0",
            max = "36500")
    int keyLifetimeDays() default 0;
}
