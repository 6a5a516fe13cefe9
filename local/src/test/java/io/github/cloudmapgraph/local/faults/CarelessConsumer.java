package io.github.cloudmapgraph.local.faults;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.consumer.graph.GraphUpdater;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.lease.LeaseLock;
import io.github.cloudmapgraph.lease.LeaseLock.Acquisition;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A copy of the consumer's step, and no more of it, that leaves one thing out, or nothing: the checker has to tell. */
final class CarelessConsumer implements RequestHandler<Map<String, Object>, Map<String, Object>>, AutoCloseable {
    /** What is left of an invocation has to be more than waiting for the lock and a transaction take. */
    private static final Duration ENOUGH = Timings.TRANSACTION.plusSeconds(4);

    private final LeaseLock lock;
    private final SnapshotReader snapshots;
    private final SqsClient sqs;
    private final String deadLetterQueueUrl;
    private final SecretsManagerClient secrets;
    private final String secret;
    private final int neo4jPort;
    private final Mutation mutation;
    private final InstantSource clock;
    private final Log log;

    CarelessConsumer(
            Mutation mutation,
            Map<String, String> variables,
            AwsClients aws,
            InstantSource clock,
            int neo4jPort,
            PrintStream log) {
        this.mutation = mutation;
        this.clock = clock;
        this.neo4jPort = neo4jPort;
        this.log = new Log(log, clock);
        this.lock = new LeaseLock(
                aws.build(DynamoDbClient.class, DynamoDbClient.builder()),
                variables.getOrDefault("LOCK_TABLE", ""),
                clock,
                () -> UUID.randomUUID().toString());
        this.snapshots = new SnapshotReader(
                aws.build(S3Client.class, S3Client.builder()), variables.getOrDefault("SNAPSHOT_BUCKET", ""));
        this.sqs = aws.build(SqsClient.class, SqsClient.builder());
        this.deadLetterQueueUrl = variables.getOrDefault("DEAD_LETTER_QUEUE_URL", "");
        this.secrets = aws.build(SecretsManagerClient.class, SecretsManagerClient.builder());
        this.secret = variables.getOrDefault("NEO4J_SECRET_ARN", "");
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        List<Map<String, String>> failures = new ArrayList<>();
        if (input.get("Records") instanceof List<?> records) {
            for (Object record : records) {
                var message = (Map<?, ?>) record;
                String id = String.valueOf(message.get("messageId"));
                String body = String.valueOf(message.get("body"));
                boolean isDone = context.getRemainingTimeInMillis() > ENOUGH.toMillis() && isDone(id, body);
                if (!isDone && mutation != Mutation.ACKNOWLEDGED_UNAPPLIED) {
                    failures.add(Map.of("itemIdentifier", id));
                }
            }
        }
        return Map.of("batchItemFailures", failures);
    }

    private boolean isDone(String id, String body) {
        Envelope envelope;
        try {
            envelope = EnvelopeReader.read(body);
        } catch (UnreadableMessageException e) {
            return isPutAside(id, body, String.valueOf(e.getMessage()));
        }
        try {
            return switch (acquire("update#" + envelope.header().scope())) {
                case Acquisition.Held _ -> false;
                case Acquisition.Acquired(var lease) -> {
                    try {
                        update(id, envelope);
                        yield true;
                    } finally {
                        if (mutation != Mutation.LOCK_KEPT) {
                            lock.release(lease);
                        }
                    }
                }
            };
        } catch (RuntimeException | UnreadableMessageException e) {
            log.error("not applied", e, "update_id", id);
            return false;
        }
    }

    private boolean isPutAside(String id, String body, String reason) {
        try {
            sqs.sendMessage(send -> send.queueUrl(deadLetterQueueUrl)
                    .messageBody(body)
                    .messageAttributes(Map.of("reason", attribute(reason), "original_message_id", attribute(id))));
            return true;
        } catch (SdkException e) {
            log.error("not put aside", e, "update_id", id);
            return false;
        }
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** Waits a little for its turn: there is no queue here that would bring the message back soon. */
    private Acquisition acquire(String name) {
        Acquisition acquisition = lock.tryAcquire(name, Timings.LEASE);
        for (int attempt = 1; attempt < 10 && acquisition instanceof Acquisition.Held; attempt++) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            acquisition = lock.tryAcquire(name, Timings.LEASE);
        }
        return acquisition;
    }

    private void update(String id, Envelope envelope) throws UnreadableMessageException {
        String password = String.valueOf(Json.parseObject(
                        secrets.getSecretValue(get -> get.secretId(secret)).secretString())
                .get("password"));
        try (Driver driver =
                GraphDatabase.driver("bolt://127.0.0.1:" + neo4jPort, AuthTokens.basic("neo4j", password))) {
            UpdateOutcome outcome = new GraphUpdater(
                            CarelessDriver.of(driver, mutation),
                            "",
                            new GraphOptions(Timings.TRANSACTION, 1_000, 100, 1),
                            clock,
                            log)
                    .update(snapshots.read(envelope), id, clock.instant().plus(Timings.LEASE));
            if (outcome instanceof UpdateOutcome.Applied) {
                log.info("applied", "update_id", id);
            }
        }
    }

    @Override
    public void close() {
        secrets.close();
    }
}
