/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.tool.nft.internal;

import java.math.BigInteger;
import org.openmcpchain.tool.Format;
import org.openmcpchain.tool.Param;

/**
 * Which token goes to whom.
 *
 * @param tokenId the token
 * @param to a 0x address or a name of the address book
 * @param collection a name of the address book or a 0x address; the default collection when null
 */
public record TransferRequest(
        @Param(value = "The id of the NFT", format = Format.ID, minimum = "0") BigInteger tokenId,
        @Param(value = "Who receives the NFT: an address or a name such as bob.eth", format = Format.ADDRESS) String to,
        @Param(
                        value = "Name of the collection in the address book, or its contract address; the default"
                                + " collection when left out",
                        required = false)
                String collection) {}
