/*
 * SPDX-License-Identifier: Apache-2.0
 * Copyright the OpenMCP-Chain authors
 */
package org.openmcpchain.core.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmcpchain.config.ConfigProblem;
import org.openmcpchain.config.ConfiguredPid;
import org.openmcpchain.config.ConfiguredPid.Setting;
import org.openmcpchain.config.ConfiguredPid.Source;
import org.openmcpchain.config.ConfiguredPid.State;
import org.openmcpchain.error.ConfigError;
import org.openmcpchain.error.JournalError;
import org.openmcpchain.error.PolicyError;
import org.openmcpchain.policy.Decision;
import org.openmcpchain.policy.Intent;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ConfigurationPlugin;

class LoaderTest {

    private static final String ENGINE = "test.core.Engine";

    @TempDir
    private Path directory;

    @TempDir
    private Path storage;

    private final Map<String, String> environment = new HashMap<>();
    private final FakeGate gate = new FakeGate();
    private final FakeJournal journal = new FakeJournal();
    private BareFramework framework;
    private Loader loader;

    @BeforeEach
    void start() throws Exception {
        framework = new BareFramework(storage);
        framework.install("engine", "engine.xml");
    }

    @AfterEach
    void stop() throws Exception {
        if (loader != null) {
            loader.deactivate();
        }
        framework.close();
    }

    @Test
    void appliesEachValueInItsDeclaredType() throws Exception {
        yaml(
                """
                test.core.Engine:
                  workers: 8
                  lane: slow
                  url: http://127.0.0.1:1
                  tags: [a, "b, c"]
                  ports: [1, 2]
                  ratio: 0.5
                  share: 0.25
                  enabled: true
                  dead-line.ms: 5000
                  small: 7
                  tiny: 8
                  letter: x
                """);

        load();

        assertThat(loader.problems()).isEmpty();
        Dictionary<String, Object> applied = applied(ENGINE);
        assertThat(applied.get("workers")).isEqualTo(8);
        assertThat(applied.get("lane")).isEqualTo("slow");
        assertThat(applied.get("tags")).isEqualTo(new String[] {"a", "b, c"});
        assertThat(applied.get("ports")).isEqualTo(new Vector<>(List.of(1, 2)));
        assertThat(applied.get("ratio")).isEqualTo(0.5);
        assertThat(applied.get("share")).isEqualTo(0.25f);
        assertThat(applied.get("enabled")).isEqualTo(true);
        assertThat(applied.get("dead-line.ms")).isEqualTo(5000L);
        assertThat(applied.get("small")).isEqualTo((short) 7);
        assertThat(applied.get("tiny")).isEqualTo((byte) 8);
        assertThat(applied.get("letter")).isEqualTo('x');
    }

    @Test
    void yamlAndJsonGiveTheSameConfiguration() throws Exception {
        yaml(
                """
                test.core.Engine:
                  workers: 8
                  url: http://127.0.0.1:1
                  tags: [a, "b, c", "010"]
                  ratio: 1.50
                  enabled: true
                  lane: fast   # a comment
                """);
        load();
        List<ConfiguredPid> fromYaml = loader.effective();
        Map<String, Object> appliedFromYaml = comparable(applied(ENGINE));
        Files.delete(directory.resolve("openmcp.yaml"));

        write(
                "openmcp.json",
                """
                {"test.core.Engine": {
                  "workers": 8,
                  "url": "http://127.0.0.1:1",
                  "tags": ["a", "b, c", "010"],
                  "ratio": 1.50,
                  "enabled": true,
                  "lane": "fast"
                }}
                """);
        loader.reload("alice");

        assertThat(loader.problems()).isEmpty();
        assertThat(loader.effective()).isEqualTo(fromYaml);
        assertThat(comparable(applied(ENGINE))).isEqualTo(appliedFromYaml);
    }

