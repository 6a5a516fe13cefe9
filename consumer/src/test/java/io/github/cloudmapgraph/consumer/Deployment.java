package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.consumer.servers.ServersForTests;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.lease.LeaseLock;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A consumer with queues, a lock table, a bucket and a secret of its own, and what Lambda does around it. */
final class Deployment implements AutoCloseable {
    static final String USER = "sync";
    static final String PASSWORD = "first-of-the-tests";

    private static final int VISIBILITY_TIMEOUT_SECONDS = 600;
    private static final int TIMEOUT_MILLIS = 150_000;

    final String name = "t" + UUID.randomUUID();
    final SqsClient sqs = ServersForTests.AWS.build(SqsClient.class, SqsClient.builder());
    final DynamoDbClient dynamoDb = ServersForTests.AWS.build(DynamoDbClient.class, DynamoDbClient.builder());
    final S3Client s3 = ServersForTests.AWS.build(S3Client.class, S3Client.builder());
    final String queue;
    final String deadLetters;
    final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    final PrintStream logStream = new PrintStream(log, true, StandardCharsets.UTF_8);
    private @Nullable ConsumerHandler handler;

    Deployment() {
        deadLetters =
                sqs.createQueue(create -> create.queueName(name + "-dead")).queueUrl();
        queue = sqs.createQueue(create -> create.queueName(name)
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(VISIBILITY_TIMEOUT_SECONDS))))
                .queueUrl();
        dynamoDb.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("pk")
                        .keyType(KeyType.HASH)
                        .build()));
        s3.createBucket(create -> create.bucket(name));
        environment.putAll(Map.of(
                "QUEUE_URL", queue,
                "DEAD_LETTER_QUEUE_URL", deadLetters,
                "LOCK_TABLE", name,
                "SNAPSHOT_BUCKET", name,
                "NEO4J_SECRET_ARN", name));
        ServersForTests.NEO4J.setPassword(USER, PASSWORD);
        fillInSecret(PASSWORD);
        ServersForTests.NEO4J.run("MATCH (n) DETACH DELETE n");
    }

    void fillInSecret(String password) {
        ServersForTests.SECRETS.put(
                name,
                Json.write(
                        Map.of("uri", ServersForTests.NEO4J.uri().toString(), "username", USER, "password", password)));
    }

    ConsumerHandler handler() {
        if (handler == null) {
            handler = new ConsumerHandler(environment, ServersForTests.AWS, InstantSource.system(), logStream);
        }
        return handler;
    }

    String send(String body) {
        return sqs.sendMessage(send -> send.queueUrl(queue).messageBody(body)).messageId();
    }

    String send(Snapshot snapshot) {
        return send(new SnapshotWriter(s3, "", 1_048_576).write(snapshot).text());
    }

    String sendStored(Snapshot snapshot) {
        return send(new SnapshotWriter(s3, name, 1).write(snapshot).text());
    }

    /** Does what Lambda does: receives, invokes, deletes what did not stay. Returns the ids of those that stay. */
    List<String> poll() {
        return poll(0, TIMEOUT_MILLIS);
    }

    List<String> poll(int waitSeconds, int timeLeftMillis) {
        List<Map<String, Object>> records = receive(waitSeconds);
        List<String> staying = invoke(records, timeLeftMillis);
        acknowledge(records, staying);
        return staying;
    }

    /** Deletes what did not stay. */
    void acknowledge(List<Map<String, Object>> records, List<String> staying) {
        records.stream()
                .filter(record -> !staying.contains(String.valueOf(record.get("messageId"))))
                .forEach(record -> sqs.deleteMessage(
                        delete -> delete.queueUrl(queue).receiptHandle(String.valueOf(record.get("receiptHandle")))));
    }

    /** Receives what is there, as Lambda hands it over. */
    List<Map<String, Object>> receive() {
        return receive(0);
    }

    private List<Map<String, Object>> receive(int waitSeconds) {
        List<Map<String, Object>> records = new ArrayList<>();
        sqs.receiveMessage(receive -> receive.queueUrl(queue)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(waitSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .forEach(message -> records.add(record(
                        message,
                        message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"))));
        return records;
    }

    /** Receives one message, as if it had been received that often. */
    List<Map<String, Object>> receiveAs(int receives) {
        Message message = sqs.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(1))
                .messages()
                .getFirst();
        return List.of(record(message, Integer.toString(receives)));
    }

    List<String> invoke(List<Map<String, Object>> records, int timeLeftMillis) {
        return stayingOf(handler().handleRequest(Map.of("Records", records), new ContextWithTimeLeft(timeLeftMillis)));
    }

    static List<String> stayingOf(Map<String, ? extends @Nullable Object> answer) {
        List<String> ids = new ArrayList<>();
        if (answer.get("batchItemFailures") instanceof List<?> failures) {
            failures.forEach(failure -> ids.add(String.valueOf(((Map<?, ?>) failure).get("itemIdentifier"))));
            return ids;
        }
        throw new AssertionError("no batchItemFailures in " + answer);
    }

    private static Map<String, Object> record(Message message, String receives) {
        return new LinkedHashMap<>(Map.of(
                "messageId", message.messageId(),
                "receiptHandle", message.receiptHandle(),
                "body", message.body(),
                "attributes", Map.of("ApproximateReceiveCount", receives),
                "messageAttributes", Map.of(),
                "eventSource", "aws:sqs"));
    }

    List<Message> deadLetters() {
        return sqs.receiveMessage(receive ->
                        receive.queueUrl(deadLetters).maxNumberOfMessages(10).messageAttributeNames("All"))
                .messages();
    }

    /** Tells how many messages come back within that time, at most one batch. */
    int visibleWithin(int seconds) {
        return sqs.receiveMessage(receive ->
                        receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(seconds))
                .messages()
                .size();
    }

    LeaseLock lock() {
        return new LeaseLock(
                dynamoDb, name, InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    boolean isLocked() {
        return lockItem().containsKey("owner");
    }

    Map<String, AttributeValue> lockItem() {
        return dynamoDb.getItem(get ->
                        get.tableName(name).key(Map.of("pk", AttributeValue.fromS("update#" + ExampleSnapshots.SCOPE))))
                .item();
    }

    void forgetLockItem() {
        dynamoDb.deleteItem(delete ->
                delete.tableName(name).key(Map.of("pk", AttributeValue.fromS("update#" + ExampleSnapshots.SCOPE))));
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (handler != null) {
            handler.close();
        }
        sqs.close();
        dynamoDb.close();
        s3.close();
    }
}
