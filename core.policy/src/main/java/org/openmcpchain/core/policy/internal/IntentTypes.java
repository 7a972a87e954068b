/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.openmcpchain.core.policy.internal.AmountFunctions.AMOUNT;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The names that a condition can use, and their types. A name that is not here is refused when the policy is written. */
final class IntentTypes {

    private static final StructType ACTION = struct("Action", actionFields());
    private static final StructType CHANGE = struct("Change", changeFields());
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private IntentTypes() {}

    /** The types of list elements. */
    static CelTypeProvider provider() {
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return ImmutableList.of(ACTION, CHANGE);
            }

            @Override
            public Optional<CelType> findType(String name) {
                return name.equals(ACTION.name())
                        ? Optional.of(ACTION)
                        : name.equals(CHANGE.name()) ? Optional.of(CHANGE) : Optional.empty();
            }
        };
    }

    /** Every variable but the policy's own lists. */
    static Map<String, CelType> variables() {
        Map<String, CelType> names = new LinkedHashMap<>();
        texts(names, "intent.", "point", "subject", "principal", "run", "call", "key", "session", "effect");
        names.put("bundle.present", SimpleType.BOOL);
        texts(names, "bundle.", "name", "version", "sha256");
        names.put("args", MapType.create(SimpleType.STRING, SimpleType.DYN));
        names.put("tx.present", SimpleType.BOOL);
        texts(names, "tx.", "chain", "from", "to", "contract", "asset", "function", "data");
        names.put("tx.arguments", TEXTS);
        for (String name : new String[] {"value", "gasLimit", "maxFeePerGas", "maxPriorityFeePerGas", "maxFee"}) {
            names.put("tx." + name, AMOUNT);
        }
        names.put("tx.simulated", SimpleType.BOOL);
        names.put("actions", ListType.create(ACTION));
        names.put("changes", ListType.create(CHANGE));
        names.put("signature.present", SimpleType.BOOL);
        texts(names, "signature.", "kind", "chain", "from", "domain", "verifyingContract", "primaryType", "digest");
        names.put("inference.present", SimpleType.BOOL);
        texts(names, "inference.", "provider", "model");
        for (String name : new String[] {"round", "inputTokens", "outputTokens"}) {
            names.put("inference." + name, SimpleType.INT);
        }
        names.put("grant.present", SimpleType.BOOL);
        names.put("grant.contracts", TEXTS);
        names.put("now", SimpleType.TIMESTAMP);
        return Collections.unmodifiableMap(names);
    }

    /** The type of a list of the policy. */
    static CelType listType() {
        return TEXTS;
    }

    private static void texts(Map<String, CelType> names, String prefix, String... suffixes) {
        for (String suffix : suffixes) {
            names.put(prefix + suffix, SimpleType.STRING);
        }
    }

    private static Map<String, CelType> actionFields() {
        Map<String, CelType> fields = new LinkedHashMap<>();
        texts(fields, "", "kind", "path", "standard", "contract", "name", "function", "from", "to", "asset", "symbol");
        fields.put("amount", AMOUNT);
        fields.put("decimals", SimpleType.INT);
        fields.put("tokenId", AMOUNT);
        fields.put("expires", AMOUNT);
        fields.put("flags", ListType.create(SimpleType.STRING));
        for (String flag : new String[] {"unlimited", "delegateCall", "revokes", "noExpiry", "toZero", "truncated"}) {
            fields.put(flag, SimpleType.BOOL);
        }
        fields.put("text", SimpleType.STRING);
        return fields;
    }

    private static Map<String, CelType> changeFields() {
        Map<String, CelType> fields = new LinkedHashMap<>();
        texts(fields, "", "account", "asset", "symbol");
        fields.put("decimals", SimpleType.INT);
        fields.put("tokenId", AMOUNT);
        fields.put("amount", AMOUNT);
        return fields;
    }

    private static StructType struct(String name, Map<String, CelType> fields) {
        return StructType.create(
                name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
    }
}
