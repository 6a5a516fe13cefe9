package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.deployment.Resources;
import io.github.cloudmapgraph.local.flow.Contents;
import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.neo4j.driver.exceptions.Neo4jException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Looks at graph, queues and lock table past every fault. */
final class Witness {
    private final Servers servers;
    private final Scope scope;
    private final Resources resources;
    private final SqsClient sqs;
    private final DynamoDbClient dynamoDb;
    private final Map<String, String> newestHandles = new ConcurrentHashMap<>();

    Witness(Servers servers, Scope scope, Resources resources, SqsClient sqs, DynamoDbClient dynamoDb) {
        this.servers = servers;
        this.scope = scope;
        this.resources = resources;
        this.sqs = sqs;
        this.dynamoDb = dynamoDb;
    }

    /** Says what the graph held when a consumer was done with a message; waits while Neo4j restarts. */
    Event.Acknowledged acknowledge(String messageId, long version) {
        return patiently(() -> servers
                .query(
                        "OPTIONAL MATCH (s:SyncState {scope: $scope}) RETURN coalesce(s.version, 0) AS version,"
                                + " coalesce(s.held_back_version, 0) AS held",
                        Map.of("scope", scope.value()))
                .stream()
                .map(row -> new Event.Acknowledged(
                        messageId,
                        version,
                        row.get("version").asLong(),
                        row.get("held").asLong()))
                .findFirst()
                .orElseThrow());
    }

    /** Returns the graph's version, 0 before the first update. */
    long version() {
        return acknowledge("", 0).graphVersion();
    }

    Contents graph() {
        return patiently(() -> Contents.ofGraph(scope, servers::query));
    }

    static <T> T patiently(Supplier<T> look) {
        for (int attempt = 1; ; attempt++) {
            try {
                return look.get();
            } catch (Neo4jException e) {
                if (attempt == 100) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    void noteHandle(Message message) {
        newestHandles.put(message.messageId(), message.receiptHandle());
    }

    /** Lets what is hidden in the queue be seen at once: the wait is skipped, not what comes after it. */
    void skipWaits() {
        newestHandles.forEach((id, handle) -> {
            try {
                sqs.changeMessageVisibility(change -> change.queueUrl(resources.queueUrl())
                        .receiptHandle(handle)
                        .visibilityTimeout(0));
            } catch (SdkException e) {
                // Deleted meanwhile.
                newestHandles.remove(id, handle);
            }
        });
    }

    /** Counts the queue's messages, hidden ones too. */
    int messages() {
        return sqs
                .getQueueAttributes(get -> get.queueUrl(resources.queueUrl()).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().toString().startsWith("ApproximateNumberOfMessages"))
                .mapToInt(entry -> Integer.parseInt(entry.getValue()))
                .sum();
    }

    /** Notes what is in the dead-letter queue. */
    void readDeadLetters(History history) {
        while (true) {
            var letters = sqs.receiveMessage(receive -> receive.queueUrl(resources.deadLetterQueueUrl())
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(600)
                            .messageAttributeNames("All"))
                    .messages();
            if (letters.isEmpty()) {
                return;
            }
            letters.forEach(letter -> history.add(
                    new Event.DeadLettered(attribute(letter, "original_message_id"), attribute(letter, "reason"))));
        }
    }

    private static String attribute(Message message, String name) {
        var value = message.messageAttributes().get(name);
        return value == null ? "" : value.stringValue();
    }

    /** Names the locks that have an owner whose lease has not run out. */
    SortedSet<String> locksHeld() {
        SortedSet<String> held = new TreeSet<>();
        for (Map<String, AttributeValue> item : dynamoDb.scan(
                        scan -> scan.tableName(resources.lockTable()).consistentRead(true))
                .items()) {
            AttributeValue until = item.get("expires_at");
            if (item.containsKey("owner")
                    && until != null
                    && Long.parseLong(until.n()) > InstantSource.system().millis()) {
                held.add(String.valueOf(item.get("pk")));
            }
        }
        return held;
    }

    void emptyLockTable() {
        dynamoDb.scan(scan -> scan.tableName(resources.lockTable())).items().forEach(item -> {
            AttributeValue pk = item.get("pk");
            if (pk != null) {
                dynamoDb.deleteItem(
                        delete -> delete.tableName(resources.lockTable()).key(Map.of("pk", pk)));
            }
        });
    }

    void sendRubbish(String body) {
        sqs.sendMessage(send -> send.queueUrl(resources.queueUrl()).messageBody(body));
    }
}
