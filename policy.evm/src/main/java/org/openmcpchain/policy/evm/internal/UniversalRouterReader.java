/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.policy.evm.internal;

import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.openmcpchain.policy.ActionKind;

/** Uniswap's Universal Router: a list of commands, each with its own input. Source: Commands.sol and Dispatcher.sol, v1.2 and 2. */
final class UniversalRouterReader {

    private static final String STANDARD = "Universal Router";
    /** The highest bit lets a command fail. The next one counts in the newest routers only: with it nothing is known. */
    private static final int COMMAND_BITS = 0x7f;
    /** Stands for whatever the router holds, where exactly so much is to go in. */
    private static final BigInteger CONTRACT_BALANCE = BigInteger.ONE.shiftLeft(255);

    private static final String DETAILS = "(address,uint160,uint48,uint48)";

    /** Reads one command. */
    @FunctionalInterface
    private interface Command {
        void read(Step step, Arguments input, Reading out);
    }

    /**
     * Where a command stands.
     *
     * @param call the router's call
     * @param path the command's place
     */
    private record Step(Call call, Functions.Known function, String path) {

        ActionDraft draft(ActionKind kind) {
            return ActionDraft.of(kind, call, function).path(path);
        }

        String receiver(String given) {
            return SwapReaders.receiver(call, given);
        }
    }

    private record Known(TupleType<Tuple> types, Command command) {}

    private static final Map<Integer, Known> COMMANDS = Map.ofEntries(
            command(0x00, "(address,uint256,uint256,bytes,bool)", (step, in, out) -> pools(step, in, true, out)),
            command(0x01, "(address,uint256,uint256,bytes,bool)", (step, in, out) -> pools(step, in, false, out)),
            command(0x02, "(address,address,uint160)", UniversalRouterReader::take),
            command(
                    0x03,
                    "((" + DETAILS + "[],address,uint256),bytes)",
                    (step, in, out) -> permits(step, in.tuple(0), in.tuple(0).tuples(0), out)),
            command(0x04, "(address,address,uint256)", (step, in, out) -> pay(step, in, "at least ", out)),
            command(0x05, "(address,address,uint256)", (step, in, out) -> pay(step, in, "", out)),
            command(0x06, "(address,address,uint256)", UniversalRouterReader::portion),
            command(0x08, "(address,uint256,uint256,address[],bool)", (step, in, out) -> path(step, in, true, out)),
            command(0x09, "(address,uint256,uint256,address[],bool)", (step, in, out) -> path(step, in, false, out)),
            command(
                    0x0a,
                    "((" + DETAILS + ",address,uint256),bytes)",
                    (step, in, out) ->
                            permits(step, in.tuple(0), List.of(in.tuple(0).tuple(0)), out)),
            command(0x0b, "(address,uint256)", (step, in, out) -> wrapped(step, in, "Wrap ", out)),
            command(0x0c, "(address,uint256)", (step, in, out) -> wrapped(step, in, "Unwrap at least ", out)),
            command(0x0d, "((address,address,uint160,address)[])", UniversalRouterReader::takeAll));

    private UniversalRouterReader() {}

    private static Map.Entry<Integer, Known> command(int number, String types, Command reader) {
        return Map.entry(number, new Known(TupleType.parse(types), reader));
    }

    static void addTo(Functions functions) {
        functions.add(STANDARD, "execute(bytes,bytes[])", UniversalRouterReader::execute);
        functions.add(STANDARD, "execute(bytes,bytes[],uint256)", UniversalRouterReader::execute);
    }

    private static void execute(Call call, Arguments arguments, Functions.Known function, Reading out) {
        byte[] commands = arguments.bytes(0);
        byte[][] inputs = arguments.byteArrays(1);
        if (commands.length != inputs.length) {
            throw new IllegalArgumentException("as many inputs as commands");
        }
        out.tell(
                ActionDraft.of(ActionKind.CONTRACT_CALL, call, function),
                "Let " + out.book().who(call.to()) + " do " + Words.count(commands.length, "command"));
        for (int i = 0; i < commands.length && !out.isFull(); i++) {
            Step step = new Step(call, function, call.path() + "." + function.name() + "[" + i + "]");
            command(step, commands[i] & COMMAND_BITS, inputs[i], out);
        }
    }

    private static void command(Step step, int number, byte[] input, Reading out) {
        Known known = COMMANDS.get(number);
        if (known == null) {
            unreadable(step, number, out);
            return;
        }
        Arguments arguments;
        try {
            // What stands behind an input's arguments is left alone: the router does not look at it either.
            arguments = new Arguments(known.types().decode(ByteBuffer.wrap(input)));
        } catch (RuntimeException malformed) {
            unreadable(step, number, out);
            return;
        }
        known.command().read(step, arguments, out);
    }

