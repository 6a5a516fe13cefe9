package io.github.cloudmapgraph.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cloudmapgraph.config.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variable of the function, missing, empty, malformed and out of range; the table has all there are. */
class ConsumerVariablesTest {
    /** Does not fit into Lambda's environment, nor anywhere else. */
    private static final String LONG = "hunter2 ".repeat(1_000);

    /** Passwords, a PIN, a key. */
    private static final List<String> SECRETS = List.of(
            "hunter2",
            "31415926",
            "31415926535897932384",
            "#hunter2 #",
            "hunter2/hunter2+hunter2==",
            "bolt://neo4j:hunter2@host",
            "{\"password\":\"hunter2\"}",
            "-----BEGIN KEY-----\nhunter2\n-----END KEY-----");

    /**
     * One variable.
     *
     * @param allowed what the message says is allowed
     */
    record Variable(String name, boolean required, String allowed, List<String> malformed) {
        Variable(String name, boolean required, String allowed, String... malformed) {
            this(name, required, allowed, List.of(malformed));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Variable> VARIABLES = List.of(
            new Variable(
                    "QUEUE_URL",
                    true,
                    "the URL",
                    "snapshots",
                    "arn:aws:sqs:eu-west-1:111122223333:q",
                    "https://",
                    "https://a b",
                    "\0",
                    LONG),
            new Variable("DEAD_LETTER_QUEUE_URL", true, "dead-letter queue", "dead", "https://", "https://a b", LONG),
            new Variable("LOCK_TABLE", true, "the name or ARN", "ab", "my table", "arn:aws:dynamodb", "a/b", LONG),
            new Variable("SNAPSHOT_BUCKET", false, "the name of a bucket", "s3://snapshots", "a", "my bucket", LONG),
            new Variable("NEO4J_SECRET_ARN", true, "the ARN", "my secret", "{\"password\": \"x\"}", "\0", LONG),
            new Variable(
                    "LEASE_SECONDS",
                    false,
                    "from 2 to 900",
                    "1",
                    "901",
                    "-1x",
                    "1.5",
                    "1e2",
                    "many",
                    "0x10",
                    "99999999999999999999",
                    "1 000",
                    "NaN",
                    LONG),
            new Variable(
                    "TRANSACTION_TIMEOUT_SECONDS",
                    false,
                    "from 1 to 899",
                    "0",
                    "900",
                    "-1x",
                    "1.5",
                    "1e2",
                    "many",
                    "0x10",
                    "99999999999999999999",
                    "1 000",
                    "NaN",
                    LONG),
            new Variable(
                    "MASS_DELETION_MIN_SERVICES",
                    false,
                    "from 1 to 2147483647",
                    "0",
                    "2147483648",
                    "-1x",
                    "1.5",
                    "1e2",
                    "many",
                    "0x10",
                    "99999999999999999999",
                    "1 000",
                    "NaN",
                    LONG),
            new Variable(
                    "MASS_DELETION_PERCENT",
                    false,
                    "from 1 to 100",
                    "0",
                    "101",
                    "-1x",
                    "1.5",
                    "1e2",
                    "many",
                    "0x10",
                    "99999999999999999999",
                    "1 000",
                    "NaN",
                    LONG),
            new Variable(
                    "MASS_DELETION_CONFIRMATIONS",
                    false,
                    "from 1 to 1000",
                    "0",
                    "1001",
                    "-1x",
                    "1.5",
                    "1e2",
                    "many",
                    "0x10",
                    "99999999999999999999",
                    "1 000",
                    "NaN",
                    LONG));

    private static final Map<String, String> LEAST = Map.of(
            "QUEUE_URL", "https://queue/q",
            "DEAD_LETTER_QUEUE_URL", "https://queue/dead",
            "LOCK_TABLE", "locks",
            "NEO4J_SECRET_ARN", "neo4j");

    /** What stands for the secret; each is needed as soon as the first is set. */
    private static final Map<String, String> INSTEAD_OF_THE_SECRET =
            Map.of("NEO4J_URI", "bolt://127.0.0.1:7687", "NEO4J_USERNAME", "neo4j", "NEO4J_PASSWORD", "local-only");

    static Stream<Variable> variables() {
        return VARIABLES.stream();
    }

    static Stream<Variable> required() {
        return VARIABLES.stream().filter(Variable::required);
    }

    static Stream<Variable> optional() {
        return VARIABLES.stream().filter(variable -> !variable.required());
    }

    @ParameterizedTest
    @MethodSource("variables")
    void read_namesTheVariableAndWhatIsAllowed_whenItIsMalformed(Variable variable) {
        for (String value : variable.malformed()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as("%s is '%s'", variable, value)
                    .isThrownBy(() -> ConsumerSettings.read(with(variable.name(), value)))
                    .withMessageStartingWith("Configuration: " + variable.name() + " ")
                    .withMessageContaining(variable.allowed())
                    .withMessageNotContaining("; " + variable.name())
                    .withMessageNotContaining("hunter2")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(350));
        }
    }

