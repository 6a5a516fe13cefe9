package io.github.cloudmapgraph.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
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
     */
    public record Lease(String name, String owner, Instant until) {}

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
        Lease lease = new Lease(name, owners.get(), now.plus(length));
        try {
            table.update(
                    name,
                    update -> update.updateExpression("SET #owner = :owner, expires_at = :until")
                            // The last case: the write took effect, its answer was lost, and the SDK sent it again.
                            .conditionExpression("attribute_not_exists(#owner) OR attribute_not_exists(expires_at)"
                                    + " OR expires_at <= :now OR #owner = :owner")
                            .expressionAttributeNames(Map.of("#owner", "owner"))
                            .expressionAttributeValues(Map.of(
                                    ":owner", AttributeValue.fromS(lease.owner()),
                                    ":until", LockTable.number(lease.until().toEpochMilli()),
                                    ":now", LockTable.number(now.toEpochMilli())))
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Acquisition.Acquired(lease);
        } catch (ConditionalCheckFailedException e) {
            var item = new LockItem(e.item());
            return new Acquisition.Held(item.owner(), item.expiresAt());
        }
    }

    /**
     * Gives a lease back. One that ran out and was taken over stays with its new holder.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB does not answer; the lease then runs out
     */
    public void release(Lease lease) {
        try {
            table.update(
                    lease.name(),
                    update -> update.updateExpression("REMOVE #owner, expires_at")
                            .conditionExpression("#owner = :owner")
                            .expressionAttributeNames(Map.of("#owner", "owner"))
                            .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(lease.owner()))));
        } catch (ConditionalCheckFailedException e) {
            // Released already by a write whose answer was lost, or taken over: either way it is ours no more.
        }
    }
}
