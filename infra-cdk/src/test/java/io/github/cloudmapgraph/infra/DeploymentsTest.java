package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options change in a deployment, and that the plain one has none of it. */
class DeploymentsTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/neo4j-AbCdEf";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /** Lambda's limit for all variables of a function, names and values. */
    private static final int ENVIRONMENT_MAX_BYTES = 4096;

    private static final Synthesized PLAIN = Synthesized.with();

    /**
     * Two stacks of one account and region may have no name in common, and neither may write into the other's scope.
     */
    @Test
    void deployments_standSideBySide_whenTheyHaveNames() {
        Synthesized staging = Synthesized.with("namePrefix", "staging");

        assertThat(Synthesized.stack().getStackName()).isEqualTo("CloudMapGraph");
        assertThat(Synthesized.stack("namePrefix", "staging").getStackName()).isEqualTo("staging-CloudMapGraph");
        assertThat(namesOf(PLAIN)).isNotEmpty().doesNotContainAnyElementsOf(namesOf(staging));
        assertThat(namesOf(staging)).hasSameSizeAs(namesOf(PLAIN)).allMatch(name -> name.startsWith("staging-"));
        assertThat(environmentOf(PLAIN, "Producer")).doesNotContainKey("DEPLOYMENT_NAME");
        assertThat(environmentOf(staging, "Producer")).containsEntry("DEPLOYMENT_NAME", "staging");
    }

    /** The functions draw the scope of their metrics from DEPLOYMENT_NAME; the stack's has to be the same. */
    @Test
    void scope_endsWithTheDeploymentsName() {
        Synthesized staging = Synthesized.with("namePrefix", "staging");

        assertThat(scopeOf(PLAIN)).isEqualTo("<AWS::AccountId>:<AWS::Region>");
        assertThat(scopeOf(staging)).isEqualTo("<AWS::AccountId>:<AWS::Region>:staging");
        assertThat(Stream.of(PLAIN, staging))
                .allSatisfy(deployment -> assertThat(scopesOfAlarms(deployment)).containsExactly(scopeOf(deployment)));
        assertThat(Stream.of(PLAIN, staging))
                .allSatisfy(deployment -> assertThat(Expressions.text(deployment
                                .properties("AWS::CloudWatch::Dashboard", "")
                                .get("DashboardBody")))
                        .contains("\"scope\",\"" + scopeOf(deployment) + "\""));
    }

    /** No other name is given: CloudFormation draws it, so that it cannot collide with what an earlier stack kept. */
    @Test
    void physicalNames_areGivenToNothingElse() {
        // Versions and aliases name the function that they are of.
        assertThat(namedTypesOf(PLAIN))
                .containsExactly(
                        "AWS::CloudWatch::Alarm",
                        "AWS::CloudWatch::Dashboard",
                        "AWS::Lambda::Alias",
                        "AWS::Lambda::Version");
    }

    @Test
    void secret_isMade_withAStepToFillItIn() {
        assertThat(PLAIN.resources("AWS::SecretsManager::Secret")).hasSize(1);
        assertThat(PLAIN.outputs().has("Step3FillInSecret")).isTrue();
    }

    @Test
    void secret_isNotMade_whenThereIsOne() {
        Synthesized existing = Synthesized.with("neo4jSecretArn", SECRET);

        assertThat(existing.resources("AWS::SecretsManager::Secret")).isEmpty();
        assertThat(existing.outputs().has("Step3FillInSecret")).isFalse();
        assertThat(existing.outputs().get("SecretArn").get("Value").asText()).isEqualTo(SECRET);
        assertThat(environmentOf(existing, "Consumer")).containsEntry("NEO4J_SECRET_ARN", SECRET);
        assertThat(resourcesOf(existing, "Consumer", "secretsmanager:GetSecretValue"))
                .containsExactly(SECRET);
        assertThat(resourcesOf(existing, "Consumer", "kms:Decrypt")).isEmpty();
    }

    /** The consumer alone reads it. */
    @Test
    void keyOfTheSecret_mayBeUsed_whenItIsACustomers() {
        Synthesized encrypted = Synthesized.with("neo4jSecretArn", SECRET, "neo4jSecretKeyArn", KEY);

        assertThat(resourcesOf(encrypted, "Consumer", "kms:Decrypt")).containsExactly(KEY);
        assertThat(resourcesOf(encrypted, "Producer", "kms:Decrypt")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AWS::SQS::Queue, KmsMasterKeyId, 3",
        "AWS::S3::Bucket, BucketEncryption, 1",
        "AWS::DynamoDB::Table, SSESpecification, 1",
        "AWS::SecretsManager::Secret, KmsKeyId, 1",
        "AWS::Logs::LogGroup, KmsKeyId, 2",
        "AWS::SNS::Topic, KmsMasterKeyId, 1"
    })
    void customersKey_encryptsWhatIsStored(String type, String property, int number) {
        Synthesized encrypted = Encrypted.WITH_EVERYTHING;

        assertThat(encrypted.resources(type))
                .hasSize(number)
                .allSatisfy((id, resource) -> assertThat(
                                resource.get("Properties").get(property).toString())
                        .contains(KEY));
    }

    @Test
    void customersKey_mayBeUsedByBothFunctions_whenThereIsOne() {
        assertThat(Stream.of("Consumer", "Producer")).allSatisfy(function -> {
            assertThat(resourcesOf(Encrypted.WITH_EVERYTHING, function, "kms:Decrypt"))
                    .containsExactly(KEY);
            assertThat(resourcesOf(Encrypted.WITH_EVERYTHING, function, "kms:GenerateDataKey"))
                    .containsExactly(KEY);
        });
    }

    @Test
    void noKey_isNamed_whenAwssOwnServe() {
        assertThat(PLAIN.template().toString()).doesNotContain("arn:aws:kms").doesNotContain("\"kms:");
    }

    /** Costs are told apart by tags, so that a resource without is a hole in the bill. */
    @Test
    void tags_areOnEverythingThatCanHaveThem() {
        Synthesized tagged = Synthesized.with(
                "tags", "team=graph,stage=prod",
                "alarmTopic", "create",
                "cloudTrail", "create",
                "vpcId", "vpc-0123456789abcdef0",
                "subnetIds", "subnet-0123456789abcdef0",
                "routeTableIds", "rtb-0123456789abcdef0");
        Map<Boolean, Set<String>> types = StreamSupport.stream(
                        tagged.template().get("Resources").spliterator(), false)
                .collect(Collectors.partitioningBy(
                        resource -> tagsOf(resource).equals(Map.of("team", "graph", "stage", "prod")),
                        Collectors.mapping(resource -> resource.get("Type").asText(), Collectors.toSet())));

        // CloudFormation knows no tags of these.
        assertThat(types.get(false))
                .containsExactlyInAnyOrder(
                        "AWS::EC2::SecurityGroupIngress",
                        "AWS::IAM::Policy",
                        "AWS::Lambda::Alias",
                        "AWS::Lambda::EventInvokeConfig",
                        "AWS::Lambda::Permission",
                        "AWS::Lambda::Version",
                        "AWS::S3::BucketPolicy",
                        "AWS::SNS::TopicPolicy",
                        "AWS::SQS::QueuePolicy");
        assertThat(types.get(true)).contains("AWS::SQS::Queue", "AWS::EC2::VPCEndpoint", FUNCTION);
        assertThat(types.get(true)).doesNotContainAnyElementsOf(types.get(false));
    }

    @Test
    void tags_areNone_unlessTheyAreSaid() {
        assertThat(PLAIN.template().get("Resources"))
                .allSatisfy(resource -> assertThat(tagsOf(resource)).isEmpty());
    }

    @Test
    void trail_isTheAccountsOwn_unlessToldOtherwise() {
        assertThat(PLAIN.resources("AWS::CloudTrail::Trail")).isEmpty();
        assertThat(PLAIN.resources("AWS::S3::Bucket")).hasSize(1);
    }

    /** A trail logs what changes this region, and nothing that is billed beyond the first copy. */
    @Test
    void trail_logsWritesOfThisRegionAlone_whenItIsMade() {
        Synthesized made = Synthesized.with("cloudTrail", "create");
        JsonNode trail = made.properties("AWS::CloudTrail::Trail", "");

        assertThat(trail.get("IsLogging").asBoolean()).isTrue();
        assertThat(trail.get("IsMultiRegionTrail").asBoolean()).isFalse();
        assertThat(trail.get("IncludeGlobalServiceEvents").asBoolean()).isFalse();
        assertThat(trail.get("EventSelectors")).singleElement().satisfies(selector -> {
            assertThat(selector.get("ReadWriteType").asText()).isEqualTo("WriteOnly");
            assertThat(selector.get("IncludeManagementEvents").asBoolean(true)).isTrue();
            assertThat(selector.has("DataResources")).isFalse();
        });
        assertThat(trail.at("/S3BucketName/Ref").asText()).isEqualTo(made.idOf("AWS::S3::Bucket", "ChangeTrail"));
    }

    @Test
    void trailsBucket_isPrivateAndKept() {
        Synthesized made = Synthesized.with("cloudTrail", "create");
        JsonNode bucket = made.resource("AWS::S3::Bucket", "ChangeTrail");

        assertThat(bucket.get("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
        assertThat(bucket.get("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allMatch(JsonNode::asBoolean);
        assertThat(bucket.at("/Properties/BucketEncryption/ServerSideEncryptionConfiguration"))
                .hasSize(1);
        assertThat(StreamSupport.stream(
                        made.properties("AWS::S3::BucketPolicy", "ChangeTrail")
                                .at("/PolicyDocument/Statement")
                                .spliterator(),
                        false))
                .anySatisfy(statement -> {
                    assertThat(statement.get("Effect").asText()).isEqualTo("Deny");
                    assertThat(statement
                                    .at("/Condition/Bool/aws:SecureTransport")
                                    .asText())
                            .isEqualTo("false");
                })
                .filteredOn(statement -> statement.get("Effect").asText().equals("Allow"))
                .isNotEmpty()
                .allSatisfy(statement ->
                        assertThat(statement.at("/Principal/Service").asText()).isEqualTo("cloudtrail.amazonaws.com"));
    }

    @ParameterizedTest
    @CsvSource({"'', 30", "7, 7", "3653, 3653"})
    void logs_areKeptForSoManyDays(String said, int days) {
        assertThat(Synthesized.with("logRetentionDays", said).resources("AWS::Logs::LogGroup"))
                .hasSize(2)
                .allSatisfy((id, group) -> assertThat(
                                group.get("Properties").get("RetentionInDays").asInt())
                        .isEqualTo(days));
    }

    @Test
    void memory_isThatOfTheOption_forEachFunction() {
        Synthesized sized = Synthesized.with("producerMemoryMb", "1536", "consumerMemoryMb", "2048");

        assertThat(memoryOf(PLAIN, "Producer")).isEqualTo(1024);
        assertThat(memoryOf(PLAIN, "Consumer")).isEqualTo(1024);
        assertThat(memoryOf(sized, "Producer")).isEqualTo(1536);
        assertThat(memoryOf(sized, "Consumer")).isEqualTo(2048);
    }

    /** An option reaches the one variable that it is meant for, and no other. */
    @ParameterizedTest
    @CsvSource({
        "readConcurrency, 16, Producer, READ_CONCURRENCY",
        "requestRatePercent, 55, Producer, REQUEST_RATE_PERCENT",
        "pendingOperationSeconds, 21, Producer, PENDING_OPERATION_SECONDS",
        "namespaces, 'shop,ns-1', Producer, NAMESPACES",
        "massDeletionMinServices, 21, Consumer, MASS_DELETION_MIN_SERVICES",
        "massDeletionPercent, 61, Consumer, MASS_DELETION_PERCENT",
        "massDeletionConfirmations, 7, Consumer, MASS_DELETION_CONFIRMATIONS",
        "transactionTimeoutSeconds, 60, Consumer, TRANSACTION_TIMEOUT_SECONDS"
    })
    void option_reachesItsVariable(String option, String value, String function, String variable) {
        Synthesized said = Synthesized.with(option, value);

        assertThat(environmentOf(said, function)).containsEntry(variable, value);
        assertThat(environmentOf(PLAIN, function)).doesNotContainEntry(variable, value);
        Set<String> changed = new TreeSet<>();
        for (String each : List.of("Producer", "Consumer")) {
            Map<String, String> before = environmentOf(PLAIN, each);
            environmentOf(said, each).forEach((name, now) -> {
                if (!now.equals(before.get(name))) {
                    changed.add(name);
                }
            });
        }
        changed.remove("LEASE_SECONDS"); // Follows from transactionTimeoutSeconds.
        assertThat(changed).containsExactly(variable);
    }

    @Test
    void times_followTheTransactions() {
        Synthesized longer = Synthesized.with("transactionTimeoutSeconds", "200");

        assertThat(environmentOf(longer, "Consumer")).containsEntry("LEASE_SECONDS", "220");
        assertThat(longer.properties(FUNCTION, "Consumer").get("Timeout").asInt())
                .isEqualTo(280);
        assertThat(longer.properties("AWS::SQS::Queue", "StateSnapshots")
                        .get("VisibilityTimeout")
                        .asInt())
                .isEqualTo(340);
    }

    /** Only published versions start from one. */
    @Test
    void snapshotsOfMemory_areMadeOfVersionsBehindAnAlias() {
        assertThat(PLAIN.resources(FUNCTION).values())
                .hasSize(2)
                .allSatisfy(function -> assertThat(
                                function.at("/Properties/SnapStart/ApplyOn").asText())
                        .isEqualTo("PublishedVersions"));
        assertThat(PLAIN.resources("AWS::Lambda::Alias").values())
                .hasSize(2)
                .extracting(alias ->
                        alias.at("/Properties/FunctionVersion/Fn::GetAtt/0").asText())
                .containsExactlyInAnyOrderElementsOf(
                        PLAIN.resources("AWS::Lambda::Version").keySet());
    }

    @Test
    void snapshotsOfMemory_areNotMade_whenToldSo() {
        Synthesized without = Synthesized.with("snapStart", "false");

        assertThat(without.resources("AWS::Lambda::Alias")).isEmpty();
        assertThat(without.resources("AWS::Lambda::Version")).isEmpty();
        assertThat(without.resources(FUNCTION).values())
                .noneMatch(function -> function.get("Properties").has("SnapStart"));
    }

    /** The option's limit holds for any account: names are as long here as AWS lets them be. */
    @Test
    void producersEnvironment_fits_withAsManyNamespacesAsTheOptionTakes() {
        // All different: one that stands twice counts once.
        String namespaces = IntStream.range(0, 5)
                .mapToObj(number -> number + "n".repeat(598))
                .collect(Collectors.joining(",", "", "n"));
        Synthesized largest = Synthesized.with(
                "namespaces", namespaces,
                "namePrefix", "p".repeat(10),
                "readConcurrency", "256",
                "requestRatePercent", "1000",
                "pendingOperationSeconds", "60");

        Map<String, String> environment = new TreeMap<>(environmentOf(largest, "Producer"));
        assertThat(environment.get("NAMESPACES")).hasSize(3000);
        // The longest region's name, and the domain of China's regions, which is longer.
        environment.put("QUEUE_URL", "https://sqs.ap-southeast-99.amazonaws.com.cn/111122223333/" + "q".repeat(80));
        environment.put("LOCK_TABLE", "t".repeat(255));
        environment.put("SNAPSHOT_BUCKET", "b".repeat(63));

        assertThat(environment.values()).noneMatch(value -> value.contains("<"));
        assertThat(bytesAsJson(environment)).isLessThanOrEqualTo(ENVIRONMENT_MAX_BYTES);
    }

    /** Loaded when it is first asked for: few tests want it. */
    private static final class Encrypted {
        static final Synthesized WITH_EVERYTHING = Synthesized.with("kmsKeyArn", KEY, "alarmTopic", "create");

        private Encrypted() {}
    }

    /** Counts more than Lambda does: quotes, colons and commas too. */
    private static int bytesAsJson(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> "\"" + variable.getKey() + "\":\"" + variable.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(StandardCharsets.UTF_8)
                .length;
    }

    /** Returns a function's variables, with references in angle brackets. */
    private static Map<String, String> environmentOf(Synthesized made, String function) {
        Map<String, String> environment = new TreeMap<>();
        made.properties(FUNCTION, function)
                .at("/Environment/Variables")
                .properties()
                .forEach(variable -> environment.put(variable.getKey(), Expressions.text(variable.getValue())));
        return environment;
    }

    private static int memoryOf(Synthesized made, String function) {
        return made.properties(FUNCTION, function).get("MemorySize").asInt();
    }

    private static String scopeOf(Synthesized made) {
        return Expressions.text(made.outputs().get("Scope").get("Value"));
    }

    /** Returns the scopes whose metrics alarms look at. */
    private static Set<String> scopesOfAlarms(Synthesized made) {
        return made.resources("AWS::CloudWatch::Alarm").values().stream()
                .flatMap(alarm -> alarm.findParents("Dimensions").stream())
                .flatMap(metric -> StreamSupport.stream(metric.get("Dimensions").spliterator(), false))
                .filter(dimension -> dimension.get("Name").asText().equals("scope"))
                .map(dimension -> Expressions.text(dimension.get("Value")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names of what is named in an account and region at large. */
    private static List<String> namesOf(Synthesized made) {
        return Stream.of("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard")
                .map(made::resources)
                .map(Map::values)
                .flatMap(Collection::stream)
                .map(resource -> resource.get("Properties"))
                .map(properties -> properties.path("AlarmName").asText()
                        + properties.path("DashboardName").asText())
                .toList();
    }

    /** Returns the types of which some resource has a name that CloudFormation does not draw. */
    private static Set<String> namedTypesOf(Synthesized made) {
        Set<String> names = Set.of(
                "AlarmName",
                "BucketName",
                "DashboardName",
                "FunctionName",
                "LogGroupName",
                "Name",
                "PolicyName",
                "QueueName",
                "RoleName",
                "TableName",
                "TopicName",
                "TrailName");
        return StreamSupport.stream(made.template().get("Resources").spliterator(), false)
                // These name what they belong to, or what is inside of it.
                .filter(resource -> !Set.of(
                                "AWS::IAM::Policy",
                                "AWS::Lambda::EventInvokeConfig",
                                "AWS::Lambda::EventSourceMapping",
                                "AWS::Lambda::Permission")
                        .contains(resource.get("Type").asText()))
                .filter(resource -> resource.get("Properties").properties().stream()
                        .anyMatch(property -> names.contains(property.getKey())))
                .map(resource -> resource.get("Type").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the resources on which a function may do one thing. */
    private static List<String> resourcesOf(Synthesized made, String function, String action) {
        return made.statementsOf(function).stream()
                .filter(statement -> statement.get("Action").toString().contains("\"" + action + "\""))
                .map(statement -> Expressions.text(statement.get("Resource")))
                .toList();
    }

    private static Map<String, String> tagsOf(JsonNode resource) {
        return StreamSupport.stream(resource.at("/Properties/Tags").spliterator(), false)
                .collect(Collectors.toMap(
                        tag -> tag.get("Key").asText(), tag -> tag.get("Value").asText()));
    }
}
