package io.github.cloudmapgraph.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * A lock with an end: one item of the lock table a lock, taken and released by conditional writes.
 *
 * <p>It saves wasted work and no more. A holder that was paused past its lease does not notice; what it writes then is
 * refused by the version guard in the graph.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html">
 *     Condition expressions</a>
 */
public final class LeaseLock {
    /** What came of trying to take a lease. */
    public sealed interface Acquisition {
        /** It is ours until {@code until}. */
        record Acquired(Lease lease) implements Acquisition {}

        /** Somebody else holds it, at the latest until {@code until}. */
        record Held(String owner, Instant until) implements Acquisition {}
    }

    /**
     * A lease that was taken.
     *
     * @param owner drawn anew for each acquisition, so that no two holders are ever mistaken for each other
     * @param failures how often each piece of work failed under this lock, by its id, as the last holder left it
     */
    public record Lease(String name, String owner, Instant until, Map<String, Integer> failures) {
        /** Keeps a copy. */
        public Lease {
            failures = Map.copyOf(failures);
        }
    }

    /**
     * What a holder leaves for those after it.
     *
     * @param failures how often each piece of work failed, by its id; together at most some thousands, for an item
     *     holds 400 KB
     * @param graphCapturedAt when the snapshot was captured that the graph now equals; empty where the holder did not
     *     make it so, and what was reported before holds. It only rises, for no older snapshot is ever applied
     */
    public record Report(Map<String, Integer> failures, Optional<Instant> graphCapturedAt) {
        /** Keeps a copy. */
        public Report {
            failures = Map.copyOf(failures);
        }
    }

    private static final String FAILURES = "failures";

    private final LockTable table;
    private final InstantSource clock;
    private final Supplier<String> owners;

    /**
     * Creates the lock.
     *
     * @param table the lock table's name or ARN; its partition key is the text {@code pk}
     * @param owners draws the owner of each acquisition; no value may ever come twice
     */
    public LeaseLock(DynamoDbClient dynamoDb, String table, InstantSource clock, Supplier<String> owners) {
        this.table = new LockTable(dynamoDb, table);
        this.clock = clock;
        this.owners = owners;
    }

    /**
     * Takes the lease of that name if it is free or has run out.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB does not answer
     */
    public Acquisition tryAcquire(String name, Duration length) {
        Instant now = clock.instant();
        String owner = owners.get();
        Instant until = now.plus(length);
        try {
            LockItem taken = table.update(
                    name,
                    update -> update.updateExpression("SET #owner = :owner, expires_at = :until")
                            // The last case: the write took effect, its answer was lost, and the SDK sent it again.
                            .conditionExpression("attribute_not_exists(#owner) OR attribute_not_exists(expires_at)"
                                    + " OR expires_at <= :now OR #owner = :owner")
                            .expressionAttributeNames(Map.of("#owner", "owner"))
                            .expressionAttributeValues(Map.of(
                                    ":owner", AttributeValue.fromS(owner),
                                    ":until", LockTable.number(until.toEpochMilli()),
                                    ":now", LockTable.number(now.toEpochMilli())))
                            .returnValues(ReturnValue.ALL_NEW)
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Acquisition.Acquired(new Lease(name, owner, until, taken.counts(FAILURES)));
        } catch (ConditionalCheckFailedException e) {
            var item = new LockItem(e.item());
            return new Acquisition.Held(item.owner(), item.expiresAt());
        }
    }

    /** Gives a lease back with the failures as they were, and nothing that is new of the graph. */
    public void release(Lease lease) {
        release(lease, new Report(lease.failures(), Optional.empty()));
    }

    /**
     * Gives a lease back and leaves a report in the same write: nobody else writes one meanwhile. A lease that ran out
     * and was taken over stays with its new holder, and what was reported before stays as it was.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB does not answer; the lease then runs out
     */
    public void release(Lease lease, Report report) {
        List<String> removed = new ArrayList<>(List.of("#owner", "expires_at"));
        List<String> set = new ArrayList<>();
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":owner", AttributeValue.fromS(lease.owner())));
        if (report.failures().isEmpty()) {
            removed.add(FAILURES);
        } else {
            set.add(FAILURES + " = :failures");
            values.put(":failures", LockTable.numbers(report.failures()));
        }
        report.graphCapturedAt().ifPresent(capturedAt -> {
            set.add(UpdateLease.GRAPH_CAPTURED_AT + " = :captured_at");
            values.put(":captured_at", LockTable.number(capturedAt.toEpochMilli()));
        });
        try {
            table.update(
                    lease.name(),
                    update -> update.updateExpression("REMOVE " + String.join(", ", removed)
                                    + (set.isEmpty() ? "" : " SET " + String.join(", ", set)))
                            .conditionExpression("#owner = :owner")
                            .expressionAttributeNames(Map.of("#owner", "owner"))
                            .expressionAttributeValues(values));
        } catch (ConditionalCheckFailedException e) {
            // Released already by a write whose answer was lost, or taken over: either way it is ours no more.
        }
    }
}
