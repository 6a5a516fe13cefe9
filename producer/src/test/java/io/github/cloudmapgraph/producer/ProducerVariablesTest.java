package io.github.cloudmapgraph.producer;

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
class ProducerVariablesTest {
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
                    "ftp://queue/q",
                    "https://a b",
                    "\0",
                    LONG),
            new Variable(
                    "LOCK_TABLE",
                    true,
                    "the name or ARN",
                    "ab",
                    "my table",
                    "arn:aws:dynamodb",
                    "a/b",
                    "x".repeat(256),
                    "`}) DETACH DELETE n //",
                    LONG),
            new Variable(
                    "SNAPSHOT_BUCKET",
                    false,
                    "the name of a bucket",
                    "s3://snapshots",
                    "a",
                    "my bucket",
                    "x".repeat(256),
                    LONG),
            new Variable(
                    "NAMESPACES",
                    false,
                    "with commas",
                    "shop, my space",
                    "shop\0",
                    "shop,\ud83d\ude00",
                    "x".repeat(1025),
                    LONG),
            new Variable("DEPLOYMENT_NAME", false, "up to 64 letters", "blue/green", "a b", "x".repeat(65), "é", LONG),
            new Variable(
                    "MAX_MESSAGE_BYTES",
                    false,
                    "from 1024 to 1048576",
                    "1023",
                    "1048577",
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
                    "READ_CONCURRENCY",
                    false,
                    "from 1 to 256",
                    "0",
                    "257",
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
                    "PENDING_OPERATION_SECONDS",
                    false,
                    "from 0 to 60",
                    "-1",
                    "61",
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
                    "REQUEST_RATE_PERCENT",
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

    private static final Map<String, String> LEAST = Map.of("QUEUE_URL", "https://queue", "LOCK_TABLE", "locks");

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
    void of_namesTheVariableAndWhatIsAllowed_whenItIsMalformed(Variable variable) {
        for (String value : variable.malformed()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as("%s is '%s'", variable, value)
                    .isThrownBy(() -> ProducerSettings.of(with(variable.name(), value)))
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
    void of_tellsNoSecret_whereItStandsInPlaceOfAnother(Variable variable) {
        for (String secret : SECRETS) {
            Map<String, String> environment = with(variable.name(), secret);
            // Wrong in any case, so that there is a text to search.
            environment.put("READ_CONCURRENCY", secret);
            assertThatExceptionOfType(ConfigurationException.class)
                    .as("%s is '%s'", variable, secret)
                    .isThrownBy(() -> ProducerSettings.of(environment))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("hunter|1415926"));
        }
    }

    @ParameterizedTest
    @MethodSource("required")
    void of_saysWhatItHasToBe_whenItIsMissingOrBlank(Variable variable) {
        for (String value : List.of("", " ", "\n\t")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ProducerSettings.of(with(variable.name(), value)))
                    .withMessageStartingWith("Configuration: " + variable.name() + " is not set")
                    .withMessageContaining(variable.allowed());
        }
        Map<String, String> missing = new HashMap<>(LEAST);
        missing.remove(variable.name());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ProducerSettings.of(missing))
                .withMessageStartingWith("Configuration: " + variable.name() + " is not set");
    }

    @ParameterizedTest
    @MethodSource("optional")
    void of_takesTheStandard_whenItIsBlank(Variable variable) {
        for (String value : List.of("", " ", "\n\t")) {
            assertThat(ProducerSettings.of(with(variable.name(), value))).isEqualTo(ProducerSettings.of(LEAST));
        }
    }

    @Test
    void of_reportsAllTogether_whenEveryVariableIsMalformed() {
        Map<String, String> environment = new HashMap<>();
        VARIABLES.forEach(variable ->
                environment.put(variable.name(), variable.malformed().getFirst()));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ProducerSettings.of(environment))
                .satisfies(e -> {
                    for (Variable variable : VARIABLES) {
                        assertThat(e.getMessage())
                                .containsPattern("(: |; )" + variable.name() + " ")
                                .contains(variable.allowed());
                    }
                });
    }

    @Test
    void of_asksForTheVariablesOfTheTable_andForNoOther() {
        var environment = new RecordingEnvironment(LEAST);
        ProducerSettings.of(environment);

        assertThat(environment.asked()).isEqualTo(names());
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        VARIABLES.forEach(variable -> names.add(variable.name()));
        return names;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put(name, value);
        return environment;
    }
}
