package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds state: how long, who can read it, and that it survives. */
class StateTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";
    private static final int DAY = 24 * 60 * 60;
    private static final String QUEUE = "AWS::SQS::Queue";
    private static final String BUCKET = "AWS::S3::Bucket";
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String SECRET = "AWS::SecretsManager::Secret";
    private static final String LOGS = "AWS::Logs::LogGroup";
    private static final List<String> HOLDING_STATE = List.of(QUEUE, BUCKET, TABLE, SECRET, LOGS);

    private final Synthesized stack = Synthesized.shared();
    private final Synthesized withKey = Synthesized.shared("kmsKeyArn", KEY, "alarmTopic", "create");
    private final Synthesized withTrail = Synthesized.shared("cloudTrail", "create");

    static Stream<String> queues() {
        return Stream.of("Snapshots", "DeadLetters", "FailedInvocations");
    }

    /** 14 days are the most that SQS offers: time to come back from a holiday and redrive. */
    @Test
    void deadLetters_areKeptLongerThanWhatWaits() {
        assertThat(retention("Snapshots")).isEqualTo(4 * DAY);
        assertThat(retention("DeadLetters")).isEqualTo(14 * DAY);
        assertThat(retention("FailedInvocations")).isEqualTo(14 * DAY);
    }

    /**
     * In this order, or else the transaction outlives the lease that keeps others out, the function dies while it holds
     * the lease, or a message is given to a second consumer while the first still works.
     */
    @ParameterizedTest
    @ValueSource(strings = {"100", "10", "820"})
    void timeouts_areInOrder(String transactionSeconds) {
        Synthesized deployed = Synthesized.shared("transactionTimeoutSeconds", transactionSeconds);
        JsonNode consumer = deployed.properties("AWS::Lambda::Function", "Consumer");
        JsonNode environment = consumer.at("/Environment/Variables");

        int transaction = environment.get("TRANSACTION_TIMEOUT_SECONDS").asInt();
        int lease = environment.get("LEASE_SECONDS").asInt();
        int function = consumer.get("Timeout").asInt();
        int visibility = deployed.properties(QUEUE, "StateSnapshots")
                .get("VisibilityTimeout")
                .asInt();

        assertThat(transaction).isEqualTo(Integer.parseInt(transactionSeconds));
        assertThat(lease).isGreaterThan(transaction);
        assertThat(function).isGreaterThan(lease).isLessThanOrEqualTo(900);
        assertThat(visibility).isGreaterThan(function);
    }

    /** SQS's most, for a snapshot that only waits (for Neo4j, for its secret) must not become a dead letter. */
    @Test
    void snapshots_becomeDeadLetters_afterAThousandReceivesAndNotBefore() {
        JsonNode redrive = stack.properties(QUEUE, "StateSnapshots").get("RedrivePolicy");

        assertThat(redrive.get("maxReceiveCount").asInt()).isEqualTo(1000);
        assertThat(Synthesized.text(redrive.get("deadLetterTargetArn"))).isEqualTo("${StateDeadLetters.Arn}");
        for (String kept : List.of("DeadLetters", "FailedInvocations")) {
            assertThat(stack.properties(QUEUE, "State" + kept).has("RedrivePolicy"))
                    .as(kept)
                    .isFalse();
        }
    }

    /** What fits into one queue has to fit into the one where it ends. */
    @ParameterizedTest
    @MethodSource("queues")
    void queues_takeAMebibyte(String queue) {
        assertThat(stack.properties(QUEUE, "State" + queue)
                        .get("MaximumMessageSize")
                        .asInt())
                .isEqualTo(1024 * 1024);
    }

    @ParameterizedTest
    @MethodSource("queues")
    void queues_refuseWhatIsNotEncryptedOnItsWay(String queue) {
        assertThat(deniedWithoutTls(stack, "AWS::SQS::QueuePolicy", "State" + queue + "Policy"))
                .containsExactly("sqs:* ${State" + queue + ".Arn}");
    }

    @Test
    void buckets_refuseWhatIsNotEncryptedOnItsWay() {
        for (String bucket : List.of("StateLargeSnapshots", "ChangeTrailLogs")) {
            assertThat(deniedWithoutTls(withTrail, "AWS::S3::BucketPolicy", bucket + "Policy"))
                    .containsExactlyInAnyOrder("s3:* ${" + bucket + ".Arn}", "s3:* ${" + bucket + ".Arn}/*");
        }
    }

    @Test
    void buckets_areClosedToThePublic() {
        assertThat(withTrail.resources(BUCKET)).hasSize(2);
        withTrail.resources(BUCKET).forEach((id, bucket) -> {
            assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration").properties())
                    .as(id)
                    .hasSize(4)
                    .allMatch(setting -> setting.getValue().asBoolean());
            // Without access lists nothing but a policy can open it.
            assertThat(bucket.at("/Properties/OwnershipControls/Rules/0/ObjectOwnership")
                            .asText())
                    .as(id)
                    .isEqualTo("BucketOwnerEnforced");
        });
    }

    /**
     * A message waits, lies among the dead letters, and waits once more after a redrive: its object has to be there.
     */
    @Test
    void largeSnapshots_outliveTheMessagesThatPointToThem() {
        JsonNode rules = stack.properties(BUCKET, "StateLargeSnapshots").at("/LifecycleConfiguration/Rules");
        assertThat(rules).hasSize(1);
        assertThat(rules.at("/0/Status").asText()).isEqualTo("Enabled");
        assertThat(rules.at("/0/ExpirationInDays").asInt() * DAY)
                .isGreaterThan(retention("Snapshots") + retention("DeadLetters") + retention("Snapshots"));
    }

    @Test
    void everything_isEncryptedWithKeysOfAws_whenNoKeyIsNamed() {
        queues().forEach(queue -> {
            JsonNode properties = stack.properties(QUEUE, "State" + queue);
            assertThat(properties.get("SqsManagedSseEnabled").asBoolean())
                    .as(queue)
                    .isTrue();
            assertThat(properties.has("KmsMasterKeyId")).as(queue).isFalse();
        });
        assertThat(bucketEncryption(stack, "StateLargeSnapshots")
                        .get("SSEAlgorithm")
                        .asText())
                .isEqualTo("AES256");
        // DynamoDB, Secrets Manager and CloudWatch Logs always encrypt, with a key of their own unless told otherwise.
        assertThat(stack.template().toString()).doesNotContain("KMSMasterKeyI", "KmsKeyId", "AWS::KMS::Key");
    }

    @Test
    void everything_isEncryptedWithTheNamedKey() {
        queues().forEach(queue -> {
            JsonNode properties = withKey.properties(QUEUE, "State" + queue);
            assertThat(properties.get("KmsMasterKeyId").asText()).as(queue).isEqualTo(KEY);
            assertThat(properties.has("SqsManagedSseEnabled")).as(queue).isFalse();
        });
        JsonNode bucket = bucketEncryption(withKey, "StateLargeSnapshots");
        assertThat(bucket.get("SSEAlgorithm").asText()).isEqualTo("aws:kms");
        assertThat(bucket.get("KMSMasterKeyID").asText()).isEqualTo(KEY);
        JsonNode table = withKey.properties(TABLE, "StateLocks").get("SSESpecification");
        assertThat(table.get("SSEEnabled").asBoolean()).isTrue();
        assertThat(table.get("SSEType").asText()).isEqualTo("KMS");
        assertThat(table.get("KMSMasterKeyId").asText()).isEqualTo(KEY);
        assertThat(withKey.properties(SECRET, "StateNeo4j").get("KmsKeyId").asText())
                .isEqualTo(KEY);
        assertThat(withKey.resources(LOGS).values())
                .hasSize(2)
                .allMatch(log -> log.at("/Properties/KmsKeyId").asText().equals(KEY));
        assertThat(withKey.properties("AWS::SNS::Topic", "AlarmTopic")
                        .get("KmsMasterKeyId")
                        .asText())
                .isEqualTo(KEY);
    }

    /** The functions look items up by {@code pk}; how many there are changes too little to plan capacity for. */
    @Test
    void lockTable_hasTheKeyThatTheFunctionsUse_andCanBeRestored() {
        JsonNode table = stack.properties(TABLE, "StateLocks");

        assertThat(table.get("KeySchema")).hasToString("[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]");
        assertThat(table.get("AttributeDefinitions"))
                .hasToString("[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}]");
        assertThat(table.get("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
        assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .asBoolean())
                .isTrue();
    }

    /**
     * Never change this text, here or in the stack: CloudFormation writes the secret anew when it does, over the
     * address and password that people filled in.
     */
    @Test
    void secret_holdsTheSamePlaceholdersForEver() {
        assertThat(stack.properties(SECRET, "StateNeo4j").get("SecretString").asText())
                .isEqualTo(
                        "{\"uri\":\"<neo4j+s://HOST:7687>\",\"username\":\"<username>\",\"password\":\"<password>\",\"database\":\"<neo4j>\"}");
        assertThat(stack.properties(SECRET, "StateNeo4j").has("GenerateSecretString"))
                .isFalse();
    }

    /** What is one's own already is used as it is. */
    @Test
    void secret_isNotMade_whenOneIsNamed() {
        String own = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:neo4j-AbCdEf";
        Synthesized deployed = Synthesized.shared("neo4jSecretArn", own);

        assertThat(deployed.resources(SECRET)).isEmpty();
        assertThat(deployed.properties("AWS::Lambda::Function", "Consumer")
                        .at("/Environment/Variables/NEO4J_SECRET_ARN")
                        .asText())
                .isEqualTo(own);
    }

    /**
     * Kept, but not where the very creation failed: nothing was in it yet, and the next attempt would leave another.
     */
    private static final String KEPT = "RetainExceptOnCreate Retain";

    /** Snapshots that wait are overtaken by the first read of a later deployment; the rest would be missed. */
    @Test
    void deletion_keepsWhatWouldBeMissed() {
        Map<String, String> policies = new TreeMap<>();
        withTrail.template().get("Resources").properties().forEach(resource -> {
            if (HOLDING_STATE.contains(resource.getValue().get("Type").asText())) {
                policies.put(
                        resource.getKey().replaceFirst("[0-9A-F]{8}$", ""),
                        resource.getValue().path("DeletionPolicy").asText() + " "
                                + resource.getValue()
                                        .path("UpdateReplacePolicy")
                                        .asText());
            }
        });

        assertThat(policies)
                .isEqualTo(Map.of(
                        "ChangeTrailLogs", KEPT,
                        "ConsumerLog", KEPT,
                        "ProducerLog", KEPT,
                        "StateDeadLetters", KEPT,
                        "StateFailedInvocations", KEPT,
                        "StateLargeSnapshots", KEPT,
                        "StateLocks", KEPT,
                        "StateNeo4j", KEPT,
                        "StateSnapshots", "Delete Delete"));
    }

    /** The rule that only TLS is let in is a resource of its own, and would be gone. */
    @Test
    void deletion_keepsThePoliciesOfWhatIsKept() {
        Map<String, String> policies = new TreeMap<>();
        for (String type : List.of("AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy")) {
            withTrail
                    .resources(type)
                    .forEach((id, resource) -> policies.put(
                            id.replaceFirst("Policy[0-9A-F]{8}$", ""),
                            resource.path("DeletionPolicy").asText()));
        }

        assertThat(policies)
                .isEqualTo(Map.of(
                        "ChangeTrailLogs", "RetainExceptOnCreate",
                        "StateDeadLetters", "RetainExceptOnCreate",
                        "StateFailedInvocations", "RetainExceptOnCreate",
                        "StateLargeSnapshots", "RetainExceptOnCreate",
                        "StateSnapshots", ""));
    }

    /** Nothing of CDK's own empties a bucket behind the deletion policy's back. */
    @Test
    void deletion_isLeftToCloudFormation() {
        assertThat(withTrail.template().toString()).doesNotContain("\"Custom::", "AWS::CloudFormation::CustomResource");
    }

    @Test
    void logs_areKeptAsLongAsTheOptionSays() {
        assertThat(logRetention(stack)).containsExactly(30, 30);
        assertThat(logRetention(Synthesized.shared("logRetentionDays", "400"))).containsExactly(400, 400);
    }

    /** So that a change of the functions or alarms never touches a construct in which something is stored. */
    @Test
    void stateAndTheRest_areInConstructsOfTheirOwn() {
        Map<Boolean, Set<String>> types = Stream.of(withTrail.template().get("Resources"))
                .flatMap(resources -> resources.properties().stream())
                // The trail brings the bucket that it writes to, and a function the logs that it writes.
                .filter(resource -> !resource.getKey().startsWith("ChangeTrail"))
                .collect(Collectors.partitioningBy(
                        resource -> resource.getKey().startsWith("State"),
                        Collectors.mapping(
                                resource -> resource.getValue().get("Type").asText(), Collectors.toSet())));

        assertThat(types.get(true))
                .containsExactlyInAnyOrder(
                        QUEUE, "AWS::SQS::QueuePolicy", BUCKET, "AWS::S3::BucketPolicy", TABLE, SECRET);
        assertThat(types.get(false)).doesNotContain(QUEUE, BUCKET, TABLE, SECRET);
    }

    /** A fixed name would hinder a second deployment, and a later one where an earlier one's state was kept. */
    @Test
    void nothing_hasANameOfItsOwn() {
        List<String> drawn = Stream.concat(HOLDING_STATE.stream(), Stream.of("AWS::IAM::Role", "AWS::Lambda::Function"))
                .toList();
        for (String type : drawn) {
            withTrail
                    .resources(type)
                    .forEach((id, resource) -> assertThat(
                                    resource.path("Properties").fieldNames())
                            .toIterable()
                            .as(id)
                            .doesNotContain("Name", type.substring(type.lastIndexOf(':') + 1) + "Name"));
        }
    }

    private int retention(String queue) {
        return stack.properties(QUEUE, "State" + queue)
                .get("MessageRetentionPeriod")
                .asInt();
    }

    private static List<Integer> logRetention(Synthesized deployed) {
        return deployed.resources(LOGS).values().stream()
                .map(log -> log.at("/Properties/RetentionInDays").asInt())
                .toList();
    }

    private static JsonNode bucketEncryption(Synthesized deployed, String bucket) {
        return deployed.properties(BUCKET, bucket)
                .at("/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault");
    }

    /** Returns what everybody is denied without TLS: each action with each resource. */
    private static List<String> deniedWithoutTls(Synthesized deployed, String type, String policy) {
        return Synthesized.elements(deployed.properties(type, policy).at("/PolicyDocument/Statement")).stream()
                .filter(statement -> statement.get("Effect").asText().equals("Deny")
                        && statement.get("Principal").toString().equals("{\"AWS\":\"*\"}")
                        && statement
                                .path("Condition")
                                .toString()
                                .equals("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}"))
                .flatMap(statement -> Synthesized.elements(statement.get("Resource")).stream()
                        .map(resource -> statement.get("Action").asText() + " " + Synthesized.text(resource)))
                .toList();
    }
}
