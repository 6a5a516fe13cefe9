package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.aws.Lazy;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.producer.read.CloudMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients of one execution environment, each built when it is first needed. */
final class Connections implements AutoCloseable {
    private final AwsClients clients;
    private final Supplier<ProducerSettings> settings;
    private final Lazy<CloudMap> cloudMap;
    private final Lazy<DynamoDbClient> dynamoDb;
    private final Lazy<SqsClient> sqs;
    private final Lazy<S3Client> s3;

    Connections(AwsClients clients, Supplier<ProducerSettings> settings) {
        this.clients = clients;
        this.settings = settings;
        this.cloudMap = new Lazy<>(() -> cloudMap(clients, settings.get()));
        this.dynamoDb = new Lazy<>(() -> clients.build(DynamoDbClient.class, DynamoDbClient.builder()));
        this.sqs = new Lazy<>(() -> clients.build(SqsClient.class, SqsClient.builder()));
        this.s3 = new Lazy<>(() -> clients.build(S3Client.class, S3Client.builder()));
    }

    private static CloudMap cloudMap(AwsClients clients, ProducerSettings settings) {
        return new CloudMap(
                clients, settings.namespaces(), settings.concurrency(), settings.ratePercent(), System::nanoTime);
    }

    CloudMap cloudMap() {
        return cloudMap.get();
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    SqsClient sqs() {
        return sqs.get();
    }

    S3Client s3() {
        return s3.get();
    }

    /** Builds one for its caller to close. */
    CloudTrailClient cloudTrail() {
        return clients.build(CloudTrailClient.class, CloudTrailClient.builder());
    }

    SnapshotQueue queue() {
        ProducerSettings current = settings.get();
        return new SnapshotQueue(
                sqs(), current.queueUrl(), new SnapshotWriter(s3, current.bucket(), current.maxMessageBytes()));
    }

    /** Closes those that were built; Lambda never does. */
    @Override
    public void close() {
        cloudMap.ifMade(CloudMap::close);
        dynamoDb.ifMade(SdkClient::close);
        sqs.ifMade(SdkClient::close);
        s3.ifMade(SdkClient::close);
    }
}
