/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/**
 * Whose tokens are counted.
 *
 * @param owner a 0x address or a name of the address book; the account of this run when null
 * @param collection a name of the address book or a 0x address; the default collection when null
 */
public record BalanceRequest(
        @Param(
                        value = "Whose NFTs are counted: an address or a name such as alice.eth; your own account when"
                                + " left out",
                        format = Format.ADDRESS,
                        required = false)
                String owner,
        @Param(
                        value = "Name of the collection in the address book, or its contract address; the default"
                                + " collection when left out",
                        required = false)
                String collection) {}