    @Test
    void eachLayerOverridesTheOneBefore() throws Exception {
        yaml(
                """
                test.core.Engine: {url: from-file, lane: slow, workers: 2, tags: [from-file]}
                """);
        write(
                "openmcp.env",
                """
                # overrides of this machine
                OPENMCP__test.core.Engine__workers=3
                OPENMCP__test.core.Engine__url = "from env file"
                """);
        environment.put("OPENMCP__TEST_CORE_ENGINE__WORKERS", "4");
        environment.put("OPENMCP__TEST_CORE_ENGINE__TAGS", "a\\,b, c");
        environment.put("OPENMCP__TEST_CORE_ENGINE__DEAD_LINE_MS", "9");
        environment.put("PATH", "/bin");

        load();

        assertThat(loader.problems()).isEmpty();
        assertThat(settings(ENGINE))
                .contains(
                        new Setting("lane", "slow", Source.FILE),
                        new Setting("url", "from env file", Source.ENV_FILE),
                        new Setting("workers", "4", Source.ENVIRONMENT),
                        new Setting("dead-line.ms", "9", Source.ENVIRONMENT));
        assertThat(applied(ENGINE).get("tags")).isEqualTo(new String[] {"a,b", "c"});
        assertThat(applied(ENGINE).get("dead-line.ms")).isEqualTo(9L);
    }

    @Test
    void showsDefaultsAndHidesSecrets() throws Exception {
        yaml(
                """
                test.core.Engine: {url: u, _token: hunter2, password: "$[secret:db]"}
                """);

        load();

        assertThat(settings(ENGINE))
                .contains(
                        new Setting("workers", "4", Source.DEFAULT),
                        new Setting("_token", "(hidden)", Source.FILE),
                        new Setting("password", "(hidden)", Source.FILE));
        assertThat(applied(ENGINE).get("_token")).isEqualTo("hunter2");
        assertThat(applied(ENGINE).get("password")).isEqualTo("$[secret:db]");
        assertThat(applied(ENGINE).get("workers"))
                .as("defaults are left to the component")
                .isNull();
    }

    @Test
    void keepsReferencesForFelixToResolve() throws Exception {
        yaml(
                """
                test.core.Engine: {url: "$[env:URL]", workers: "$[env:WORKERS;type=Integer;default=4]", tags: ["$[env:A]", b]}
                """);

        load();

        assertThat(loader.problems()).isEmpty();
        assertThat(applied(ENGINE).get("workers")).isEqualTo("$[env:WORKERS;type=Integer;default=4]");
        assertThat(applied(ENGINE).get("tags")).isEqualTo(new String[] {"$[env:A]", "b"});
    }

    @Test
    void namesKeyValueAndRuleOfEachBadValueAndAppliesNothing() throws Exception {
        framework.install("network", "network.xml");
        yaml(
                """
                test.core.Engine:
                  url: u
                  workers: 65
                  lane: medium
                  ratio: half
                  enabled: "yes"
                  letter: xy
                  tags: [a, b, c, d]
                  ports: [0]
                  small: [1]
                  wrokers: 1
                test.chain.Network~main: {url: good}
                """);

        load();

        assertThat(loader.problems())
                .extracting(ConfigProblem::key, ConfigProblem::value, ConfigProblem::code)
                .containsExactlyInAnyOrder(
                        tuple("workers", "65", ConfigError.CONFIG_INVALID),
                        tuple("lane", "medium", ConfigError.CONFIG_INVALID),
                        tuple("ratio", "half", ConfigError.CONFIG_INVALID),
                        tuple("enabled", "yes", ConfigError.CONFIG_INVALID),
                        tuple("letter", "xy", ConfigError.CONFIG_INVALID),
                        tuple("tags", "a,b,c,d", ConfigError.CONFIG_INVALID),
                        tuple("ports", "0", ConfigError.CONFIG_INVALID),
                        tuple("small", "1", ConfigError.CONFIG_INVALID),
                        tuple("wrokers", "", ConfigError.CONFIG_UNKNOWN_KEY));
        assertThat(problem("lane").rule()).isEqualTo("must be one of fast, slow");
        assertThat(problem("lane").place()).isEqualTo("openmcp.yaml:4");
        assertThat(problem("workers").rule())
                .isEqualTo("breaks a bound that its bundle declares: greater than maximum");
        assertThat(configurations()).isEmpty();
        assertThat(loader.effective()).extracting(ConfiguredPid::state).containsOnly(State.REFUSED);
    }

