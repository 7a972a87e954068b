/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.chain.evm.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "EVM network", description = "One network that speaks Ethereum's JSON-RPC.")
@interface NetworkConfig {

    @AttributeDefinition(
            name = "Chain",
            description = "The CAIP-2 name, for example eip155:1. The node must serve this chain.")
    String chain_id();

    @AttributeDefinition(name = "Name", description = "How people call the network.")
    String name();

    @AttributeDefinition(
            name = "Node",
            description = "The http or https address of the node's JSON-RPC, or a reference to it when it holds a key:"
                    + " $[secret:mainnet-rpc]. It is never logged and is no service property.",
            type = AttributeType.PASSWORD)
    String _url();

    @AttributeDefinition(name = "Coin", description = "Symbol of the coin that pays for gas.")
    String coinSymbol() default "ETH";

    @AttributeDefinition(name = "Coin type", description = "The coin's SLIP-44 number.", min = "0")
    int coinSlip44() default 60;

    @AttributeDefinition(
            name = "Confirmations",
            description = "Blocks, counting its own, that a transaction needs to count as mined. More protect from a"
                    + " reorganisation and take longer.",
            min = "1",
            max = "1000")
    int confirmations() default 1;

    @AttributeDefinition(
            name = "Contracts",
            description = "The address book of contracts, each NAME=0xADDRESS, for example uniswap-v2.router=0x7a25….")
    String[] contracts() default {};

    @AttributeDefinition(name = "Tokens", description = "The ERC-20 tokens, each SYMBOL:DECIMALS:0xADDRESS.")
    String[] assets() default {};

    @AttributeDefinition(name = "Names", description = "The address book of accounts, each NAME=0xADDRESS.")
    String[] names() default {};

    @AttributeDefinition(
            name = "Wallets",
            description = "An OSGi filter that says which wallets may spend on this network, for example"
                    + " (wallet.id=keystore). Without it: none.")
    String wallet_target() default Network.NO_WALLET;

    @AttributeDefinition(
            name = "Priority fee",
            description =
                    "Wei for each gas unit that is offered on top of the base fee. Empty: what the node suggests.")
    String priorityFeeWei() default "";

    @AttributeDefinition(
            name = "Greatest fee",
            description =
                    "Wei for each gas unit that is never exceeded. Empty: three times the base fee and the priority fee. Nothing is"
                            + " signed when it does not cover 1.8 times the base fee and the priority fee.")
    String maxFeeWei() default "";

    @AttributeDefinition(
            name = "Gas margin",
            description =
                    "Per cent by which the gas limit exceeds the node's estimate. What was mined in between, also by the same"
                            + " account, can make a call dearer: the second token of a collection costs a fifth more than the first.",
            min = "0",
            max = "400")
    int gasMarginPercent() default 50;

    @AttributeDefinition(
            name = "Greatest number of transactions under way",
            description =
                    "How many transactions may wait for their receipts at a time. Nodes that mine at once stall on a"
                            + " backlog.",
            min = "1",
            max = "10000")
    int maxInFlight() default 16;

    @AttributeDefinition(
            name = "Poll interval",
            description = "Milliseconds between two looks for a receipt.",
            min = "5",
            max = "60000")
    int pollMillis() default 1000;

    @AttributeDefinition(
            name = "Receipt timeout",
            description = "Seconds without a receipt until the outcome is called unknown. It stays under observation.",
            min = "1",
            max = "86400")
    int receiptTimeoutSeconds() default 120;

    @AttributeDefinition(
            name = "Settling interval",
            description = "Seconds between two rounds that send unfinished transactions again and settle them.",
            min = "1",
            max = "86400")
    int settleSeconds() default 15;

    @AttributeDefinition(
            name = "Node timeout",
            description = "Seconds until one request to the node is given up.",
            min = "1",
            max = "300")
    int rpcTimeoutSeconds() default 10;
}
