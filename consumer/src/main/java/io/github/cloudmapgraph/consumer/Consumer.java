package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.aws.Lazy;
import io.github.cloudmapgraph.consumer.ConsumerSettings.Neo4jOrigin;
import io.github.cloudmapgraph.consumer.neo4j.AccessSource;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jConnection;
import io.github.cloudmapgraph.consumer.neo4j.SecretAccess;
import io.github.cloudmapgraph.lease.LeaseLock;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.SnapshotReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The parts of the function, put together once a process. */
record Consumer(
        Batch batch,
        SelfCheck check,
        Neo4jConnection neo4j,
        List<SdkClient> clients,
        List<Lazy<? extends SdkClient>> seldomNeeded)
        implements AutoCloseable {
    static Consumer of(ConsumerSettings settings, AwsClients aws, InstantSource clock, Log log) {
        DynamoDbClient dynamoDb = aws.build(DynamoDbClient.class, DynamoDbClient.builder());
        // An update that succeeds, and is in its message, needs neither.
        var sqs = new Lazy<>(() -> aws.build(SqsClient.class, SqsClient.builder()));
        var s3 = new Lazy<>(() -> aws.build(S3Client.class, S3Client.builder()));
        List<SdkClient> clients = new ArrayList<>(List.of(dynamoDb));

        AccessSource access = switch (settings.neo4j()) {
            case Neo4jOrigin.Secret(String id) -> {
                var secretsManager = aws.build(SecretsManagerClient.class, SecretsManagerClient.builder());
                clients.add(secretsManager);
                yield new SecretAccess(secretsManager, id);
            }
            case Neo4jOrigin.Environment(var inEnvironment) -> inEnvironment;
        };
        var neo4j = new Neo4jConnection(access, settings.graph(), clock, log);
        var lock = new LeaseLock(
                dynamoDb, settings.lockTable(), clock, () -> UUID.randomUUID().toString());
        var deadLetters = new DeadLetterQueue(sqs, settings.deadLetterQueueUrl(), log);
        var update = new SnapshotUpdate(
                lock, new SnapshotReader(s3, settings.snapshotBucket()), neo4j, deadLetters, settings, clock, log);
        var batch = new Batch(
                update,
                deadLetters,
                new MessageQueue(sqs, settings.queueUrl(), log),
                // Not seeded here: environments that are restored from one snapshot would all draw the same.
                new Backoff(new SecureRandom()),
                new OutcomeLog(log, clock),
                clock);
        return new Consumer(
                batch,
                new SelfCheck(settings, new ResourceCheck(settings, sqs, dynamoDb, s3), access, neo4j),
                neo4j,
                List.copyOf(clients),
                List.of(sqs, s3));
    }

    @Override
    public void close() {
        neo4j.close();
        clients.forEach(SdkClient::close);
        seldomNeeded.forEach(client -> client.ifMade(SdkClient::close));
    }
}
