package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the functions run, what they are told, and what invokes which version of them. */
class FunctionsTest {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

    private final Synthesized stack = Synthesized.shared();
    private final Synthesized told = Synthesized.shared(
            "namePrefix", "staging",
            "namespaces", "shop, ns-0123456789abcdef",
            "producerMemoryMb", "2048",
            "consumerMemoryMb", "1536",
            "transactionTimeoutSeconds", "200",
            "readConcurrency", "16",
            "requestRatePercent", "50",
            "pendingOperationSeconds", "0",
            "massDeletionMinServices", "20",
            "massDeletionPercent", "30",
            "massDeletionConfirmations", "5");
    private final Synthesized withoutSnapStart = Synthesized.shared("snapStart", "false");

    @ParameterizedTest
    @ValueSource(strings = {"Consumer", "Producer"})
    void functions_runOnJava25AndArm(String function) {
        JsonNode properties = stack.properties(FUNCTION, function);

        assertThat(properties.get("Runtime").asText()).isEqualTo("java25");
        assertThat(properties.get("Architectures")).hasToString("[\"arm64\"]");
        assertThat(properties.get("MemorySize").asInt()).isEqualTo(1024);
        assertThat(properties.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
    }

    /** CloudWatch finds the metrics in lines of JSON; a group of their own gives them their retention. */
    @ParameterizedTest
    @ValueSource(strings = {"Consumer", "Producer"})
    void functions_logJson_intoTheirOwnGroup(String function) {
        JsonNode logging = stack.properties(FUNCTION, function).get("LoggingConfig");

        assertThat(logging.get("LogFormat").asText()).isEqualTo("JSON");
        assertThat(Synthesized.text(logging.get("LogGroup"))).isEqualTo("${" + function + "Log}");
        // Above INFO the lines that carry the metrics would be left out.
        assertThat(logging.get("ApplicationLogLevel").asText()).isEqualTo("INFO");
    }

    /** Lambda's limit is 900 seconds. The consumer's time is {@link StateTest}'s matter. */
    @Test
    void producer_hasTimeForTheLargestRegistries() {
        assertThat(stack.properties(FUNCTION, "Producer").get("Timeout").asInt())
                .isBetween(600, 900);
    }

    /** A CLI that gives up before the function asks it a second time, while the first still runs. */
    @Test
    void commands_waitLongerThanTheFunctionsTake() {
        commands(stack).forEach((output, command) -> {
            String function = command.contains("${Consumer") ? "Consumer" : "Producer";
            assertThat(Integer.parseInt(command.replaceFirst(".* --cli-read-timeout (\\d+) .*", "$1")))
                    .as(output)
                    .isGreaterThan(
                            stack.properties(FUNCTION, function).get("Timeout").asInt());
        });
    }

    @Test
    void memory_isThatOfTheOptions() {
        assertThat(told.properties(FUNCTION, "Producer").get("MemorySize").asInt())
                .isEqualTo(2048);
        assertThat(told.properties(FUNCTION, "Consumer").get("MemorySize").asInt())
                .isEqualTo(1536);
    }

    /** Only what failed comes back, and no more consumers start than the lease lets work: two are SQS's least. */
    @Test
    void consumer_isGivenTheQueuesMessages() {
        JsonNode mapping = stack.properties(MAPPING, "Consumer");

        assertThat(Synthesized.text(mapping.get("EventSourceArn"))).isEqualTo("${StateSnapshots.Arn}");
        // The function's name out of the alias's ARN, arn:aws:lambda:REGION:ACCOUNT:function:NAME:live.
        assertThat(Synthesized.text(mapping.get("FunctionName"))).isEqualTo("${ConsumerLive}[6]:live");
        assertThat(mapping.get("FunctionResponseTypes")).hasToString("[\"ReportBatchItemFailures\"]");
        assertThat(mapping.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(2);
        assertThat(mapping.get("BatchSize").asInt()).isEqualTo(10);
        // Beyond ten messages SQS asks for a time to gather them, which would be time that the graph is behind.
        assertThat(mapping.path("MaximumBatchingWindowInSeconds").asInt(0)).isZero();
        assertThat(mapping.path("Enabled").asBoolean(true)).isTrue();
    }

    /** So that a new message format finds its reader; with SnapStart, the version that the queue invokes. */
    @Test
    void consumer_isUpdatedBeforeTheProducer() {
        assertThat(stack.resource(FUNCTION, "Producer").get("DependsOn"))
                .extracting(JsonNode::asText)
                .contains(stack.idOf(FUNCTION, "Consumer"), stack.idOf("AWS::Lambda::Alias", "Consumer"));
        assertThat(stack.resource(FUNCTION, "Consumer").get("DependsOn").toString())
                .doesNotContain("Producer");

        assertThat(withoutSnapStart.resource(FUNCTION, "Producer").get("DependsOn"))
                .extracting(JsonNode::asText)
                .contains(withoutSnapStart.idOf(FUNCTION, "Consumer"));
    }

    @Test
    void consumer_isToldItsResourcesAndLimits() {
        assertThat(environment(stack, "Consumer"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "DEAD_LETTER_QUEUE_URL", "${StateDeadLetters}",
                        "LEASE_SECONDS", "120",
                        "LOCK_TABLE", "${StateLocks}",
                        "MASS_DELETION_CONFIRMATIONS", "3",
                        "MASS_DELETION_MIN_SERVICES", "10",
                        "MASS_DELETION_PERCENT", "50",
                        "NEO4J_SECRET_ARN", "${StateNeo4j}",
                        "QUEUE_URL", "${StateSnapshots}",
                        "SNAPSHOT_BUCKET", "${StateLargeSnapshots}",
                        "TRANSACTION_TIMEOUT_SECONDS", "100"));
    }

    @Test
    void producer_isToldItsResourcesAndLimits() {
        assertThat(environment(stack, "Producer"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "LOCK_TABLE", "${StateLocks}",
                        "MAX_MESSAGE_BYTES", "1048576",
                        "PENDING_OPERATION_SECONDS", "10",
                        "QUEUE_URL", "${StateSnapshots}",
                        "READ_CONCURRENCY", "32",
                        "REQUEST_RATE_PERCENT", "90",
                        "SNAPSHOT_BUCKET", "${StateLargeSnapshots}"));
    }

    /** One byte more and the producer would send what the queue refuses; less and it would store what fits. */
    @Test
    void producer_sendsWhatTheQueueTakes() {
        assertThat(environment(stack, "Producer").get("MAX_MESSAGE_BYTES"))
                .isEqualTo(stack.properties("AWS::SQS::Queue", "StateSnapshots")
                        .get("MaximumMessageSize")
                        .asText());
    }

    @Test
    void functions_areToldTheOptions() {
        assertThat(environment(told, "Producer"))
                .containsEntry("DEPLOYMENT_NAME", "staging")
                .containsEntry("NAMESPACES", "shop,ns-0123456789abcdef")
                .containsEntry("READ_CONCURRENCY", "16")
                .containsEntry("REQUEST_RATE_PERCENT", "50")
                .containsEntry("PENDING_OPERATION_SECONDS", "0");
        assertThat(environment(told, "Consumer"))
                .containsEntry("TRANSACTION_TIMEOUT_SECONDS", "200")
                .containsEntry("LEASE_SECONDS", "220")
                .containsEntry("MASS_DELETION_MIN_SERVICES", "20")
                .containsEntry("MASS_DELETION_PERCENT", "30")
                .containsEntry("MASS_DELETION_CONFIRMATIONS", "5");
    }

    /** Only published versions start from a snapshot: what still invoked the function itself would start without. */
    @Test
    void withSnapStart_everythingInvokesTheAliasOfAPublishedVersion() {
        for (String function : new String[] {"Consumer", "Producer"}) {
            assertThat(stack.properties(FUNCTION, function)
                            .at("/SnapStart/ApplyOn")
                            .asText())
                    .isEqualTo("PublishedVersions");
            assertThat(stack.properties("AWS::Lambda::Alias", function)
                            .get("FunctionVersion")
                            .at("/Fn::GetAtt/0")
                            .asText())
                    .isEqualTo(stack.idOf("AWS::Lambda::Version", function));
        }
        assertThat(stack.resources("AWS::Events::Rule").values())
                .extracting(rule -> Synthesized.text(rule.at("/Properties/Targets/0/Arn")))
                .containsOnly("${ProducerLive}");
        assertThat(stack.resources("AWS::Lambda::Permission").values())
                .hasSize(4)
                .extracting(permission -> Synthesized.text(permission.at("/Properties/FunctionName")))
                .containsOnly("${ProducerLive}");
        JsonNode asynchronous = stack.properties("AWS::Lambda::EventInvokeConfig", "Producer");
        assertThat(Synthesized.text(asynchronous.get("FunctionName"))).isEqualTo("${ProducerFunction}");
        assertThat(asynchronous.get("Qualifier").asText()).isEqualTo("live");
        assertThat(invokedByTheCommands(stack))
                .containsEntry("Step1CheckConsumer", "${ConsumerLive}")
                .containsEntry("Step2CheckProducer", "${ProducerLive}")
                .containsEntry("Step4Read", "${ProducerLive}")
                .containsEntry("ThenFullSync", "${ProducerLive}")
                .containsEntry("ThenConfirmMassDeletion", "${ProducerLive}");
    }

    /** An asynchronous configuration of an alias that is not there yet would fail the deployment. */
    @Test
    void withSnapStart_theAliasIsThere_beforeItIsConfigured() {
        assertThat(stack.resource("AWS::Lambda::EventInvokeConfig", "Producer").get("DependsOn"))
                .extracting(JsonNode::asText)
                .contains(stack.idOf("AWS::Lambda::Alias", "Producer"));
    }

    @Test
    void withoutSnapStart_theFunctionsThemselvesAreInvoked() {
        assertThat(withoutSnapStart.resources("AWS::Lambda::Version")).isEmpty();
        assertThat(withoutSnapStart.resources("AWS::Lambda::Alias")).isEmpty();
        assertThat(withoutSnapStart.properties(FUNCTION, "Consumer").has("SnapStart"))
                .isFalse();
        assertThat(withoutSnapStart.properties(FUNCTION, "Producer").has("SnapStart"))
                .isFalse();
        assertThat(Synthesized.text(
                        withoutSnapStart.properties(MAPPING, "Consumer").get("FunctionName")))
                .isEqualTo("${ConsumerFunction}");
        assertThat(withoutSnapStart.resources("AWS::Events::Rule").values())
                .extracting(rule -> Synthesized.text(rule.at("/Properties/Targets/0/Arn")))
                .containsOnly("${ProducerFunction.Arn}");
        assertThat(withoutSnapStart
                        .properties("AWS::Lambda::EventInvokeConfig", "Producer")
                        .get("Qualifier")
                        .asText())
                .isEqualTo("$LATEST");
        assertThat(invokedByTheCommands(withoutSnapStart))
                .containsOnlyKeys(
                        "Step1CheckConsumer",
                        "Step2CheckProducer",
                        "Step4Read",
                        "ThenFullSync",
                        "ThenConfirmMassDeletion")
                .containsEntry("Step1CheckConsumer", "${ConsumerFunction.Arn}")
                .containsEntry("Step2CheckProducer", "${ProducerFunction.Arn}")
                .containsEntry("Step4Read", "${ProducerFunction.Arn}")
                .containsEntry("ThenFullSync", "${ProducerFunction.Arn}")
                .containsEntry("ThenConfirmMassDeletion", "${ProducerFunction.Arn}");
    }

    private static Map<String, String> environment(Synthesized deployed, String function) {
        return deployed.properties(FUNCTION, function).at("/Environment/Variables").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, variable -> Synthesized.text(variable.getValue())));
    }

    /** Returns what each printed command invokes, by the output's name. */
    private static Map<String, String> invokedByTheCommands(Synthesized deployed) {
        Map<String, String> invoked = commands(deployed);
        invoked.replaceAll((_, command) -> command.replaceFirst(".* --function-name (\\S+) .*", "$1"));
        return invoked;
    }

    /** Returns the printed commands that invoke a function, by the output's name. */
    private static Map<String, String> commands(Synthesized deployed) {
        Map<String, String> commands = new TreeMap<>();
        deployed.outputs().properties().forEach(output -> {
            String command = Synthesized.text(output.getValue().get("Value"));
            if (command.startsWith("aws lambda invoke ")) {
                commands.put(output.getKey(), command);
            }
        });
        return commands;
    }
}
