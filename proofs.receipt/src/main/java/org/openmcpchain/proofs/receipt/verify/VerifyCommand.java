/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.proofs.receipt.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.openmcpchain.proof.CanonicalJson;

/** {@code java -jar openmcp-verify.jar}: says whether a receipt is genuine, and if not, which part is wrong. */
public final class VerifyCommand {

    /** The receipt verifies. */
    public static final int YES = 0;
    /** The receipt does not verify. */
    public static final int NO = 1;
    /** The question was not understood. */
    public static final int USAGE = 2;

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);
    private static final String HELP =
            """
            Usage: openmcp verify RECEIPT... (--key FILE | --keys DIR)... [--at TIME] [--json]

              RECEIPT     a receipt as a file (a DSSE envelope in JSON, at most 8 MiB)
              --key FILE  a public key that you trust (PEM, Ed25519)
              --keys DIR  a folder of such keys (*.pem, *.pub); a host keeps its own in keys/public
              --at TIME   judge as of this time (ISO-8601, for example 2026-11-20T12:00:00Z); now if not given
              --json      print each result as one line of JSON

            Exit code: 0 every receipt verifies, 1 one does not, 2 the arguments are wrong. No network is used.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    VerifyCommand(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs the command in this process and returns its exit code. */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return new VerifyCommand(out, err, Clock.systemUTC()).run(arguments);
    }

    int run(String... arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            out.print(HELP);
            return YES;
        }
        Optional<Question> question = Question.parse(arguments, clock.instant().plus(CLOCK_TOLERANCE));
        if (question.isEmpty()) {
            err.print(HELP);
            return USAGE;
        }
        try {
            return answer(question.get());
        } catch (IOException e) {
            err.println("Cannot be read: " + e.getMessage());
            return USAGE;
        }
    }

    private int answer(Question question) throws IOException {
        TrustedKeys keys = TrustedKeys.read(question.keys());
        if (keys.keyIds().isEmpty()) {
            err.println("There is no public key where you said; name one that you trust.");
            return USAGE;
        }
        ReceiptVerifier verifier = ReceiptVerifier.trusting(keys);
        int exit = YES;
        for (Path receipt : question.receipts()) {
            Verification verification = verifier.verify(read(receipt), question.at());
            if (question.json()) {
                out.println(json(receipt, verification));
            } else {
                print(receipt, verification);
            }
            exit = verification.verified() ? exit : NO;
        }
        return exit;
    }

    /** One byte more than allowed is enough to see that there is too much. */
    private static byte[] read(Path receipt) throws IOException {
        try (InputStream in = Files.newInputStream(receipt)) {
            return in.readNBytes(ReceiptVerifier.MAX_BYTES + 1);
        }
    }

    private void print(Path receipt, Verification verification) {
        out.printf("%-15s %s%n", "receipt", receipt);
        verification.facts().forEach((name, value) -> out.printf("%-15s %s%n", name, value));
        out.println();
        for (Verification.Check check : verification.checks()) {
            out.printf("%s %s: %s%n", check.passed() ? "ok  " : "FAIL", check.part(), check.detail());
        }
        out.println();
        if (verification.verified()) {
            out.println("VERIFIED");
            out.println();
            out.println("This does not prove:");
            verification.notProven().forEach(line -> out.println("- " + line));
        } else {
            out.println("NOT VERIFIED: " + String.join(", ", verification.failedParts()));
        }
        out.println();
    }

    private static String json(Path receipt, Verification verification) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("receipt", receipt.toString());
        json.put("verified", verification.verified());
        json.put("failedParts", verification.failedParts());
        json.put(
                "checks",
                verification.checks().stream()
                        .map(check -> Map.of("part", check.part(), "passed", check.passed(), "detail", check.detail()))
                        .toList());
        json.put("facts", verification.facts());
        json.put("notProven", verification.notProven());
        return CanonicalJson.of(json);
    }

    /**
     * What was asked.
     *
     * @param receipts the receipts' files; at least one
     * @param keys files and folders of trusted keys; at least one
     * @param at the time from whose point of view to judge
     * @param json whether a program reads the answer
     */
    private record Question(List<Path> receipts, List<Path> keys, Instant at, boolean json) {

        /** Options may be written {@code --at TIME} and {@code --at=TIME}. */
        static Optional<Question> parse(String[] arguments, Instant now) {
            List<Path> receipts = new ArrayList<>();
            List<Path> keys = new ArrayList<>();
            Instant at = now;
            boolean json = false;
            Iterator<String> words = words(arguments).iterator();
            try {
                while (words.hasNext()) {
                    String word = words.next();
                    switch (word) {
                        case "--key", "--keys" -> keys.add(Path.of(words.next()));
                        case "--at" -> at = Instant.parse(words.next());
                        case "--json" -> json = true;
                        default -> receipts.add(receipt(word));
                    }
                }
            } catch (NoSuchElementException | DateTimeParseException | IllegalArgumentException e) {
                return Optional.empty();
            }
            return receipts.isEmpty() || keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Question(receipts, keys, at, json));
        }

        private static Path receipt(String word) {
            if (word.startsWith("-")) {
                throw new IllegalArgumentException("no such option: " + word);
            }
            return Path.of(word);
        }

        private static List<String> words(String[] arguments) {
            List<String> words = new ArrayList<>();
            for (String argument : arguments) {
                words.addAll(argument.startsWith("--") ? List.of(argument.split("=", 2)) : List.of(argument));
            }
            return words;
        }
    }
}
