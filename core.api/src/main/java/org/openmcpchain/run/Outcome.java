/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.run;

import java.util.Map;
import java.util.function.Function;
import org.openmcpchain.policy.Verdict;

/**
 * How a call ended. These are values, not exceptions: each is an ordinary answer that the caller must deal with.
 *
 * @param <T> what a call brings that ends well
 */
public sealed interface Outcome<T> {

    /** It was done. */
    record Ok<T>(T value) implements Outcome<T> {}

    /** The gate refused; the verdict names the rule. Nothing was done. */
    record Denied<T>(Verdict verdict) implements Outcome<T> {}

    /** The gate wants a person's approval; the verdict names it. Nothing was done yet. */
    record NeedsApproval<T>(Verdict verdict) implements Outcome<T> {}

    /**
     * It was not done, or it was undone.
     *
     * @param code an error code of the catalogue
     * @param retryable whether the same call may succeed later
     * @param detail what happened, fit for people; holds no secret
     * @param parameters what it is about
     */
    record Failed<T>(String code, boolean retryable, String detail, Map<String, String> parameters)
            implements Outcome<T> {

        /** Copies the parameters. */
        public Failed {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * It may have happened. It is never repeated; it is settled from the chain.
     *
     * @param reference what to look for, for example a transaction hash
     * @param detail what is known, fit for people
     */
    record Unknown<T>(String reference, String detail) implements Outcome<T> {}

    /** Whether it was done. */
    default boolean isOk() {
        return this instanceof Ok<T>;
    }

    /**
     * What the call brought.
     *
     * @throws OutcomeException if it did not end well; the exception carries this outcome to the host
     */
    default T orThrow() {
        if (this instanceof Ok<T> ok) {
            return ok.value();
        }
        throw new OutcomeException(this);
    }

    /** The same outcome with another value; what is not {@link Ok} stays as it is. */
    @SuppressWarnings("unchecked")
    default <U> Outcome<U> map(Function<? super T, ? extends U> function) {
        if (this instanceof Ok<T> ok) {
            return new Ok<>(function.apply(ok.value()));
        }
        return (Outcome<U>) this;
    }

    /** The word that the journal, the API and receipts use: OK, DENIED, NEEDS_APPROVAL, FAILED or UNKNOWN. */
    default String word() {
        if (this instanceof Ok<T>) {
            return "OK";
        }
        if (this instanceof Denied<T>) {
            return "DENIED";
        }
        if (this instanceof NeedsApproval<T>) {
            return "NEEDS_APPROVAL";
        }
        return this instanceof Unknown<T> ? "UNKNOWN" : "FAILED";
    }
}