    /** A password that was pasted into the wrong place: where it is not of the variable's form, no text tells it. */
    @ParameterizedTest
    @MethodSource("variables")
    void read_tellsNoSecret_whereItStandsInPlaceOfAnother(Variable variable) {
        for (String secret : SECRETS) {
            Map<String, String> environment = with(variable.name(), secret);
            // Wrong in any case, so that there is a text to search.
            environment.put("MASS_DELETION_PERCENT", secret);
            assertThatExceptionOfType(ConfigurationException.class)
                    .as("%s is '%s'", variable, secret)
                    .isThrownBy(() -> ConsumerSettings.read(environment))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("hunter|1415926"));
        }
    }

    /** Beside an address that is right, and one that is wrong. */
    @Test
    void read_tellsNoSecret_whereItStandsInPlaceOfTheAddress() {
        for (String uri : List.of("bolt://127.0.0.1:7687", "http://127.0.0.1")) {
            for (String name : List.of("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_DATABASE", "NEO4J_ALLOW_UNENCRYPTED")) {
                for (String secret : SECRETS) {
                    Map<String, String> environment = new HashMap<>(LEAST);
                    environment.remove("NEO4J_SECRET_ARN");
                    environment.remove("QUEUE_URL");
                    environment.putAll(INSTEAD_OF_THE_SECRET);
                    environment.put("NEO4J_URI", uri);
                    environment.put("NEO4J_PASSWORD", secret);
                    environment.put(name, secret);
                    assertThatExceptionOfType(ConfigurationException.class)
                            .isThrownBy(() -> ConsumerSettings.read(environment))
                            .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("hunter|1415926"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("required")
    void read_saysWhatItHasToBe_whenItIsMissingOrBlank(Variable variable) {
        for (String value : List.of("", " ", "\n\t")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ConsumerSettings.read(with(variable.name(), value)))
                    .withMessageStartingWith("Configuration: " + variable.name() + " is not set")
                    .withMessageContaining(variable.allowed());
        }
        Map<String, String> missing = new HashMap<>(LEAST);
        missing.remove(variable.name());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConsumerSettings.read(missing))
                .withMessageStartingWith("Configuration: " + variable.name() + " is not set");
    }

    @ParameterizedTest
    @MethodSource("optional")
    void read_takesTheStandard_whenItIsBlank(Variable variable) {
        for (String value : List.of("", " ", "\n\t")) {
            assertThat(ConsumerSettings.read(with(variable.name(), value))).isEqualTo(ConsumerSettings.read(LEAST));
        }
    }

    @Test
    void read_reportsAllTogether_whenEveryVariableIsMalformed() {
        Map<String, String> environment = new HashMap<>();
        VARIABLES.forEach(variable ->
                environment.put(variable.name(), variable.malformed().getFirst()));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConsumerSettings.read(environment))
                .satisfies(e -> {
                    for (Variable variable : VARIABLES) {
                        assertThat(e.getMessage())
                                .containsPattern("(: |; )" + variable.name() + " ")
                                .contains(variable.allowed());
                    }
                });
    }

    @Test
    void read_reportsAllTogether_whenTheUriIsWrongAndTheRestIsMissing() {
        for (String uri : List.of(
                "nonsense",
                "http://127.0.0.1",
                "bolt://",
                "neo4j+s://a b",
                "bolt://user:hunter2@host",
                "<uri>",
                "\0",
                LONG)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ConsumerSettings.read(Map.of("NEO4J_URI", uri)))
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains(
                                    "; NEO4J_URI is not usable",
                                    "NEO4J_USERNAME is not set",
                                    "NEO4J_PASSWORD is not set",
                                    "Configuration: QUEUE_URL is not set",
                                    "DEAD_LETTER_QUEUE_URL is not set",
                                    "LOCK_TABLE is not set")
                            .doesNotContain("hunter2"));
        }
    }

    @Test
    void read_namesBoth_whenTheUriIsWrongAndWhatIsAllowedOfItToo() {
        for (String value : List.of("yes", "1", "True", "\0", LONG)) {
            Map<String, String> environment = new HashMap<>(LEAST);
            environment.remove("NEO4J_SECRET_ARN");
            environment.putAll(INSTEAD_OF_THE_SECRET);
            environment.put("NEO4J_URI", "http://127.0.0.1");
            environment.put("NEO4J_ALLOW_UNENCRYPTED", value);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ConsumerSettings.read(environment))
                    .withMessageContainingAll(
                            "NEO4J_ALLOW_UNENCRYPTED has to be true or false", "; NEO4J_URI is not usable: the scheme")
                    .withMessageNotContaining("hunter2");
        }
    }

    @Test
    void read_asksForTheVariablesOfTheTable_andForNoOther() {
        Map<String, String> withoutSecret = new HashMap<>(LEAST);
        withoutSecret.remove("NEO4J_SECRET_ARN");
        withoutSecret.putAll(INSTEAD_OF_THE_SECRET);
        Set<String> asked = new TreeSet<>();
        for (Map<String, String> values : List.of(LEAST, withoutSecret)) {
            var environment = new RecordingEnvironment(values);
            ConsumerSettings.read(environment);
            asked.addAll(environment.asked());
        }

        Set<String> names = new TreeSet<>(INSTEAD_OF_THE_SECRET.keySet());
        VARIABLES.forEach(variable -> names.add(variable.name()));
        // Whatever text it holds may be a database's name.
        names.add("NEO4J_DATABASE");
        names.add("NEO4J_ALLOW_UNENCRYPTED");
        assertThat(asked).isEqualTo(names);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put(name, value);
        return environment;
    }
}
