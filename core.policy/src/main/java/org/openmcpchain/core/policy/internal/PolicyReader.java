/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmcpchain.error.HostException;
import org.openmcpchain.policy.Decision;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a policy's text: everything is checked before it can be in force, and every problem is told with its line and path.
 * The format stands in {@code docs/api/policy.schema.json} and {@code docs/guide/policy.md}.
 */
final class PolicyReader {

    /** As an escaped text it must fit into one journal entry of 1 MiB. */
    static final int MAX_CHARACTERS = 480 * 1024;

    static final int MAX_RULES = 2_000;

    private static final int MAX_LISTS = 100;
    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_NESTING = 12;
    private static final Pattern LIST_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Set<String> FIELDS = Set.of("version", "description", "lists", "prices", "rules", "caps");

    private final String text;
    private final PolicyProblems problems = new PolicyProblems();

    private PolicyReader(String text) {
        this.text = text;
    }

    /** Reads a text; never throws. */
    static PolicyDraft read(String text) {
        return new PolicyReader(text).read();
    }

    private PolicyDraft read() {
        if (text.length() > MAX_CHARACTERS) {
            problems.add("the policy is longer than " + MAX_CHARACTERS + " characters");
            return PolicyDraft.unfit(text, problems.lines());
        }
        Node root = root();
        if (root == null) {
            return PolicyDraft.unfit(text, problems.lines());
        }
        Map<String, PolicyNode> fields = new PolicyNode(root, "", problems).fields(FIELDS);
        version(root, fields.get("version"));
        Map<String, List<String>> lists = lists(fields.get("lists"));
        List<ModelPrice> prices = PriceReader.read(fields.get("prices"));
        ConditionCompiler compiler = new ConditionCompiler(lists);
        RuleReader reader = new RuleReader(compiler, new HashSet<>());
        List<PolicyRule> rules = reader.rules(fields.get("rules"));
        List<CapRule> caps = new CapReader(reader).read(fields.get("caps"));
        String digest = digest(root);
        return problems.none()
                ? new PolicyDraft(text, digest, List.of(), new OrderedRules(rules, lists), caps, prices)
                : PolicyDraft.unfit(text, problems.lines());
    }

    private Node root() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_NESTING);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add("the policy is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(line, "", "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add("the policy is not YAML within the limits: " + e.getMessage());
        }
        return null;
    }

    private void version(Node root, PolicyNode version) {
        if (version == null) {
            new PolicyNode(root, "", problems).problem("version is missing; write version: 1");
        } else if (!version.text(8).equals(Optional.of("1"))) {
            version.problem("must be 1");
        }
    }

    private Map<String, List<String>> lists(PolicyNode node) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        if (node == null) {
            return lists;
        }
        node.named().forEach((name, value) -> {
            if (!LIST_NAME.matcher(name).matches()) {
                value.problem("must have a name of letters, digits and _");
                return;
            }
            List<String> items = new ArrayList<>();
            for (PolicyNode item : value.items(false)) {
                item.text(1_000).ifPresent(entry -> items.add(comparable(entry)));
            }
            lists.put(name, List.copyOf(items));
            if (items.size() > MAX_ITEMS) {
                value.problem("has more than " + MAX_ITEMS + " items");
            }
        });
        if (lists.size() > MAX_LISTS) {
            node.problem("has more than " + MAX_LISTS + " lists");
        }
        return lists;
    }

    /** Addresses are compared in lower case, as in the intent. */
    private static String comparable(String entry) {
        return HEX.matcher(entry).matches() ? entry.toLowerCase(Locale.ROOT) : entry;
    }

    private String digest(Node root) {
        try {
            return CanonicalPolicy.digest(root);
        } catch (HostException e) {
            problems.add("the policy has no canonical form: " + e.plainText());
            return "";
        }
    }

    /** The decisions of a rule or cap as they are written. */
    enum Then {
        ALLOW(Decision.ALLOW),
        DENY(Decision.DENY),
        ASK(Decision.NEEDS_APPROVAL);

        private final Decision decision;

        Then(Decision decision) {
            this.decision = decision;
        }

        Decision decision() {
            return decision;
        }
    }
}
