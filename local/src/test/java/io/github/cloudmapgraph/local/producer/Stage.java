package io.github.cloudmapgraph.local.producer;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SqsServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The servers around producers under test: started once for a test class; each producer has a queue and scope of its
 * own.
 */
final class Stage implements AutoCloseable {
    static final String LOCK_TABLE = "locks";
    static final String BUCKET = "snapshots";

    private final DynamoDbServer dynamoDbServer = DynamoDbServer.start(0);
    private final SqsServer sqsServer = SqsServer.start(0);
    private final S3Server s3Server = S3Server.start(0);
    private final AtomicInteger producers = new AtomicInteger();
    final DynamoDbClient dynamoDb =
            clients(dynamoDbServer.endpoint()).build(DynamoDbClient.class, DynamoDbClient.builder());
    final SqsClient sqs = clients(dynamoDbServer.endpoint()).build(SqsClient.class, SqsClient.builder());
    final S3Client s3 = clients(dynamoDbServer.endpoint()).build(S3Client.class, S3Client.builder());

    Stage() throws IOException {
        dynamoDb.createTable(create -> create.tableName(LOCK_TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("pk")
                        .keyType(KeyType.HASH)
                        .build()));
        s3.createBucket(create -> create.bucket(BUCKET));
    }

    /** Sets up a producer of one endpoint; {@code more} is put into its environment. */
    TestProducer producer(CloudMapServer cloudMap, Map<String, String> more) {
        return producer(cloudMap.endpoint(), more);
    }

    TestProducer producer(URI cloudMap, Map<String, String> more) {
        String name = "p" + producers.incrementAndGet();
        String queue = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        return new TestProducer(this, name, queue, clients(cloudMap), more);
    }

    /** Sets up a producer whose way to the lock table {@code onLockTable} watches. */
    TestProducer producer(CloudMapServer cloudMap, SdkPlugin onLockTable) {
        String name = "p" + producers.incrementAndGet();
        String queue = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        var clients = new AwsClients((service, builder) -> {
            customize(cloudMap.endpoint(), service, builder);
            if (service == DynamoDbClient.class) {
                builder.addPlugin(onLockTable);
            }
        });
        return new TestProducer(this, name, queue, clients, Map.of());
    }

    TestProducer producer(CloudMapServer cloudMap) {
        return producer(cloudMap, Map.of());
    }

    static ServiceDiscoveryClient client(CloudMapServer cloudMap) {
        return new AwsClients((_, builder) -> LoopbackAws.at(builder, cloudMap.endpoint()))
                .build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder());
    }

    private AwsClients clients(URI cloudMap) {
        return new AwsClients((service, builder) -> customize(cloudMap, service, builder));
    }

    private void customize(URI cloudMap, Class<? extends SdkClient> service, AwsClientBuilder<?, ?> builder) {
        URI endpoint = cloudMap;
        if (service == DynamoDbClient.class) {
            endpoint = dynamoDbServer.endpoint();
        } else if (service == SqsClient.class) {
            endpoint = sqsServer.endpoint();
        } else if (service == S3Client.class) {
            endpoint = s3Server.endpoint();
        }
        LoopbackAws.at(builder, endpoint);
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        dynamoDb.close();
        s3Server.close();
        sqsServer.close();
        dynamoDbServer.close();
    }
}
