package io.github.cloudmapgraph.local.deployment;

import io.github.cloudmapgraph.local.servers.Neo4jServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a deployed stack holds beside the functions: queues, lock table, bucket. */
public record Resources(String queueUrl, String queueArn, String deadLetterQueueUrl, String lockTable, String bucket) {
    /** SQS's maximum: what waits for a lock or for Neo4j is received often, and is no reason to give it up. */
    private static final int MAX_RECEIVES = 1_000;

    /** Above the consumer's timeout. */
    private static final int VISIBILITY_SECONDS = 240;

    /** Makes what is not there yet. */
    public static Resources create(String name, SqsClient sqs, DynamoDbClient dynamoDb, S3Client s3) {
        String lockTable = name + "-locks";
        String bucket = name + "-snapshots";
        createTable(dynamoDb, lockTable);
        createBucket(s3, bucket);
        dynamoDb.close();
        s3.close();
        String deadLetterUrl = sqs.createQueue(create -> create.queueName(name + "-dead-letters"))
                .queueUrl();
        String redrive = "{\"deadLetterTargetArn\":\"" + arn(sqs, deadLetterUrl) + "\",\"maxReceiveCount\":"
                + MAX_RECEIVES + "}";
        String url = sqs.createQueue(create -> create.queueName(name)
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                Integer.toString(VISIBILITY_SECONDS),
                                QueueAttributeName.REDRIVE_POLICY,
                                redrive)))
                .queueUrl();
        return new Resources(url, arn(sqs, url), deadLetterUrl, lockTable, bucket);
    }

    private static String arn(SqsClient sqs, String url) {
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private static void createTable(DynamoDbClient dynamoDb, String lockTable) {
        try {
            dynamoDb.createTable(create -> create.tableName(lockTable)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build()));
        } catch (ResourceInUseException e) {
            // Kept from an earlier run in the same folder.
        }
    }

    private static void createBucket(S3Client s3, String bucket) {
        try {
            s3.createBucket(create -> create.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            // Kept from an earlier run in the same folder.
        }
    }

    Map<String, String> producerEnvironment(DeploymentOptions options) {
        Map<String, String> environment =
                new HashMap<>(Map.of("QUEUE_URL", queueUrl, "LOCK_TABLE", lockTable, "SNAPSHOT_BUCKET", bucket));
        environment.putAll(options.producer());
        return environment;
    }

    Map<String, String> consumerEnvironment(DeploymentOptions options, URI neo4j) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUEUE_URL", queueUrl,
                "DEAD_LETTER_QUEUE_URL", deadLetterQueueUrl,
                "LOCK_TABLE", lockTable,
                "SNAPSHOT_BUCKET", bucket,
                "NEO4J_URI", neo4j.toString(),
                "NEO4J_USERNAME", Neo4jServer.USER,
                "NEO4J_PASSWORD", Neo4jServer.PASSWORD));
        environment.putAll(options.consumer());
        return environment;
    }
}