    private static void unreadable(Step step, int number, Reading out) {
        out.tell(
                step.draft(ActionKind.UNREADABLE),
                "A command 0x" + Integer.toHexString(number) + " of the router that cannot be read");
    }

    private static void path(Step step, Arguments input, boolean exactIn, Reading out) {
        List<String> path = input.addresses(3);
        if (path.size() < 2) {
            throw new IllegalArgumentException("a path has two ends");
        }
        swap(step, input, exactIn, path.get(0), path.get(path.size() - 1), out);
    }

    private static void pools(Step step, Arguments input, boolean exactIn, Reading out) {
        SwapReaders.PoolPath path = SwapReaders.PoolPath.of(input.bytes(3));
        swap(step, input, exactIn, exactIn ? path.first() : path.last(), exactIn ? path.last() : path.first(), out);
    }

    private static void swap(Step step, Arguments input, boolean exactIn, String from, String to, Reading out) {
        BigInteger most = input.number(exactIn ? 1 : 2);
        BigInteger least = input.number(exactIn ? 2 : 1);
        Book.Token in = out.book().token(from);
        String receiver = step.receiver(input.address(0));
        ActionDraft draft = step.draft(ActionKind.CONTRACT_CALL);
        if (!input.flag(4)) {
            // The router pays with what it holds already, so this takes nothing from the caller.
            draft.from(step.call().to());
        }
        boolean balance = exactIn && most.equals(CONTRACT_BALANCE);
        if (balance && !input.flag(4)) {
            out.tell(
                    draft.to(receiver).of(in),
                    "Swap all " + in.what() + " that the router holds for at least "
                            + out.book().token(to).amount(least) + ", paid to "
                            + out.book().who(receiver));
            return;
        }
        new SwapReaders.Swap(in, most, exactIn, out.book().token(to), least, receiver).tell(draft, out);
        if (balance) {
            out.tell(
                    step.draft(ActionKind.UNREADABLE).path(step.path() + ".amount"),
                    "The caller pays as much " + in.what()
                            + " as the router holds then, and nobody knows how much that is");
        }
    }

    private static void take(Step step, Arguments input, Reading out) {
        moved(step, step.call().from(), step.receiver(input.address(1)), input.address(0), input.number(2), out);
    }

    private static void takeAll(Step step, Arguments input, Reading out) {
        for (Arguments details : input.tuples(0)) {
            moved(step, details.address(0), details.address(1), details.address(3), details.number(2), out);
        }
    }

    private static void moved(Step step, String owner, String receiver, String asset, BigInteger amount, Reading out) {
        Book.Token token = token(asset, out);
        out.tell(
                step.draft(ActionKind.TOKEN_TRANSFER)
                        .from(owner)
                        .to(receiver)
                        .of(token)
                        .amount(amount),
                "Send " + token.amount(amount) + " from " + out.book().who(owner) + " to "
                        + out.book().who(receiver) + " through Permit2");
    }

    private static void permits(Step step, Arguments permit, List<Arguments> details, Reading out) {
        for (Arguments detail : details) {
            PermitReaders.allowance(
                    step.draft(ActionKind.PERMIT)
                            .standard(Permit2Readers.STANDARD)
                            .expires(Permit2Readers.expires(detail.number(2), permit.number(2))),
                    out.book().token(detail.address(0)),
                    step.call().from(),
                    permit.address(1),
                    detail.number(1),
                    out);
        }
    }

    private static void pay(Step step, Arguments input, String howMuch, Reading out) {
        String receiver = step.receiver(input.address(1));
        out.tell(
                step.draft(ActionKind.CONTRACT_CALL).from(step.call().to()).to(receiver),
                "Pay out of what the router holds " + howMuch
                        + token(input.address(0), out).amount(input.number(2)) + " to "
                        + out.book().who(receiver));
    }

    private static void portion(Step step, Arguments input, Reading out) {
        String receiver = step.receiver(input.address(1));
        out.tell(
                step.draft(ActionKind.CONTRACT_CALL).from(step.call().to()).to(receiver),
                "Pay " + Words.decimal(input.number(2), 2) + " % of the "
                        + token(input.address(0), out).what() + " that the router holds to "
                        + out.book().who(receiver));
    }

    private static void wrapped(Step step, Arguments input, String verb, Reading out) {
        String receiver = step.receiver(input.address(0));
        BigInteger amount = input.number(1);
        String much = amount.equals(CONTRACT_BALANCE)
                ? "all " + out.book().coin().symbol()
                : out.book().coin().amount(amount);
        out.tell(
                step.draft(ActionKind.CONTRACT_CALL).from(step.call().to()).to(receiver),
                verb + much + " that the router holds, for " + out.book().who(receiver));
    }

    /** The zero address stands for the coin. */
    private static Book.Token token(String address, Reading out) {
        return Hex.isZero(address) ? out.book().coin() : out.book().token(address);
    }
}
