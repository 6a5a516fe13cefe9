package io.github.cloudmapgraph.local.producer;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.lambda.Function;
import io.github.cloudmapgraph.local.lambda.FunctionName;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import io.github.cloudmapgraph.producer.ProducerHandler;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** The real handler with a queue of its own, and a reader of what it sent. */
final class TestProducer {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Stage stage;
    private final String name;
    private final String queue;
    private final ProducerHandler handler;
    private final SnapshotReader reader;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final List<Snapshot> received = new ArrayList<>();

    TestProducer(Stage stage, String name, String queue, AwsClients clients, Map<String, String> more) {
        this.stage = stage;
        this.name = name;
        this.queue = queue;
        Map<String, String> environment =
                new HashMap<>(Map.of("QUEUE_URL", queue, "LOCK_TABLE", Stage.LOCK_TABLE, "DEPLOYMENT_NAME", name));
        environment.putAll(more);
        this.handler = new ProducerHandler(
                environment, clients, InstantSource.system(), new PrintStream(logged, true, StandardCharsets.UTF_8));
        this.reader = new SnapshotReader(stage.s3, Stage.BUCKET);
    }

    Map<String, Object> invoke(Map<String, Object> payload) {
        return invoke(payload, UUID.randomUUID().toString(), TIMEOUT);
    }

    /** Invokes the handler with an event as an endpoint tells it. */
    Map<String, Object> invoke(String event) {
        Map<String, Object> payload = new HashMap<>();
        Json.parseObject(event).forEach((field, value) -> {
            if (value != null) {
                payload.put(field, value);
            }
        });
        return invoke(payload);
    }

    Map<String, Object> invoke(Map<String, Object> payload, String requestId, Duration timeout) {
        var name = new FunctionName(LoopbackAws.ACCOUNT, LoopbackAws.REGION.id(), "producer");
        return new Function(name, handler, timeout, InstantSource.system(), silent()).invoke(payload, requestId);
    }

    /** Notes in the lock table that the graph was made equal to a snapshot, as the consumer does. */
    void setGraphCapturedAt(Instant capturedAt) {
        setGraphCapturedAt(AttributeValue.fromN(Long.toString(capturedAt.toEpochMilli())));
    }

    void setGraphCapturedAt(AttributeValue value) {
        stage.dynamoDb.putItem(put -> put.tableName(Stage.LOCK_TABLE)
                .item(Map.of("pk", AttributeValue.fromS("update#" + scope()), "graph_captured_at", value)));
    }

    String scope() {
        return LoopbackAws.ACCOUNT + ":" + LoopbackAws.REGION.id() + ":" + name;
    }

    /** Returns the lines of the log that carry metrics, in their order. */
    List<Map<String, @Nullable Object>> measured() {
        return logged.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Json::parseObject)
                .filter(line -> line.containsKey("_aws"))
                .toList();
    }

    /** Returns all that it logged. */
    String log() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    /** Puts a version into the lock table, as if a read had drawn it. */
    void setVersion(long version) {
        var pk = "read#" + scope();
        stage.dynamoDb.putItem(put -> put.tableName(Stage.LOCK_TABLE)
                .item(Map.of("pk", AttributeValue.fromS(pk), "version", AttributeValue.fromN(Long.toString(version)))));
    }

    /** Returns everything that was sent so far, in the order of the versions. */
    List<Snapshot> snapshots() {
        while (true) {
            List<Message> messages = stage.sqs
                    .receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                received.sort(
                        Comparator.comparingLong(snapshot -> snapshot.header().version()));
                return List.copyOf(received);
            }
            for (Message message : messages) {
                received.add(read(message));
                stage.sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }

    /** Runs the handler and returns the one snapshot that it sent. */
    Snapshot read() {
        invoke(Map.of());
        return snapshots().getLast();
    }

    private Snapshot read(Message message) {
        try {
            return reader.read(EnvelopeReader.read(message.body()));
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
