/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.runtime.CelVariableResolver;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmcpchain.market.BundleRef;
import org.openmcpchain.policy.Action;
import org.openmcpchain.policy.BalanceChange;
import org.openmcpchain.policy.InferenceFacts;
import org.openmcpchain.policy.Intent;
import org.openmcpchain.policy.SignatureFacts;
import org.openmcpchain.policy.TransactionFacts;

/**
 * The values of a condition's names for one intent, made when they are asked for. A text that is not known is empty. A part
 * of what the intent does not have ({@code tx.value} of a tool call) and a number that is not known have no value at all:
 * reading them is an error, and a rule with an error never allows. Used by one thread.
 */
final class IntentVariables implements CelVariableResolver {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int MAX_DEPTH = 64;
    /** An address that is the whole text, or a whole item of a list that stands there as text. */
    private static final Pattern ADDRESS = Pattern.compile("(?<=^|\\[|, )0[xX][0-9a-fA-F]{40}(?=$|[],])");

    private final Intent intent;
    private final Circumstances circumstances;
    private final Map<String, List<String>> lists;
    private final Map<String, Optional<Object>> known = new HashMap<>();

    IntentVariables(Intent intent, Circumstances circumstances, Map<String, List<String>> lists) {
        this.intent = intent;
        this.circumstances = circumstances;
        this.lists = lists;
    }

    @Override
    public Optional<Object> find(String name) {
        Optional<Object> value = known.get(name);
        if (value == null) {
            value = Optional.ofNullable(value(name));
            known.put(name, value);
        }
        return value;
    }

    private Object value(String name) {
        int dot = name.indexOf('.');
        String group = dot < 0 ? name : name.substring(0, dot);
        String part = name.substring(dot + 1);
        return switch (group) {
            case "intent" -> intentPart(part);
            case "bundle" -> part(intent.bundle(), part, bundle -> bundlePart(bundle, part));
            case "args" -> intent.arguments().map(IntentVariables::arguments).orElse(Map.of());
            case "tx" -> part(intent.transaction(), part, facts -> transactionPart(facts, part));
            case "actions" -> actions();
            case "changes" -> intent.transaction()
                    .map(facts -> facts.changes().stream()
                            .map(IntentVariables::change)
                            .toList())
                    .orElse(List.of());
            case "signature" -> part(intent.signature(), part, facts -> signaturePart(facts, part));
            case "inference" -> part(intent.inference(), part, facts -> inferencePart(facts, part));
            case "grant" -> part.equals("present") ? (Object) circumstances.granted() : circumstances.contracts();
            case "lists" -> lists.get(part);
            case "now" -> circumstances.now();
            default -> null;
        };
    }

    private static <T> Object part(Optional<T> group, String part, Function<T, Object> reading) {
        return part.equals("present")
                ? (Object) group.isPresent()
                : group.map(reading).orElse(null);
    }

    private Object intentPart(String part) {
        return switch (part) {
            case "point" -> intent.point().name();
            case "subject" -> text(intent.subject());
            case "principal" -> text(intent.principal());
            case "run" -> intent.runId().orElse("");
            case "call" -> intent.callId().orElse("");
            case "key" -> intent.key().orElse("");
            case "session" -> intent.session().orElse("");
            case "effect" -> intent.effect().map(Enum::name).orElse("");
            default -> null;
        };
    }

    private static Object bundlePart(BundleRef bundle, String part) {
        return switch (part) {
            case "name" -> text(bundle.symbolicName());
            case "version" -> text(bundle.version());
            case "sha256" -> text(bundle.sha256());
            default -> null;
        };
    }

    private static Object transactionPart(TransactionFacts facts, String part) {
        return switch (part) {
            case "chain" -> facts.chain().toString();
            case "from" -> hex(facts.from());
            case "to" -> hex(facts.to());
            case "contract" -> text(facts.contract());
            case "asset" -> text(facts.asset());
            case "function" -> text(facts.function());
            case "data" -> hex(facts.data());
            case "arguments" -> facts.arguments().stream()
                    .map(IntentVariables::withAddresses)
                    .toList();
            case "value" -> amount(facts.value());
            case "gasLimit" -> amount(facts.gasLimit());
            case "maxFeePerGas" -> amount(facts.maxFeePerGas());
            case "maxPriorityFeePerGas" -> amount(facts.maxPriorityFeePerGas());
            case "maxFee" -> facts.gasLimit() == null || facts.maxFeePerGas() == null
                    ? null
                    : new Amount(facts.gasLimit().multiply(facts.maxFeePerGas()));
            case "simulated" -> facts.simulated();
            default -> null;
        };
    }

