package io.github.cloudmapgraph.benchmarks.graph;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.local.deployment.Resources;
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
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a consumer needs beside Neo4j, on this machine: bucket, lock table, queues. */
final class AwsServers implements AutoCloseable {
    private static final int SQS_LIMIT = 1_048_576;

    private final SqsServer sqs = SqsServer.start(0);
    private final DynamoDbServer dynamoDb = DynamoDbServer.start(0);
    private final S3Server s3 = S3Server.start(0);
    private final Resources resources;
    private final S3Client s3Client;

    AwsServers() throws IOException {
        Map<Class<?>, URI> endpoints = Map.of(
                SqsClient.class, sqs.endpoint(),
                DynamoDbClient.class, dynamoDb.endpoint(),
                S3Client.class, s3.endpoint());
        var clients = new AwsClients((service, builder) ->
                LoopbackAws.at(builder, Objects.requireNonNull(endpoints.get(service), service.getName())));
        resources = Resources.create(
                "benchmarks",
                clients.build(SqsClient.class, SqsClient.builder()),
                clients.build(DynamoDbClient.class, DynamoDbClient.builder()),
                clients.build(S3Client.class, S3Client.builder()));
        s3Client = clients.build(S3Client.class, S3Client.builder());
    }

    /** Writes a snapshot as the producer does; returns the message's body. */
    String body(Registry registry) {
        long version = System.currentTimeMillis();
        var header = new SnapshotHeader(
                Registries.SCOPE, version, Instant.now(), Optional.empty(), new Orders(false, false));
        return new SnapshotWriter(s3Client, resources.bucket(), SQS_LIMIT)
                .write(new Snapshot(header, registry))
                .text();
    }

    /** The environment of a consumer. */
    Map<String, String> environment(URI neo4j) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUEUE_URL", resources.queueUrl());
        environment.put("DEAD_LETTER_QUEUE_URL", resources.deadLetterQueueUrl());
        environment.put("LOCK_TABLE", resources.lockTable());
        environment.put("SNAPSHOT_BUCKET", resources.bucket());
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
        s3Client.close();
        s3.close();
        dynamoDb.close();
        sqs.close();
    }
}