    @Test
    void neverShowsABadSecret() throws Exception {
        yaml("""
                test.core.Engine: {url: u, password: [hunter2, hunter3]}
                """);

        load();

        assertThat(loader.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.value()).isEqualTo("(hidden)");
            assertThat(problem.toString()).doesNotContain("hunter");
        });
    }

    @Test
    void namesTheRequiredKeyThatIsMissing() throws Exception {
        yaml("""
                test.core.Engine: {workers: 2}
                """);

        load();

        assertThat(loader.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ConfigError.CONFIG_MISSING);
            assertThat(problem.pid()).isEqualTo(ENGINE);
            assertThat(problem.key()).isEqualTo("url");
        });
        assertThat(configurations()).isEmpty();
    }

    @Test
    void keepsWhatIsInForceWhenTheNextReadingIsBad() throws Exception {
        yaml("test.core.Engine: {url: good}\n");
        load();

        yaml("test.core.Engine: {url: better, workers: none}\n");
        assertThat(loader.reload("alice")).isNotEmpty();

        assertThat(applied(ENGINE).get("url")).isEqualTo("good");
    }

    @Test
    void removesOnlyWhatItOwns() throws Exception {
        framework.install("network", "network.xml");
        Configuration foreign = framework.configurationAdmin().getConfiguration("somebody.else", "?");
        foreign.update(new Hashtable<>(Map.of("a", "b")));
        yaml("test.core.Engine: {url: u}\ntest.chain.Network~main: {url: u}\n");
        load();
        assertThat(configurations()).containsExactlyInAnyOrder(ENGINE, "test.chain.Network~main", "somebody.else");

        yaml("test.core.Engine: {url: u}\n");
        loader.reload("alice");

        assertThat(configurations()).containsExactlyInAnyOrder(ENGINE, "somebody.else");
    }

    @Test
    void laysItsValuesOverWhatSomebodyElseConfigures() throws Exception {
        Configuration theirs = framework.configurationAdmin().getConfiguration(ENGINE, "?");
        theirs.update(new Hashtable<>(Map.of("url", "theirs", "lane", "slow", "workers", 2, "_token", "hunter2")));
        yaml("test.core.Engine: {workers: 8}\n");

        load();

        assertThat(loader.problems()).as("the required url stands elsewhere").isEmpty();
        assertThat(handedOut(ENGINE))
                .containsEntry("workers", 8)
                .containsEntry("url", "theirs")
                .containsEntry("lane", "slow");
        assertThat(applied(ENGINE).get("workers"))
                .as("what is stored stays theirs")
                .isEqualTo(2);
        assertThat(settings(ENGINE))
                .contains(
                        new Setting("workers", "8", Source.FILE),
                        new Setting("url", "theirs", Source.ELSEWHERE),
                        new Setting("_token", "(hidden)", Source.ELSEWHERE));

        yaml("");
        loader.reload("alice");
        assertThat(handedOut(ENGINE)).containsEntry("workers", 2);
    }

    @Test
    void storesItsValuesWhenSomebodyElseCeasesToConfigure() throws Exception {
        Configuration theirs = framework.configurationAdmin().getConfiguration(ENGINE, "?");
        theirs.update(new Hashtable<>(Map.of("lane", "slow")));
        yaml("test.core.Engine: {url: ours}\n");
        load();

        theirs.delete();

        await().until(() -> handedOut(ENGINE).equals(Map.of("url", "ours")));
    }

    @Test
    void staysAboveSomebodyWhoBeginsToConfigure() throws Exception {
        yaml("test.core.Engine: {url: ours}\n");
        load();

        framework
                .configurationAdmin()
                .getConfiguration(ENGINE, "?")
                .update(new Hashtable<>(Map.of("url", "theirs", "lane", "slow")));

        await().until(() -> handedOut(ENGINE).equals(Map.of("url", "ours", "lane", "slow")));
    }

    @Test
    void checksWhatWaitsWhenItsBundleComes() throws Exception {
        yaml("test.core.Engine: {url: u}\ntest.chain.Network~main: {url: u, blocks: 3}\n");
        load();
        assertThat(state("test.chain.Network~main")).isEqualTo(State.PENDING);
        assertThat(state(ENGINE)).isEqualTo(State.APPLIED);
        assertThat(settings("test.chain.Network~main"))
                .extracting(Setting::value)
                .containsOnly("(hidden)");

        framework.install("network", "network.xml");

        await().until(() -> state("test.chain.Network~main") == State.APPLIED);
        assertThat(applied("test.chain.Network~main").get("blocks")).isEqualTo(3);
    }

    @Test
    void refusesOnlyTheLatecomerThatIsWrong() throws Exception {
        yaml("test.core.Engine: {url: u}\ntest.chain.Network~main: {url: u, blocks: -3}\n");
        load();

        framework.install("network", "network.xml");

        await().until(() -> state("test.chain.Network~main") == State.REFUSED);
        assertThat(state(ENGINE)).isEqualTo(State.APPLIED);
        assertThat(loader.problems()).extracting(ConfigProblem::key).containsExactly("blocks");
        assertThat(configurations()).containsExactly(ENGINE);
    }

    @Test
    void keepsTheConfigurationOfABundleThatGoes() throws Exception {
        Bundle network = framework.install("network", "network.xml");
        yaml("test.chain.Network~main: {url: u}\n");
        load();

        network.uninstall();
        loader.reload("alice");

        assertThat(state("test.chain.Network~main")).isEqualTo(State.PENDING);
        assertThat(configurations()).containsExactly("test.chain.Network~main");
    }

    @Test
    void tellsFactoriesFromSingles() throws Exception {
        framework.install("network", "network.xml");
        yaml("test.core.Engine~one: {url: u}\ntest.chain.Network: {url: u}\ntest.chain.Network~a b: {url: u}\n");

        load();

        assertThat(loader.problems())
                .extracting(ConfigProblem::pid, ConfigProblem::rule)
                .containsExactlyInAnyOrder(
                        tuple("test.core.Engine~one", "is not a factory: leave the ~ and what is behind it out"),
                        tuple("test.chain.Network", "is a factory: configure an instance, test.chain.Network~<name>"),
                        tuple("test.chain.Network~a b", "an instance has a name of 1 to 64 of A-Z a-z 0-9 . _ -"));
    }

    @Test
    void variablesReachInstancesOfFactories() throws Exception {
        framework.install("network", "network.xml");
        yaml("test.chain.Network~Main-Net: {url: from-file}\n");
        environment.put("OPENMCP__TEST_CHAIN_NETWORK__MAIN_NET__URL", "from-environment");
        environment.put("OPENMCP__TEST_CHAIN_NETWORK__other__URL", "new");

        load();

        assertThat(loader.problems()).isEmpty();
        assertThat(applied("test.chain.Network~Main-Net").get("url")).isEqualTo("from-environment");
        assertThat(applied("test.chain.Network~other").get("url")).isEqualTo("new");
    }

    @Test
    void takesWhatEveryComponentUnderstands() throws Exception {
        yaml(
                """
                test.core.Engine: {url: u, service.ranking: 5, wallet.target: "(id=dev)", wallet.cardinality.minimum: 1}
                """);
        load();
        assertThat(loader.problems()).isEmpty();
        assertThat(applied(ENGINE).get("service.ranking")).isEqualTo(5);
        assertThat(applied(ENGINE).get("wallet.target")).isEqualTo("(id=dev)");

        yaml(
                """
                test.core.Engine: {url: u, service.ranking: high, wallet.target: "(id=dev"}
                """);
        loader.reload("alice");
        assertThat(loader.problems())
                .extracting(ConfigProblem::rule)
                .containsExactly("must be a whole number", "must be a service filter");
    }

    @Test
    void asksTheGateAndAppliesNothingThatItDenies() throws Exception {
        gate.decision = Decision.DENY;
        yaml("test.core.Engine: {url: u, _token: hunter2}\n");
        load();
        assertThat(loader.problems()).isEmpty();
        loader.bindGate(gate);

        yaml("test.core.Engine: {url: changed, _token: hunter3}\n");
        loader.reload("alice");

        assertThat(loader.problems()).extracting(ConfigProblem::code).containsExactly(PolicyError.POLICY_DENIED);
        assertThat(applied(ENGINE).get("url")).isEqualTo("u");
        assertThat(gate.asked).singleElement().satisfies(intent -> {
            assertThat(intent.subject()).isEqualTo(ENGINE);
            assertThat(intent.principal()).isEqualTo("alice");
        });

        gate.decision = Decision.NEEDS_APPROVAL;
        loader.reload("alice");
        assertThat(loader.problems())
                .extracting(ConfigProblem::code)
                .containsExactly(PolicyError.POLICY_APPROVAL_NEEDED);

        loader.unbindGate(gate);
        assertThat(loader.reload("alice")).isEmpty();
        assertThat(applied(ENGINE).get("url")).isEqualTo("changed");
    }

    @Test
    void asksWithTheNewValuesAndWithMarksForSecrets() throws Exception {
        yaml("test.core.Engine: {url: u, lane: slow, _token: hunter2}\n");
        load();
        loader.bindGate(gate);
        gate.decision = Decision.NEEDS_APPROVAL;

        Intent first = asked("{url: changed, workers: 8, tags: [a, b], _token: hunter3, password: hunter4}");

        assertThat(first.arguments()).hasValueSatisfying(json -> assertThat(json)
                .matches("\\{\"\\(removed\\)\":\\[\"lane\"],\"_token\":\"\\(hidden\\) hmac-sha256 [0-9a-f]{64}\","
                        + "\"password\":\"\\(hidden\\) hmac-sha256 [0-9a-f]{64}\",\"tags\":\\[\"a\",\"b\"],"
                        + "\"url\":\"changed\",\"workers\":\"8\"}"));
        assertThat(asked("{url: changed, workers: 8, tags: [a, b], _token: hunter3, password: hunter4}"))
                .as("the same question again")
                .extracting(Intent::arguments, Intent::argumentsHash)
                .containsExactly(first.arguments(), first.argumentsHash());
        assertThat(asked("{url: other, workers: 8, tags: [a, b], _token: hunter3, password: hunter4}")
                        .argumentsHash())
                .isNotEqualTo(first.argumentsHash());
        Intent otherSecret = asked("{url: changed, workers: 8, tags: [a, b], _token: hunter5, password: hunter4}");
        assertThat(otherSecret.argumentsHash()).isNotEqualTo(first.argumentsHash());
        assertThat(otherSecret.arguments()).isNotEqualTo(first.arguments());
    }

    private Intent asked(String engine) throws IOException {
        yaml("test.core.Engine: " + engine + "\n");
        loader.reload("alice");
        return gate.asked.get(gate.asked.size() - 1);
    }

    @Test
    void doesNotAskTheGateWhenNothingChanges() throws Exception {
        yaml("test.core.Engine: {url: u, tags: [a, b], ports: [1]}\n");
        load();
        loader.bindGate(gate);
        loader.bindJournal(journal);
        await().until(() -> journal.bodies.size() == 1);

        loader.reload("alice");

        assertThat(gate.asked).isEmpty();
        assertThat(journal.bodies).hasSize(1);
    }

    @Test
    void journalsKeysAndNeverValues() throws Exception {
        yaml("test.core.Engine: {url: u, _token: hunter2}\n");
        load();

        loader.bindJournal(journal);
        await().until(() -> !journal.bodies.isEmpty());
        yaml("test.core.Engine: {url: u, _token: hunter3}\n");
        loader.reload("alice");

        assertThat(journal.bodies).hasSize(2);
        assertThat(journal.bodies.get(0))
                .containsEntry("pid", ENGINE)
                .containsEntry("keys", List.of("_token", "url"))
                .containsEntry("principal", "operator");
        assertThat(journal.bodies.get(1))
                .containsEntry("keys", List.of("_token"))
                .containsEntry("principal", "alice");
        assertThat(journal.bodies.toString()).doesNotContain("hunter");
    }

    @Test
    void changesNothingWhenTheJournalCannotBeWritten() throws Exception {
        yaml("test.core.Engine: {url: u}\n");
        load();
        journal.broken = true;
        loader.bindJournal(journal);

        yaml("test.core.Engine: {url: changed}\n");
        loader.reload("alice");

        assertThat(loader.problems()).extracting(ConfigProblem::code).containsExactly(JournalError.JOURNAL_UNAVAILABLE);
        assertThat(applied(ENGINE).get("url")).isEqualTo("u");

        loader.unbindJournal(journal);
        assertThat(loader.reload("alice")).isEmpty();
    }

    @Test
    void withoutAnyFileNothingIsConfigured() throws Exception {
        load();

        assertThat(loader.effective()).isEmpty();
        assertThat(loader.problems()).isEmpty();
    }

    private void load() {
        OverridePlugin plugin = new OverridePlugin();
        Hashtable<String, Object> ranking = new Hashtable<>(Map.of(ConfigurationPlugin.CM_RANKING, 100));
        framework.context().registerService(ConfigurationPlugin.class, plugin, ranking);
        loader = new Loader(
                framework.context(),
                directory,
                () -> environment,
                new ConfigurationTarget(framework.configurationAdmin(), plugin),
                new Descriptions(framework.context(), framework.metatype()));
        framework.context().registerService(ConfigurationListener.class, loader, null);
    }

    private void yaml(String text) throws IOException {
        write("openmcp.yaml", text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Dictionary<String, Object> applied(String pid) throws Exception {
        return framework
                .configurationAdmin()
                .listConfigurations("(service.pid=" + pid + ")")[0]
                .getProperties();
    }

    /** What a component gets. */
    private Map<String, Object> handedOut(String pid) throws Exception {
        Configuration[] found = framework.configurationAdmin().listConfigurations("(service.pid=" + pid + ")");
        Map<String, Object> properties = new HashMap<>();
        if (found != null) {
            properties.putAll(comparable(found[0].getProcessedProperties(
                    framework.context().getServiceReference(ConfigurationAdmin.class))));
            properties.keySet().removeIf(key -> key.startsWith("service.") || key.equals(ConfigurationTarget.MARK));
        }
        return properties;
    }

    private List<String> configurations() throws Exception {
        List<String> pids = new ArrayList<>();
        Configuration[] all = framework.configurationAdmin().listConfigurations(null);
        for (Configuration configuration : all == null ? new Configuration[0] : all) {
            pids.add(configuration.getPid());
        }
        return pids;
    }

    private State state(String pid) {
        return configured(pid).state();
    }

    private List<Setting> settings(String pid) {
        return configured(pid).settings();
    }

    private ConfiguredPid configured(String pid) {
        return loader.effective().stream()
                .filter(configured -> configured.pid().equals(pid))
                .findFirst()
                .orElseThrow();
    }

    private ConfigProblem problem(String key) {
        return loader.problems().stream()
                .filter(problem -> problem.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> comparable(Dictionary<String, Object> properties) {
        Map<String, Object> map = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> {
            Object value = properties.get(key);
            map.put(key, value instanceof Object[] array ? List.of(array) : value);
        });
        return map;
    }
}
