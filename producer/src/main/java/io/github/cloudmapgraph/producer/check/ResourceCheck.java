package io.github.cloudmapgraph.producer.check;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Tries the function's own resources: queue, lock table, bucket. */
public final class ResourceCheck {
    private final CheckReport report;

    /** Creates a check that adds its lines to a report. */
    public ResourceCheck(CheckReport report) {
        this.report = report;
    }

    /** Looks at the queue. */
    public void queue(SqsClient sqs, String url, int maxMessageBytes) {
        report.attempt(
                "Queue",
                "See that QUEUE_URL is right and that the function's role has sqs:GetQueueAttributes and"
                        + " sqs:SendMessage on the queue.",
                () -> {
                    Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request -> request.queueUrl(url)
                                    .attributeNames(
                                            QueueAttributeName.QUEUE_ARN, QueueAttributeName.MAXIMUM_MESSAGE_SIZE))
                            .attributes();
                    String most = attributes.get(QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
                    if (most != null && Integer.parseInt(most) < maxMessageBytes) {
                        throw new IllegalStateException("the queue takes messages of up to " + most
                                + " bytes, MAX_MESSAGE_BYTES is " + maxMessageBytes);
                    }
                    return attributes.get(QueueAttributeName.QUEUE_ARN)
                            + "; whether sqs:SendMessage is allowed cannot be tried without sending";
                });
    }

    /** Looks at the lock table, reads an item that is not there, and writes under a condition that no item meets. */
    public void lockTable(DynamoDbClient dynamoDb, String table) {
        report.attempt(
                "Lock table",
                "See that LOCK_TABLE is right, that the table's only key is the text 'pk', and that the function's role"
                        + " has dynamodb:DescribeTable on it.",
                () -> {
                    List<KeySchemaElement> keys = dynamoDb.describeTable(request -> request.tableName(table))
                            .table()
                            .keySchema();
                    if (keys.size() != 1 || !keys.getFirst().attributeName().equals("pk")) {
                        throw new IllegalStateException("the table's key is not 'pk' alone, but "
                                + keys.stream()
                                        .map(KeySchemaElement::attributeName)
                                        .toList());
                    }
                    return table + " has the right key";
                });
        report.attempt(
                "Lock table: reading",
                "Add the permission dynamodb:GetItem on the lock table to the function's role. Without it reads go on,"
                        + " but the metric GraphAge is missing.",
                () -> {
                    dynamoDb.getItem(request -> request.tableName(table)
                            .key(Map.of("pk", AttributeValue.fromS("update#check")))
                            .projectionExpression("pk"));
                    return "allowed";
                });
        report.attempt(
                "Lock table: writing",
                "Add the permission dynamodb:UpdateItem on the lock table to the function's role.",
                () -> {
                    try {
                        dynamoDb.updateItem(request -> request.tableName(table)
                                .key(Map.of("pk", AttributeValue.fromS("check")))
                                .updateExpression("SET checked = :never")
                                .conditionExpression("attribute_exists(pk) AND attribute_not_exists(pk)")
                                .expressionAttributeValues(Map.of(":never", AttributeValue.fromBool(true))));
                        throw new IllegalStateException("a condition that cannot be met was met");
                    } catch (ConditionalCheckFailedException e) {
                        return "allowed";
                    }
                });
    }

    /** Looks at the bucket for large snapshots. */
    public void bucket(S3Client s3, String bucket) {
        report.attempt(
                "Bucket",
                "See that SNAPSHOT_BUCKET is right and that the function's role has s3:ListBucket on it, and"
                        + " s3:PutObject on its objects.",
                () -> {
                    s3.headBucket(request -> request.bucket(bucket));
                    return bucket + " is there; whether s3:PutObject is allowed cannot be tried without writing";
                });
    }

    /** Says what follows where no bucket is configured. */
    public void noBucket(int maxMessageBytes) {
        report.add(
                "Bucket",
                Status.WARNING,
                "none is configured: a snapshot of more than " + maxMessageBytes + " bytes could not be sent",
                "Set SNAPSHOT_BUCKET.");
    }
}
