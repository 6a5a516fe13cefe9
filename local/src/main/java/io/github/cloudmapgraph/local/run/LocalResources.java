package io.github.cloudmapgraph.local.run;

import java.net.URI;
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

/** What the deployed stack holds beside the functions: queues, lock table, bucket. */
record LocalResources(String queueUrl, String queueArn, String deadLetterQueueUrl) {
    private static final String NAME = "cloud-map-graph";
    private static final String LOCK_TABLE = NAME + "-locks";
    private static final String BUCKET = NAME + "-snapshots";

    /** SQS's maximum: what waits for a lock or for Neo4j is received often, and is no reason to give it up. */
    private static final int MAX_RECEIVES = 1_000;

    /** Above the consumer's timeout. */
    private static final int VISIBILITY_SECONDS = 240;

    /** Makes what is not there yet. */
    static LocalResources create(SqsClient sqs, DynamoDbClient dynamoDb, S3Client s3) {
        createTable(dynamoDb);
        createBucket(s3);
        dynamoDb.close();
        s3.close();
        String deadLetterUrl = sqs.createQueue(create -> create.queueName(NAME + "-dead-letters"))
                .queueUrl();
        String redrive = "{\"deadLetterTargetArn\":\"" + arn(sqs, deadLetterUrl) + "\",\"maxReceiveCount\":"
                + MAX_RECEIVES + "}";
        String url = sqs.createQueue(create -> create.queueName(NAME)
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                Integer.toString(VISIBILITY_SECONDS),
                                QueueAttributeName.REDRIVE_POLICY,
                                redrive)))
                .queueUrl();
        return new LocalResources(url, arn(sqs, url), deadLetterUrl);
    }

    private static String arn(SqsClient sqs, String url) {
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private static void createTable(DynamoDbClient dynamoDb) {
        try {
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
        } catch (ResourceInUseException e) {
            // Kept from an earlier run in the same folder.
        }
    }

    private static void createBucket(S3Client s3) {
        try {
            s3.createBucket(create -> create.bucket(BUCKET));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            // Kept from an earlier run in the same folder.
        }
    }

    Map<String, String> producerEnvironment() {
        return Map.of("QUEUE_URL", queueUrl, "LOCK_TABLE", LOCK_TABLE, "SNAPSHOT_BUCKET", BUCKET);
    }

    Map<String, String> consumerEnvironment(URI neo4j, String user, String password) {
        return Map.of(
                "QUEUE_URL", queueUrl,
                "DEAD_LETTER_QUEUE_URL", deadLetterQueueUrl,
                "LOCK_TABLE", LOCK_TABLE,
                "SNAPSHOT_BUCKET", BUCKET,
                "NEO4J_URI", neo4j.toString(),
                "NEO4J_USERNAME", user,
                "NEO4J_PASSWORD", password);
    }
}
