package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/** Tries the queues, the lock table and the bucket, as far as a permission can be tried without effect. */
final class ResourceCheck {
    /** Of no message, so that nothing is changed: who is allowed to is told that it is invalid. */
    private static final String NO_RECEIPT = "check";

    private final ConsumerSettings settings;
    private final Supplier<SqsClient> sqs;
    private final DynamoDbClient dynamoDb;
    private final Supplier<S3Client> s3;

    ResourceCheck(ConsumerSettings settings, Supplier<SqsClient> sqs, DynamoDbClient dynamoDb, Supplier<S3Client> s3) {
        this.settings = settings;
        this.sqs = sqs;
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
    }

    void addTo(CheckReport report, Duration timeLeft) {
        addQueue(report);
        addVisibilityTimeout(report, timeLeft);
        addDeadLetterQueue(report);
        addLockTable(report);
        addBucket(report);
    }

    private void addQueue(CheckReport report) {
        report.attempt(
                "Queue",
                "Check QUEUE_URL; grant sqs:GetQueueAttributes, sqs:ReceiveMessage and sqs:DeleteMessage on the queue.",
                () -> attribute(settings.queueUrl(), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                        + " messages wait; whether sqs:ReceiveMessage and sqs:DeleteMessage, which Lambda needs, are"
                        + " allowed cannot be tried without receiving");
        report.attempt(
                "Queue: hiding a message",
                "Grant sqs:ChangeMessageVisibility on the queue. Without it a message that waits comes back only after"
                        + " the queue's visibility timeout.",
                () -> {
                    try {
                        sqs.get()
                                .changeMessageVisibility(change -> change.queueUrl(settings.queueUrl())
                                        .receiptHandle(NO_RECEIPT)
                                        .visibilityTimeout(0));
                        throw new IllegalStateException("an invalid receipt handle was taken");
                    } catch (ReceiptHandleIsInvalidException e) {
                        return "allowed";
                    }
                });
    }

    /** A message that becomes visible while it is worked on is handed out a second time. */
    private void addVisibilityTimeout(CheckReport report, Duration timeLeft) {
        String seconds;
        try {
            seconds = attribute(settings.queueUrl(), QueueAttributeName.VISIBILITY_TIMEOUT);
        } catch (SdkException e) {
            // The queue's own line tells why.
            return;
        }
        boolean enough = Long.parseLong(seconds) >= timeLeft.toSeconds();
        report.add(
                "Queue: visibility timeout",
                enough ? Status.OK : Status.WARNING,
                seconds + " s; " + timeLeft.toSeconds() + " s are left of this invocation, the lease is "
                        + settings.lease().toSeconds() + " s",
                enough
                        ? ""
                        : "Give the queue a visibility timeout of at least the function's timeout, better six times"
                                + " that.");
    }

    private void addDeadLetterQueue(CheckReport report) {
        report.attempt(
                "Dead-letter queue",
                "Check DEAD_LETTER_QUEUE_URL; grant sqs:GetQueueAttributes and sqs:SendMessage on the dead-letter"
                        + " queue.",
                () -> attribute(settings.deadLetterQueueUrl(), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                        + " messages are in it; whether sqs:SendMessage is allowed cannot be tried without sending");
    }

    private String attribute(String url, QueueAttributeName name) {
        return sqs.get()
                .getQueueAttributes(get -> get.queueUrl(url).attributeNames(name))
                .attributes()
                .getOrDefault(name, "0");
    }

    private void addLockTable(CheckReport report) {
        report.attempt(
                "Lock table",
                "Check LOCK_TABLE: a table whose only key is the text pk; grant dynamodb:DescribeTable on it.",
                () -> {
                    var table = dynamoDb.describeTable(describe -> describe.tableName(settings.lockTable()))
                            .table();
                    List<String> keys = table.keySchema().stream()
                            .map(KeySchemaElement::attributeName)
                            .toList();
                    if (!keys.equals(List.of("pk"))) {
                        throw new IllegalStateException(
                                "its key is " + String.join(", ", keys) + "; it has to be pk alone");
                    }
                    return table.tableName() + " is " + table.tableStatusAsString();
                });
        report.attempt("Lock table: writing", "Grant dynamodb:UpdateItem on the lock table.", () -> {
            try {
                // The condition is one that no item meets.
                dynamoDb.updateItem(update -> update.tableName(settings.lockTable())
                        .key(Map.of("pk", AttributeValue.fromS("update#check")))
                        .updateExpression("SET checked = :never")
                        .conditionExpression("attribute_exists(pk) AND attribute_not_exists(pk)")
                        .expressionAttributeValues(Map.of(":never", AttributeValue.fromBool(true))));
                throw new IllegalStateException("a condition that cannot be met was met");
            } catch (ConditionalCheckFailedException e) {
                return "allowed";
            }
        });
    }

    private void addBucket(CheckReport report) {
        String bucket = settings.snapshotBucket();
        if (bucket.isEmpty()) {
            report.add(
                    "Bucket",
                    Status.WARNING,
                    "none is configured: a snapshot that is too large for a message cannot be read",
                    "Set SNAPSHOT_BUCKET to the producer's bucket.");
            return;
        }
        report.attempt(
                "Bucket",
                "Check SNAPSHOT_BUCKET; grant s3:ListBucket on the bucket (without it S3 says of a missing object that"
                        + " it is denied).",
                () -> {
                    s3.get().headBucket(head -> head.bucket(bucket));
                    return bucket + " is there";
                });
        report.attempt(
                "Bucket: reading",
                "Grant s3:GetObject on the bucket's objects, and s3:ListBucket on the bucket.",
                () -> {
                    try {
                        // Where the producer stores, under a name that it never gives.
                        s3.get()
                                .getObject(get -> get.bucket(bucket).key("snapshots/check"))
                                .close();
                        return "allowed";
                    } catch (NoSuchKeyException e) {
                        return "allowed";
                    }
                });
    }
}
