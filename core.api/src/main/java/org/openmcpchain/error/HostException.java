/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one exception of the host: a code, parameters that say what it is about, and what to do next. It is unchecked
 * because most callers let it pass to the edge, where one mapper turns it into an answer. Parameters may reach the
 * caller: they never hold a secret, a path of the machine or a class name.
 */
public final class HostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient Map<String, String> parameters;

    private HostException(ErrorCode code, Map<String, String> parameters, Throwable cause) {
        super(text(code, parameters), cause);
        this.code = code;
        this.parameters = parameters;
    }

    /** An error without parameters. */
    public static HostException of(ErrorCode code) {
        return new HostException(code, Map.of(), null);
    }

    /**
     * An error about something.
     *
     * @param pairs name, value, name, value …; a null value reads {@code null}
     */
    public static HostException of(ErrorCode code, Object... pairs) {
        return new HostException(code, parameters(pairs), null);
    }

    /** An error about something, with the exception that caused it (it is logged, never sent to a caller). */
    public static HostException caused(Throwable cause, ErrorCode code, Object... pairs) {
        return new HostException(code, parameters(pairs), cause);
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }

    /** What it is about, in order of importance; unmodifiable. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** The summary of the code and its {@code detail} parameter, fit to be shown to a person. */
    public String plainText() {
        String detail = parameters.get("detail");
        return detail == null ? code.summary() : code.summary() + ": " + detail;
    }

    private static Map<String, String> parameters(Object... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("parameters come in pairs of name and value");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.put(String.valueOf(pairs[i]), String.valueOf(pairs[i + 1]));
        }
        return java.util.Collections.unmodifiableMap(parameters);
    }

    private static String text(ErrorCode code, Map<String, String> parameters) {
        return parameters.isEmpty() ? code.name() + ": " + code.summary() : code.name() + " " + parameters;
    }
}