    /** Tools spell addresses as they like; conditions compare them in lower case. */
    private static String withAddresses(String argument) {
        boolean isList = argument.startsWith("[") && argument.endsWith("]");
        Matcher matcher = ADDRESS.matcher(argument);
        return isList || matcher.matches() ? matcher.replaceAll(match -> hex(match.group())) : argument;
    }

    private static Object signaturePart(SignatureFacts facts, String part) {
        return switch (part) {
            case "kind" -> facts.kind().name();
            case "chain" -> facts.chain() == null ? "" : facts.chain().toString();
            case "from" -> hex(facts.from());
            case "domain" -> text(facts.domain());
            case "verifyingContract" -> hex(facts.verifyingContract());
            case "primaryType" -> text(facts.primaryType());
            case "digest" -> hex(facts.digest());
            default -> null;
        };
    }

    private static Object inferencePart(InferenceFacts facts, String part) {
        return switch (part) {
            case "provider" -> text(facts.provider());
            case "model" -> text(facts.model());
            case "round" -> (long) facts.round();
            case "inputTokens" -> facts.inputTokens();
            case "outputTokens" -> facts.outputTokens();
            default -> null;
        };
    }

    private List<Map<String, Object>> actions() {
        List<Action> actions = intent.transaction()
                .map(TransactionFacts::actions)
                .or(() -> intent.signature().map(SignatureFacts::actions))
                .orElse(List.of());
        return actions.stream().map(IntentVariables::action).toList();
    }

    private static Map<String, Object> action(Action action) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("kind", action.kind().name());
        fields.put("path", text(action.path()));
        fields.put("standard", text(action.standard()));
        fields.put("contract", hex(action.contract()));
        fields.put("name", text(action.name()));
        fields.put("function", text(action.function()));
        fields.put("from", hex(action.from()));
        fields.put("to", hex(action.to()));
        fields.put("asset", text(action.asset()));
        fields.put("symbol", text(action.symbol()));
        putAmount(fields, "amount", action.amount());
        if (action.decimals() != null) {
            fields.put("decimals", action.decimals().longValue());
        }
        putAmount(fields, "tokenId", action.tokenId());
        putAmount(fields, "expires", action.expires());
        fields.put("flags", action.flags().stream().map(Enum::name).toList());
        fields.put("unlimited", action.is(Action.Flag.UNLIMITED));
        fields.put("delegateCall", action.is(Action.Flag.DELEGATE_CALL));
        fields.put("revokes", action.is(Action.Flag.REVOKES));
        fields.put("noExpiry", action.is(Action.Flag.NO_EXPIRY));
        fields.put("toZero", action.is(Action.Flag.TO_ZERO));
        fields.put("truncated", action.is(Action.Flag.TRUNCATED));
        fields.put("text", text(action.text()));
        return fields;
    }

    private static Map<String, Object> change(BalanceChange change) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("account", hex(change.account()));
        fields.put("asset", text(change.asset()));
        fields.put("symbol", text(change.symbol()));
        if (change.decimals() != null) {
            fields.put("decimals", change.decimals().longValue());
        }
        putAmount(fields, "tokenId", change.tokenId());
        putAmount(fields, "amount", change.amount());
        return fields;
    }

    private static void putAmount(Map<String, Object> fields, String name, BigInteger units) {
        if (units != null) {
            fields.put(name, new Amount(units));
        }
    }

    private static Object arguments(String json) {
        try {
            return argument(JSON.readTree(json), 0);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Whole numbers that CEL's {@code int} cannot hold become amounts; fractions stay texts, because money is never a double. */
    private static Object argument(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("arguments are nested too deeply");
        }
        if (node.isObject()) {
            Map<String, Object> map = new HashMap<>();
            node.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    map.put(field.getKey(), argument(field.getValue(), depth + 1));
                }
            });
            return map;
        }
        if (node.isArray()) {
            List<Object> items = new ArrayList<>();
            node.forEach(item -> items.add(item.isNull() ? "" : argument(item, depth + 1)));
            return items;
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? (Object) node.longValue() : new Amount(node.bigIntegerValue());
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }

    private static Amount amount(BigInteger units) {
        return units == null ? null : new Amount(units);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String hex(String value) {
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }
}
