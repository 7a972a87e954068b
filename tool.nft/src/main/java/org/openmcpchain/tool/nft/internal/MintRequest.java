/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/**
 * Who gets a new token.
 *
 * @param to a 0x address or a name of the address book
 * @param collection a name of the address book or a 0x address; the default collection when null
 */
public record MintRequest(
        @Param(value = "Who receives the new NFT: an address or a name such as alice.eth", format = Format.ADDRESS)
                String to,
        @Param(
                        value = "Name of the collection in the address book, or its contract address; the default"
                                + " collection when left out",
                        required = false)
                String collection) {}
