package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import io.github.cloudmapgraph.consumer.graph.GraphCheck;
import io.github.cloudmapgraph.consumer.neo4j.AccessReading;
import io.github.cloudmapgraph.consumer.neo4j.AccessSource;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jConnection;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jFailure;
import io.github.cloudmapgraph.consumer.neo4j.Use;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the function can reach and use; nothing is changed. */
final class SelfCheck {
    private final ConsumerSettings settings;
    private final SqsClient sqs;
    private final DynamoDbClient dynamoDb;
    private final S3Client s3;
    private final AccessSource access;
    private final Neo4jConnection neo4j;

    SelfCheck(
            ConsumerSettings settings,
            SqsClient sqs,
            DynamoDbClient dynamoDb,
            S3Client s3,
            AccessSource access,
            Neo4jConnection neo4j) {
        this.settings = settings;
        this.sqs = sqs;
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
        this.access = access;
        this.neo4j = neo4j;
    }

    CheckReport run(Duration timeLeft) {
        var report = new CheckReport();
        report.add("Configuration", Status.OK, "complete", "");
        checkTimeout(report, timeLeft);
        checkQueue(report);
        checkDeadLetterQueue(report);
        checkLockTable(report);
        checkBucket(report);
        if (checkAccess(report)) {
            checkNeo4j(report);
        }
        return report;
    }

    private void checkTimeout(CheckReport report, Duration timeLeft) {
        // The invocation has only just begun; its start took less than this.
        boolean enough = timeLeft.plusSeconds(5).compareTo(settings.lease()) >= 0;
        report.add(
                "Function timeout",
                enough ? Status.OK : Status.FAILED,
                timeLeft.toSeconds() + " s left of this invocation, the lease is "
                        + settings.lease().toSeconds() + " s",
                enough ? "" : "Give the function a timeout of at least LEASE_SECONDS, or lower that.");
    }

    private void checkQueue(CheckReport report) {
        report.attempt(
                "Queue",
                "Check QUEUE_URL; grant sqs:GetQueueAttributes, sqs:ChangeMessageVisibility, sqs:ReceiveMessage and"
                        + " sqs:DeleteMessage on the queue.",
                () -> attributes(settings.queueUrl()));
    }

    private void checkDeadLetterQueue(CheckReport report) {
        report.attempt(
                "Dead-letter queue",
                "Check DEAD_LETTER_QUEUE_URL; grant sqs:GetQueueAttributes and sqs:SendMessage on the dead-letter"
                        + " queue.",
                () -> attributes(settings.deadLetterQueueUrl()));
    }

    private String attributes(String url) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(get -> get.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.VISIBILITY_TIMEOUT))
                .attributes();
        return attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "?")
                + " messages wait, visibility timeout "
                + attributes.getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "?") + " s";
    }

    private void checkLockTable(CheckReport report) {
        report.attempt(
                "Lock table",
                "Check LOCK_TABLE: a table whose only key is the text pk; grant dynamodb:DescribeTable and"
                        + " dynamodb:UpdateItem on it.",
                () -> {
                    var table = dynamoDb.describeTable(describe -> describe.tableName(settings.lockTable()))
                            .table();
                    String keys = table.keySchema().stream()
                            .map(KeySchemaElement::attributeName)
                            .collect(Collectors.joining(", "));
                    if (!keys.equals("pk")) {
                        throw new IllegalStateException("its key is " + keys + "; it has to be pk");
                    }
                    return table.tableName() + " is " + table.tableStatusAsString();
                });
    }

    private void checkBucket(CheckReport report) {
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
                        + " it is denied) and s3:GetObject on its objects.",
                () -> {
                    s3.headBucket(head -> head.bucket(bucket));
                    return bucket + " is there";
                });
    }

    private boolean checkAccess(CheckReport report) {
        return switch (access.read()) {
            case AccessReading.Found(var found) -> {
                report.add("Neo4j's access", Status.OK, found.toString(), "");
                yield true;
            }
            case AccessReading.NotFilledIn(String source, var fields) -> {
                report.add(
                        "Neo4j's access",
                        Status.FAILED,
                        source + " is not filled in yet",
                        "Fill in " + String.join(", ", fields) + ".");
                yield false;
            }
            case AccessReading.Wrong(String source, String problem) -> {
                report.add("Neo4j's access", Status.FAILED, source + " is not usable", "Correct it: " + problem + ".");
                yield false;
            }
            case AccessReading.Unreadable(String source, String reason) -> {
                report.add(
                        "Neo4j's access",
                        Status.FAILED,
                        source + " cannot be read: " + reason,
                        "Check NEO4J_SECRET_ARN; grant secretsmanager:GetSecretValue on the secret, and kms:Decrypt on"
                                + " its key where that is your own.");
                yield false;
            }
        };
    }

    private void checkNeo4j(CheckReport report) {
        Use<CheckReport> use = neo4j.use(graph -> {
            graph.driver().verifyConnectivity();
            var found = new CheckReport();
            found.add("Neo4j", Status.OK, "reached, signed in", "");
            new GraphCheck(graph.driver(), graph.access().database()).addTo(found);
            return found;
        });
        switch (use) {
            case Use.Done<CheckReport>(CheckReport found) ->
                found.lines().forEach(line -> report.add(line.subject(), line.status(), line.detail(), line.remedy()));
            case Use.Failed<CheckReport>(Neo4jFailure failure) ->
                report.add("Neo4j", Status.FAILED, failure.reason(), remedy(failure));
        }
    }

    private static String remedy(Neo4jFailure failure) {
        return switch (failure) {
            case Neo4jFailure.NotFilledIn _, Neo4jFailure.AccessUnknown _ -> "Correct Neo4j's address and credentials.";
            case Neo4jFailure.Unreachable _ ->
                "Check that Neo4j runs, its address and Bolt port, and that the function's network reaches it (security"
                        + " groups, subnets, name resolution).";
            case Neo4jFailure.CredentialsRefused _ -> "Check username and password.";
            case Neo4jFailure.Unusable _ ->
                "Check the scheme (neo4j+s and bolt+s are encrypted, neo4j and bolt are not), the database's name and"
                        + " the user's rights.";
            case Neo4jFailure.Busy _ -> "Try again.";
            case Neo4jFailure.Unexpected _ -> "See Neo4j's own log for the code above.";
        };
    }
}
