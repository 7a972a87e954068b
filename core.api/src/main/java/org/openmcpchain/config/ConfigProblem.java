/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.config;

import org.openmcpchain.error.ErrorCode;

/**
 * Something that is wrong with the configuration.
 *
 * @param code {@code CONFIG_MISSING}, {@code CONFIG_INVALID}, {@code CONFIG_UNKNOWN_KEY}, {@code CONFIG_UNREADABLE},
 *     or the code with which a change was refused, such as {@code POLICY_DENIED}
 * @param pid the PID, or an empty text when a whole file or variable is meant
 * @param key the key, or an empty text when the whole PID is meant
 * @param value the offending value, {@code (hidden)} for a secret, or an empty text when there is none
 * @param rule what it breaks, fit for people
 * @param place the file with its line, or the variable's name; never a directory of the machine
 */
public record ConfigProblem(ErrorCode code, String pid, String key, String value, String rule, String place) {}
