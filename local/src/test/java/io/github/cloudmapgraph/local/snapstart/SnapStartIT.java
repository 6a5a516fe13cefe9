package io.github.cloudmapgraph.local.snapstart;

import static io.github.cloudmapgraph.local.flow.TestServers.DYNAMO_DB;
import static io.github.cloudmapgraph.local.flow.TestServers.S3;
import static io.github.cloudmapgraph.local.flow.TestServers.SQS;
import static io.github.cloudmapgraph.local.flow.TestServers.count;
import static io.github.cloudmapgraph.local.flow.TestServers.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.ConsumerHandler;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.deployment.Resources;
import io.github.cloudmapgraph.local.flow.TestServers;
import io.github.cloudmapgraph.local.lambda.QueuePoller;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.servers.SecretsManagerServer;
import io.github.cloudmapgraph.producer.ProducerHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Record;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The functions go on from a memory that was saved after they had rehearsed their work. */
class SnapStartIT {
    /** Of some 3,000 and 4,000 that they load without a rehearsal, by the time that they have answered. */
    private static final int MOST_CLASSES = 300;

    private final CloudMapServer cloudMap;
    private final Resources resources = Resources.create("snapstart-" + UUID.randomUUID(), SQS, DYNAMO_DB, S3);

    private final SecretsManagerServer secrets = SecretsManagerServer.start();

    SnapStartIT() throws IOException {
        cloudMap = CloudMapServer.start(
                CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id()));
    }

    @BeforeEach
    void load() throws IOException {
        cloudMap.load(RegistryFile.example());
        TestServers.clearGraph();
    }

    @AfterEach
    void close() {
        secrets.close();
        cloudMap.close();
    }

    @Test
    void producer_whenRestored_hasRehearsedWithoutAnEffectAndSendsASnapshot() throws Exception {
        try (var producer = new SavedFunction(ProducerHandler.class, environment(), "{}")) {
            assertThat(cloudMap.requests().byOperation()).containsKeys("DiscoverInstances", "ListInstances");
            assertThat(logged(producer, "rehearsed before the snapshot")).isTrue();
            assertNothingIsLeft(List.of());

            String answer = producer.restoreAndInvoke();

            assertThat(Json.parseObject(answer)).containsEntry("outcome", "snapshot sent");
            assertThat(producer.classesLoadedSince()).isLessThan(MOST_CLASSES);
            assertThat(messages()).isOne();
        }
    }

    @Test
    void consumer_whenRestored_hasRehearsedWithoutAnEffectAndAppliesASnapshot() throws Exception {
        // Makes the schema too, as a function that was deployed before has.
        String event = snapshotOfTheProducer();
        try (var first = new SavedFunction(ConsumerHandler.class, environment(), event)) {
            assertThat(first.restoreAndInvoke()).isEqualTo("{\"batchItemFailures\":[]}");
        }
        long instances = count("MATCH (i:Instance) RETURN count(i)");
        run("MATCH (i:Instance) SET i.people = 'keep' WITH i LIMIT 1 DETACH DELETE i");
        List<Record> before = graph();
        String next = snapshotOfTheProducer();
        List<Map<String, AttributeValue>> lockItems = lockItems();

        try (var consumer = new SavedFunction(ConsumerHandler.class, environment(), next)) {
            assertThat(logged(consumer, "rehearsed before the snapshot")).isTrue();
            assertNothingIsLeft(lockItems);
            assertThat(graph()).isEqualTo(before);
            assertThat(connections()).isZero();

            assertThat(consumer.restoreAndInvoke()).isEqualTo("{\"batchItemFailures\":[]}");

            assertThat(consumer.classesLoadedSince()).isLessThan(MOST_CLASSES);
            assertThat(connections()).isPositive();
            assertThat(count("MATCH (i:Instance) RETURN count(i)"))
                    .as("the instance that was deleted is back")
                    .isEqualTo(instances);
        }
    }

    /** As on a first deployment: versions are published before the secret is filled in. */
    @Test
    void consumer_whenTheSecretIsFilledInLater_readsItAnewAndApplies() throws Exception {
        String event = snapshotOfTheProducer();
        secrets.setPassword("<password>");
        try (var consumer = new SavedFunction(ConsumerHandler.class, environment(), event)) {
            assertThat(logged(consumer, "not all could be rehearsed before the snapshot"))
                    .isTrue();
            secrets.setPassword(Neo4jServer.PASSWORD);

            assertThat(consumer.restoreAndInvoke()).isEqualTo("{\"batchItemFailures\":[]}");

            assertThat(count("MATCH (i:Instance) RETURN count(i)")).isPositive();
        }
    }

    /** Has the producer send a snapshot, and returns it as the queue's event. */
    private String snapshotOfTheProducer() throws Exception {
        try (var producer = new SavedFunction(ProducerHandler.class, environment(), "{}")) {
            producer.restoreAndInvoke();
        }
        Message message = SQS.receiveMessage(receive -> receive.queueUrl(resources.queueUrl())
                        .waitTimeSeconds(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        SQS.deleteMessage(delete -> delete.queueUrl(resources.queueUrl()).receiptHandle(message.receiptHandle()));
        return Json.write(QueuePoller.event(List.of(message), resources.queueArn(), LoopbackAws.REGION.id()));
    }

    private void assertNothingIsLeft(List<Map<String, AttributeValue>> lockItems) {
        assertThat(messages()).isZero();
        assertThat(lockItems()).isEqualTo(lockItems);
        assertThat(S3.listObjectsV2(list -> list.bucket(resources.bucket())).contents())
                .isEmpty();
    }

    private List<Map<String, AttributeValue>> lockItems() {
        return DYNAMO_DB.scan(scan -> scan.tableName(resources.lockTable())).items();
    }

    private int messages() {
        return Integer.parseInt(SQS.getQueueAttributes(get -> get.queueUrl(resources.queueUrl())
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /** Everything that the graph holds, in an order that does not change. */
    private static List<Record> graph() {
        return run("""
            MATCH (n)
            RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties,
              COLLECT { MATCH (n)-[r]->(m) RETURN [type(r), elementId(m), properties(r)] ORDER BY elementId(r) }
                AS relationships
            ORDER BY id
            """);
    }

    private static long connections() {
        return count("CALL dbms.listConnections() YIELD userAgent"
                + " WITH userAgent WHERE userAgent STARTS WITH 'cloud-map-graph' RETURN count(*)");
    }

    private static boolean logged(SavedFunction function, String message) throws IOException {
        return function.lines().stream().anyMatch(line -> line.contains(message));
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "QUEUE_URL", resources.queueUrl(),
                "DEAD_LETTER_QUEUE_URL", resources.deadLetterQueueUrl(),
                "LOCK_TABLE", resources.lockTable(),
                "SNAPSHOT_BUCKET", resources.bucket(),
                "NEO4J_SECRET_ARN", secrets.secretFor(TestServers.neo4j().getPort()),
                "AWS_ENDPOINT_URL_SERVICEDISCOVERY", cloudMap.endpoint().toString(),
                "AWS_ENDPOINT_URL_SQS", TestServers.sqs().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", TestServers.dynamoDb().toString(),
                "AWS_ENDPOINT_URL_S3", TestServers.s3().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString()));
    }
}
