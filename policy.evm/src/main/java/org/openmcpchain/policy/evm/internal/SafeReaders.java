/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Set;
import org.openmcpchain.policy.Action.Flag;
import org.openmcpchain.policy.ActionKind;

/**
 * Safe accounts and their MultiSend. Source: github.com/safe-global/safe-smart-account, 1.3 to 1.5; where MultiSend is:
 * github.com/safe-global/safe-deployments, src/assets.
 */
final class SafeReaders {

    static final String STANDARD = "Safe";

    private static final String MULTI_SEND_SELECTOR = "0x8d80ff0a";
    /** The networks' own names for further deployments of it. */
    private static final Set<String> MULTI_SEND_NAMES = Set.of("safe.multi-send", "safe.multi-send-call-only");
    /** MultiSend 1.1.1, then MultiSend and MultiSendCallOnly of 1.3.0 (canonical, eip155), 1.4.1 and 1.5.0. */
    private static final Set<String> MULTI_SENDS = Set.of(
            "0x8D29bE29923b68abfDD21e541b9374737B49cdAD",
            "0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761",
            "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D",
            "0x998739BFdAAdde7C933B942a68053933098f9EDa",
            "0xA1dabEF33b3B82c7814B6D82A79e50F4AC44102B",
            "0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526",
            "0x9641d764fc13c8B624c04430C7356C1C7C8102e2",
            "0x218543288004CD07832472D464648173c77D7eB7",
            "0xA83c336B20401Af773B6219BA5027174338D1836");

    private static final int ADDRESS_BYTES = 20;
    private static final int WORD_BYTES = 32;

    private SafeReaders() {}

    static void addTo(Functions functions) {
        functions.add(
                STANDARD,
                "execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)",
                SafeReaders::execute);
        functions.add(
                STANDARD, "execTransactionFromModule(address,uint256,bytes,uint8)", SafeReaders::executeForModule);
        functions.add(
                STANDARD,
                "execTransactionFromModuleReturnData(address,uint256,bytes,uint8)",
                SafeReaders::executeForModule);
        functions.add(STANDARD, "multiSend(bytes)", SafeReaders::multiSend);
        functions.add(STANDARD, "approveHash(bytes32)", SafeReaders::approveHash);
        functions.add(STANDARD, "addOwnerWithThreshold(address,uint256)", SafeReaders::addOwner);
        functions.add(STANDARD, "removeOwner(address,address,uint256)", SafeReaders::removeOwner);
        functions.add(STANDARD, "swapOwner(address,address,address)", SafeReaders::swapOwner);
        functions.add(STANDARD, "changeThreshold(uint256)", SafeReaders::changeThreshold);
        functions.add(STANDARD, "enableModule(address)", SafeReaders::enableModule);
        functions.add(STANDARD, "disableModule(address,address)", SafeReaders::disableModule);
        functions.add(STANDARD, "setGuard(address)", control("Let %s judge what the account %s may do"));
        functions.add(
                STANDARD, "setModuleGuard(address)", control("Let %s judge what the modules of the account %s may do"));
        functions.add(STANDARD, "setFallbackHandler(address)", control("Let %s answer in the name of the account %s"));
    }

    private static void execute(Call call, Arguments arguments, Functions.Known function, Reading out) {
        executed(call, arguments, function, out);
        if (arguments.number(6).signum() > 0) {
            out.unreadable(
                    call,
                    "refund",
                    "The account pays the gas back to " + out.book().who(arguments.address(8)) + " in "
                            + (Hex.isZero(arguments.address(7))
                                    ? out.book().coin().symbol()
                                    : out.book().token(arguments.address(7)).what())
                            + "; how much is known only afterwards");
        }
    }

    private static void executeForModule(Call call, Arguments arguments, Functions.Known function, Reading out) {
        executed(call, arguments, function, out);
    }

