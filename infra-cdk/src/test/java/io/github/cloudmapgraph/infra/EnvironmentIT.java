package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the stack and the functions' jars, which know nothing of each other, say the same. */
class EnvironmentIT {
    private static final Synthesized PLAIN = Synthesized.with();

    /** With the options that set variables which are not set otherwise. */
    private static final Synthesized NAMED = Synthesized.with("namespaces", "shop,ns-1234", "namePrefix", "staging");

    /** Says where Neo4j is, in place of the secret; README.md tells of them. */
    private static final Set<String> INSTEAD_OF_SECRET =
            Set.of("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "NEO4J_ALLOW_UNENCRYPTED");

    /** Lambda finds the class by its name, makes one, and calls the interface's method. */
    @ParameterizedTest
    @EnumSource
    void handler_isInTheJar_asLambdaAsksForIt(BuiltFunction function) throws Exception {
        try (URLClassLoader classes = function.classes()) {
            Class<?> handler = classes.loadClass(function.handlerIn(PLAIN));
            Class<?> context = classes.loadClass("com.amazonaws.services.lambda.runtime.Context");

            assertThat(Modifier.isPublic(handler.getModifiers())).isTrue();
            assertThat(classes.loadClass("com.amazonaws.services.lambda.runtime.RequestHandler"))
                    .isAssignableFrom(handler);
            assertThat(handler.getMethod("handleRequest", Object.class, context).getModifiers() & Modifier.PUBLIC)
                    .isNotZero();
            // What it is made of is in the jar, too.
            assertThat(handler.getConstructor().newInstance()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void variables_areThoseThatTheFunctionReads(BuiltFunction function) throws Exception {
        var environment = new RecordingEnvironment(function.environmentIn(NAMED));

        function.readSettings(environment);

        Set<String> asked = new TreeSet<>(environment.asked());
        asked.removeAll(INSTEAD_OF_SECRET);
        assertThat(function.environmentIn(NAMED).keySet()).isEqualTo(asked);
    }

    @Test
    void variables_areSetWithoutBeingSaid_butNamespacesAndName() {
        Set<String> producer =
                new TreeSet<>(BuiltFunction.PRODUCER.environmentIn(NAMED).keySet());
        producer.removeAll(BuiltFunction.PRODUCER.environmentIn(PLAIN).keySet());

        assertThat(producer).containsExactly("DEPLOYMENT_NAME", "NAMESPACES");
        assertThat(BuiltFunction.CONSUMER.environmentIn(NAMED))
                .containsOnlyKeys(BuiltFunction.CONSUMER.environmentIn(PLAIN).keySet());
    }

    /** The other way to say where Neo4j is holds a password, which is no matter for a function's configuration. */
    @Test
    void secret_isTheOnlyVariable_thatHasAlternatives() throws Exception {
        Map<String, String> variables = BuiltFunction.CONSUMER.environmentIn(PLAIN);
        assertThat(variables).doesNotContainKeys(INSTEAD_OF_SECRET.toArray(String[]::new));
        Map<String, String> instead = new TreeMap<>(variables);
        instead.remove("NEO4J_SECRET_ARN");
        instead.put("NEO4J_URI", "neo4j+s://neo4j.example.com:7687");
        instead.put("NEO4J_USERNAME", "neo4j");
        instead.put("NEO4J_PASSWORD", "not a real one");
        var environment = new RecordingEnvironment(instead);

        BuiltFunction.CONSUMER.readSettings(environment);

        Set<String> asked = new TreeSet<>(environment.asked());
        asked.removeAll(variables.keySet());
        assertThat(asked).isEqualTo(INSTEAD_OF_SECRET);
    }

    /** What the options allow, the functions take: from one end to the other. */
    @ParameterizedTest
    @EnumSource
    void values_areTaken_atBothEndsOfEachOption(BuiltFunction function) {
        Synthesized least = Synthesized.with(
                "transactionTimeoutSeconds", "10",
                "readConcurrency", "1",
                "requestRatePercent", "1",
                "pendingOperationSeconds", "0",
                "massDeletionMinServices", "1",
                "massDeletionPercent", "1",
                "massDeletionConfirmations", "1",
                "namePrefix", "a");
        Synthesized most = Synthesized.with(
                "transactionTimeoutSeconds", "820",
                "readConcurrency", "256",
                "requestRatePercent", "1000",
                "pendingOperationSeconds", "60",
                "massDeletionMinServices", Integer.toString(Integer.MAX_VALUE),
                "massDeletionPercent", "100",
                "massDeletionConfirmations", "1000",
                "namePrefix", "A-".repeat(5));

        assertThat(Arrays.asList(PLAIN, least, most))
                .allSatisfy(made -> assertThatCode(() -> function.readSettings(function.environmentIn(made)))
                        .doesNotThrowAnyException());
    }

    /** Shows that the tests above would see a variable that is missing. */
    @ParameterizedTest
    @EnumSource
    void functions_refuse_whatLacksAVariable(BuiltFunction function) {
        Map<String, String> lacking = new TreeMap<>(function.environmentIn(PLAIN));
        lacking.remove("QUEUE_URL");

        assertThatThrownBy(() -> function.readSettings(lacking)).hasMessageContaining("QUEUE_URL is not set");
    }

    /** So nothing is read from the environment but by way of the settings, to which the handler hands it. */
    @ParameterizedTest
    @EnumSource
    void environment_isReadByTheHandlerAlone(BuiltFunction function) throws Exception {
        assertThat(function.readersOfTheEnvironment()).containsExactly(function.handlerIn(PLAIN));
    }
}
