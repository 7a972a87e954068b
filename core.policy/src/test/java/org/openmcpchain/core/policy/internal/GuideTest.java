/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openmcpchain.policy.PolicyDocument;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Runs the ten policies of {@code docs/guide/policy.md} against the examples that stand below them. */
class GuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "policy.md");
    private static final Path SCHEMA = Path.of("..", "docs", "api", "policy.schema.json");
    private static final Pattern WORKED = Pattern.compile(
            "### (\\d+\\. [^\\n]+)\\n.*?```yaml\\n(.*?)```\\s+```yaml\\n# examples\\n(.*?)```", Pattern.DOTALL);

    private record Worked(String title, String policy, String examples) {}

    @TestFactory
    Stream<DynamicTest> everyWorkedPolicyDecidesAsItsExamplesSay() throws IOException {
        return worked().stream().flatMap(worked -> {
            PolicyDraft draft = PolicyReader.read(worked.policy());
            assertThat(draft.problems()).as(worked.title()).isEmpty();
            PolicyInForce policy = draft.as(
                    new PolicyDocument(1, draft.digest(), draft.label(1), draft.text(), "test", Instant.EPOCH));
            return examples(worked.examples()).stream()
                    .map(example -> DynamicTest.dynamicTest(worked.title() + " " + example, () -> {
                        Ruling ruling = policy.rules().judge(example.question(policy));
                        assertThat(ruling.decision()).as(ruling.toString()).isEqualTo(example.verdict());
                        assertThat(ruling.rule()).isEqualTo(example.rule());
                    }));
        });
    }

    @Test
    void eachCanBePutInForceByWhoeverCanChangeItAgain() throws IOException {
        for (Worked worked : worked()) {
            try (MemoryHost host = new MemoryHost()) {
                PolicyVersions versions = new PolicyVersions(new StartingSettings(), host);
                JournaledGate gate = new JournaledGate(versions, host, new NoReservations(), new NoApprovalDesk());
                String principal = worked.title().startsWith("5.") ? "carol" : "admin";

                assertThat(new GuardedPolicies(versions, gate, host, host.journal())
                                .update(1, worked.policy(), principal)
                                .version())
                        .as(worked.title())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void thereAreTenAndEachHasExamplesOfBothKinds() throws IOException {
        assertThat(worked()).hasSize(10).allSatisfy(worked -> assertThat(examples(worked.examples()))
                .hasSizeGreaterThan(3)
                .extracting(example -> example.verdict().name())
                .contains("ALLOW", "DENY"));
    }

    @TestFactory
    Stream<DynamicTest> everyPolicyFitsTheSchema() throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        List<Worked> all = new ArrayList<>(worked());
        all.add(new Worked("starting policy", StartingPolicyText.of(PolicySettings.of(new StartingSettings())), ""));
        return all.stream()
                .map(worked ->
                        DynamicTest.dynamicTest(worked.title(), () -> assertThat(schema.validate(json(worked.policy())))
                                .isEmpty()));
    }

    @Test
    void theSchemaRefusesWhatTheReaderRefuses() throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        for (String text : List.of(
                "version: 2",
                "version: 1\nrule: []",
                "version: 1\nrules: [{id: a, at: SIGN}]",
                "version: 1\nrules: [{id: A, at: SIGN, then: ALLOW}]",
                "version: 1\nrules: [{id: a, at: SINGING, then: ALLOW}]",
                "version: 1\nrules: [{id: a, at: SIGN, then: ASK, approval: {quorum: 0}}]",
                "version: 1\ncaps: [{id: a, unit: eur, limit: 1}]",
                "version: 1\ncaps: [{id: a, unit: gas, limit: -1}]",
                "version: 1\ncaps: [{id: a, unit: gas, limit: 1, then: ALLOW}]",
                "version: 1\nprices: [{input: 1}]")) {
            assertThat(schema.validate(json(text))).as(text).isNotEmpty();
            assertThat(PolicyReader.read(text).problems()).as(text).isNotEmpty();
        }
    }

    private static List<Worked> worked() throws IOException {
        List<Worked> all = new ArrayList<>();
        Matcher matcher = WORKED.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            all.add(new Worked(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return all;
    }

    private static List<GuideExample> examples(String text) {
        List<Map<String, Object>> items = texts().load(text);
        return items.stream().map(GuideExample::new).toList();
    }

    /** The policy as JSON with texts as the only scalars, which is how the host reads it. */
    private static JsonNode json(String text) {
        return new ObjectMapper().valueToTree((Object) texts().load(text));
    }

    private static Yaml texts() {
        LoaderOptions options = new LoaderOptions();
        DumperOptions dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.MERGE, MERGE, "<");
            }
        });
    }
}
