/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.util.List;
import org.openmcpchain.chain.NetworkInfo;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;
import org.openmcpchain.policy.CallDecoder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads calldata and typed data of EVM chains. */
@Component(service = CallDecoder.class)
public final class EvmCallDecoder implements CallDecoder {

    private static final String ROOT = "0";

    private final Functions functions = new Functions();

    /** Knows what it can read; asks nobody. */
    @Activate
    public EvmCallDecoder() {
        FungibleReaders.addTo(functions);
        NonFungibleReaders.addTo(functions);
        PermitReaders.addTo(functions);
        Permit2Readers.addTo(functions);
        BundleReaders.addTo(functions);
        SafeReaders.addTo(functions);
        SwapReaders.addTo(functions);
        UniversalRouterReader.addTo(functions);
    }

    @Override
    public List<Action> transaction(NetworkInfo network, String from, String to, BigInteger value, String data) {
        Reading reading = new Reading(functions, new Book(network));
        try {
            String sender = Hex.address(from);
            BigInteger wei = value == null ? BigInteger.ZERO : value;
            if (data != null && data.length() / 2 > Reading.MAX_BYTES) {
                tooLong(reading, sender, to, data.length() / 2);
            } else {
                byte[] bytes = data == null ? new byte[0] : Hex.bytes(data);
                if (to == null) {
                    creation(reading, sender, wei, bytes);
                } else {
                    reading.read(new Call(ROOT, sender, Hex.address(to), wei, bytes, 0));
                }
            }
        } catch (RuntimeException malformed) {
            reading.tell(ActionDraft.at(ActionKind.UNREADABLE, ROOT), "A transaction that cannot be read");
        }
        return reading.actions();
    }

    private static void tooLong(Reading reading, String from, String to, int bytes) {
        reading.tell(
                ActionDraft.at(ActionKind.UNREADABLE, ROOT)
                        .from(from)
                        .contract(to)
                        .flag(Flag.TRUNCATED, true),
                "A transaction with " + bytes + " bytes, more than the " + Reading.MAX_BYTES + " that are read");
    }

    private static void creation(Reading reading, String from, BigInteger value, byte[] code) {
        Book.Token coin = reading.book().coin();
        reading.tell(
                ActionDraft.at(ActionKind.CONTRACT_CREATION, ROOT)
                        .from(from)
                        .of(coin)
                        .amount(value),
                "Create a contract from " + Words.count(code.length, "byte") + " of code"
                        + (value.signum() > 0 ? " and give it " + coin.amount(value) : ""));
    }

    @Override
    public List<Action> typedData(NetworkInfo network, String from, String json) {
        Reading reading = new Reading(functions, new Book(network));
        try {
            TypedDataReader.read(reading, Hex.address(from), json);
        } catch (RuntimeException malformed) {
            reading.tell(ActionDraft.at(ActionKind.UNREADABLE, ROOT), "Typed data that cannot be read");
        }
        return reading.actions();
    }
}
