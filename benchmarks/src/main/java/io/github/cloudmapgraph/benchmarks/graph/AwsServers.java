package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SqsServer;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;

/** What a consumer needs beside Neo4j, on this machine: bucket, lock table, a place for a queue. */
final class AwsServers implements AutoCloseable {
    private static final String NAME = "benchmarks";
    private static final int SQS_LIMIT = 1_048_576;

    private final SqsServer sqs = SqsServer.start(0);
    private final DynamoDbServer dynamoDb = DynamoDbServer.start(0);
    private final S3Server s3 = S3Server.start(0);
    private final S3Client bucket;

    AwsServers() throws IOException {
        var clients = new AwsClients((service, builder) ->
                LoopbackAws.at(builder, service == S3Client.class ? s3.endpoint() : dynamoDb.endpoint()));
        bucket = clients.build(S3Client.class, S3Client.builder());
        bucket.createBucket(create -> create.bucket(NAME));
        try (var table = clients.build(DynamoDbClient.class, DynamoDbClient.builder())) {
            table.createTable(create -> create.tableName(NAME)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build()));
        }
    }

    /** Writes a snapshot as the producer does; returns the message's body. */
    String body(Registry registry) {
        long version = System.currentTimeMillis();
        var header = new SnapshotHeader(
                Registries.SCOPE, version, Instant.now(), Optional.empty(), new Orders(false, false));
        return new SnapshotWriter(bucket, NAME, SQS_LIMIT)
                .write(new Snapshot(header, registry))
                .text();
    }

    /** The environment of a consumer. */
    Map<String, String> environment(URI neo4j) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUEUE_URL", sqs.endpoint() + "/queue");
        environment.put("DEAD_LETTER_QUEUE_URL", sqs.endpoint() + "/dead");
        environment.put("LOCK_TABLE", NAME);
        environment.put("SNAPSHOT_BUCKET", NAME);
        environment.put("NEO4J_URI", neo4j.toString());
        environment.put("NEO4J_USERNAME", "neo4j");
        environment.put("NEO4J_PASSWORD", "none is asked for");
        environment.put("AWS_REGION", LoopbackAws.REGION.id());
        environment.put("AWS_ACCESS_KEY_ID", LoopbackAws.ACCESS_KEY_ID);
        environment.put("AWS_SECRET_ACCESS_KEY", LoopbackAws.SECRET_ACCESS_KEY);
        environment.put("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        return environment;
    }

    @Override
    public void close() {
        bucket.close();
        s3.close();
        dynamoDb.close();
        sqs.close();
    }
}