    private static void executed(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function),
                "Let the account " + out.book().who(call.to()) + " act");
        operation(
                call.inner(function.name(), call.to(), arguments.address(0), arguments.number(1), arguments.bytes(2)),
                arguments.number(3).intValue(),
                out);
    }

    /**
     * What an account does itself: a call, or foreign code with its own rights. Foreign code is read only where it is
     * known to be MultiSend's, because what a function means is decided by the code, and here that is not the account's.
     */
    static void operation(Call inner, int operation, Reading out) {
        if (operation == 0) {
            out.read(inner);
            return;
        }
        String where = out.book().who(inner.to());
        if (operation != 1) {
            out.unreadable(
                    inner, "operation", "An operation " + operation + " on " + where + " that Safe does not know");
            return;
        }
        out.tell(
                ActionDraft.of(ActionKind.DELEGATE_CALL, inner)
                        .standard(STANDARD)
                        .function(inner.data().length == 0 ? null : inner.selector())
                        .to(inner.to())
                        .flag(Flag.DELEGATE_CALL, true),
                "Run the code of " + where + " with every right of "
                        + out.book().who(inner.from()));
        if (MULTI_SEND_SELECTOR.equals(inner.selector()) && isMultiSend(inner.to(), out.book())) {
            // It runs where the account is, so what it calls is called by the account.
            out.read(new Call(inner.path(), inner.from(), inner.from(), BigInteger.ZERO, inner.data(), inner.depth()));
        }
    }

    private static boolean isMultiSend(String address, Book book) {
        return MULTI_SENDS.contains(address) || book.isCalled(MULTI_SEND_NAMES, address);
    }

    /** Source of the packing: MultiSend.sol: operation (1), to (20), value (32), length (32), data. */
    private static void multiSend(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function),
                "Do several calls in the name of " + out.book().who(call.to()));
        ByteBuffer packed = ByteBuffer.wrap(arguments.bytes(0));
        for (int i = 0; packed.hasRemaining() && !out.isFull(); i++) {
            int operation = packed.get();
            byte[] target = take(packed, ADDRESS_BYTES);
            BigInteger value = new BigInteger(1, take(packed, WORD_BYTES));
            BigInteger length = new BigInteger(1, take(packed, WORD_BYTES));
            if (length.bitLength() > 31) {
                throw new IllegalArgumentException("longer than the calldata");
            }
            byte[] data = take(packed, length.intValue());
            String receiver = Hex.address(target, 0);
            operation(
                    call.inner(
                            function.name() + "[" + i + "]",
                            call.to(),
                            // MultiSend of 1.5 takes the zero address for the account itself.
                            Hex.isZero(receiver) ? call.to() : receiver,
                            value,
                            data),
                    operation,
                    out);
        }
    }

    private static byte[] take(ByteBuffer packed, int count) {
        if (count > packed.remaining()) {
            throw new IllegalArgumentException("longer than the calldata");
        }
        byte[] bytes = new byte[count];
        packed.get(bytes);
        return bytes;
    }

    private static void approveHash(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                ActionDraft.of(ActionKind.RAW_DIGEST, call, function),
                "Approve a transaction of the account " + out.book().who(call.to())
                        + " of which only the hash is known: " + Hex.text(arguments.bytes(0)));
    }

    /** @param words what the address in the first argument becomes for the account */
    private static Functions.Reader control(String words) {
        return (call, arguments, function, out) -> out.tell(
                controlling(call, function).to(arguments.address(0)),
                String.format(
                        words, out.book().who(arguments.address(0)), out.book().who(call.to())));
    }

    /** Something that changes who decides over the account. */
    private static ActionDraft controlling(Call call, Functions.Known function) {
        return ActionDraft.of(ActionKind.CONTRACT_CALL, call, function).flag(Flag.CONTROL, true);
    }

    private static void addOwner(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                controlling(call, function).to(arguments.address(0)),
                "Make " + out.book().who(arguments.address(0)) + " an owner of the account "
                        + out.book().who(call.to()) + "; " + arguments.number(1) + " of the owners must agree");
    }

    private static void removeOwner(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                controlling(call, function).to(arguments.address(1)).flag(Flag.REVOKES, true),
                "Let " + out.book().who(arguments.address(1)) + " no longer be an owner of the account "
                        + out.book().who(call.to()) + "; " + arguments.number(2) + " of the others must agree");
    }

    private static void swapOwner(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                controlling(call, function).to(arguments.address(2)),
                "Make " + out.book().who(arguments.address(2)) + " an owner of the account "
                        + out.book().who(call.to()) + " in the place of "
                        + out.book().who(arguments.address(1)));
    }

    private static void changeThreshold(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                controlling(call, function),
                "Let the word of " + arguments.number(0) + " of its owners be enough for the account "
                        + out.book().who(call.to()));
    }

    /** A module needs no owner's signature: it can make the account do anything. */
    private static void enableModule(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                controlling(call, function).to(arguments.address(0)).flag(Flag.DELEGATE_CALL, true),
                "Let the module " + out.book().who(arguments.address(0)) + " do anything in the name of the account "
                        + out.book().who(call.to()) + ", without its owners");
    }

    private static void disableModule(Call call, Arguments arguments, Functions.Known function, Reading out) {
        out.tell(
                controlling(call, function).to(arguments.address(1)).flag(Flag.REVOKES, true),
                "Let the module " + out.book().who(arguments.address(1)) + " do nothing more for the account "
                        + out.book().who(call.to()));
    }
}
