package io.github.cloudmapgraph.lease;

import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Coalesces requests to read the registry: they are counted, one of them reads, and it reads again if more came
 * meanwhile.
 *
 * <p>The scope's item counts the requests. One write takes the lease, draws the version and notes the count that the
 * read covers; the lease is given back only while the count is still that one. So a burst costs two reads at most, and
 * a request that was told that it is covered can only go unread if the reader dies: the retry of that reader, any later
 * request, or the schedule then reads.
 */
public final class ReadRequests {
    /** What a request has to do. */
    public sealed interface Turn {
        /** Read, now. */
        record Read(ReadLease lease) implements Turn {}

        /**
         * Nothing: another reader covers it.
         *
         * @param request this request's number; the first read that covers it has it, or a higher one, as
         *     {@code covers}
         * @param runningVersion the version that was drawn last
         * @param byRunningRead whether the read of that version covers this request, because it began after the request
         *     was counted; else its reader reads once more when it is done, with a higher version
         */
        record Covered(long request, long runningVersion, Instant readerUntil, boolean byRunningRead) implements Turn {}

        /** Come again: an earlier attempt of this very invocation failed, so that it may not count on a reader. */
        record ComeAgain(Instant readerUntil) implements Turn {}
    }

    /** What comes after a read. */
    public sealed interface Next {
        /** Nothing: every request is covered. */
        record Done() implements Next {}

        /** Read again: more requests came during the read. */
        record ReadAgain(ReadLease lease) implements Next {}

        /** Nothing: the lease ran out during the read, and another reader took over. */
        record TakenOver() implements Next {}
    }

    /**
     * The right to read, and what the read is to carry.
     *
     * @param version the snapshot's version
     * @param covers the number of the newest request that this read covers
     * @param coversOthers whether it covers requests besides the one that took the lease; what they are about is not
     *     known here
     * @param orders what the requests that it covers ask for
     */
    public record ReadLease(
            String owner,
            String invocation,
            long version,
            long covers,
            boolean coversOthers,
            Orders orders,
            Instant until) {}

    /** The marks of this many failed invocations are kept; a scope's item is to stay far below DynamoDB's 400 KB. */
    private static final int MOST_FAILED = 100;

    private static final Map<String, String> OWNER = Map.of("#owner", "owner");

    private final LockTable table;
    private final String item;
    private final InstantSource clock;
    private final Supplier<String> owners;

    /**
     * Creates the requests of one scope.
     *
     * @param table the lock table's name or ARN
     * @param owners draws the owner of each acquisition; no value may ever come twice
     */
    public ReadRequests(
            DynamoDbClient dynamoDb, String table, Scope scope, InstantSource clock, Supplier<String> owners) {
        this.table = new LockTable(dynamoDb, table);
        this.item = "read#" + scope;
        this.clock = clock;
        this.owners = owners;
    }

    /**
     * Counts a request and tells what it has to do.
     *
     * @param invocation Lambda's request id, the same in a retry
     * @param orders what the request asks for; the covering read carries it, whoever reads
     * @param length how long a read may take at most
     */
    public Turn request(String invocation, Orders orders, Duration length) {
        LockItem item = count(orders);
        long request = item.number("requests");
        while (true) {
            Instant now = clock.instant();
            if (item.number("done") >= request) {
                // Read to the end by another between this one's two writes.
                return new Turn.Covered(request, item.number("version"), now, true);
            }
            if (item.heldAt(now) && !item.text("invocation").equals(invocation)) {
                return item.contains("failed", invocation)
                        ? new Turn.ComeAgain(item.expiresAt())
                        : new Turn.Covered(
                                request, item.number("version"), item.expiresAt(), item.number("covered") >= request);
            }
            // Free, run out, or held by a dead attempt of this invocation: Lambda starts a retry only after the end.
            try {
                return new Turn.Read(acquire(item, request, invocation, now, length));
            } catch (ConditionalCheckFailedException e) {
                item = new LockItem(e.item());
            }
        }
    }

    private LockItem count(Orders orders) {
        String thisRequest = "if_not_exists(requests, :zero) + :one";
        StringBuilder update = new StringBuilder("SET requests = " + thisRequest);
        if (orders.fullSync()) {
            update.append(", full_sync_request = ").append(thisRequest);
        }
        if (orders.allowMassDeletion()) {
            update.append(", mass_deletion_request = ").append(thisRequest);
        }
        return table.update(
                item,
                request -> request.updateExpression(update.toString())
                        .expressionAttributeValues(Map.of(":zero", LockTable.number(0), ":one", LockTable.number(1)))
                        .returnValues(ReturnValue.ALL_NEW));
    }

    /** Takes the lease as {@code seen} allows it; if the item has changed since, the condition fails. */
    private ReadLease acquire(LockItem seen, long request, String invocation, Instant now, Duration length) {
        String owner = owners.get();
        Instant until = now.plus(length);
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":owner", AttributeValue.fromS(owner),
                ":invocation", AttributeValue.fromS(invocation),
                ":until", LockTable.number(until.toEpochMilli()),
                ":version", LockTable.number(nextVersion(seen, now)),
                ":request", LockTable.number(request)));
        String free = "attribute_not_exists(#owner)";
        if (!seen.owner().isEmpty()) {
            // Its owner may have begun another read since.
            free = "#owner = :seen AND (attribute_not_exists(expires_at) OR expires_at = :seen_until)";
            values.put(":seen", AttributeValue.fromS(seen.owner()));
            values.put(":seen_until", LockTable.number(seen.expiresAt().toEpochMilli()));
        }
        String newer = "(attribute_not_exists(version) OR version < :version)"
                + " AND (attribute_not_exists(done) OR done < :request)";
        // The last case: the write took effect, its answer was lost, and the SDK sent it again.
        String condition = "(" + free + " AND " + newer + ") OR #owner = :owner";
        String update = "SET #owner = :owner, invocation = :invocation, expires_at = :until, version = :version,"
                + " covered = requests" + markDead(seen, invocation, values);
        LockItem taken = table.update(
                item,
                write -> write.updateExpression(update)
                        .conditionExpression(condition)
                        .expressionAttributeNames(OWNER)
                        .expressionAttributeValues(values)
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        long done = taken.number("done");
        boolean coversOthers = taken.number("covered") > done + 1;
        return lease(taken, done, coversOthers, owner, invocation, until);
    }

    /**
     * Notes that the reader whose lease ran out failed, so that its retry does not count on this one. The marks stay
     * until a read is complete; where none ever is, they would outgrow the item.
     */
    private static String markDead(LockItem seen, String invocation, Map<String, AttributeValue> values) {
        String dead = seen.text("invocation");
        boolean mark = !dead.isEmpty() && !dead.equals(invocation);
        if (mark) {
            values.put(":dead", AttributeValue.fromSs(List.of(dead)));
        }
        if (seen.size("failed") >= MOST_FAILED) {
            return mark ? ", failed = :dead" : " REMOVE failed";
        }
        return mark ? " ADD failed :dead" : "";
    }

    /**
     * Ends a read whose snapshot was sent: gives the lease back, or keeps it for another read if more requests came.
     *
     * @param length how long that other read may take at most
     */
    public Next complete(ReadLease read, Duration length) {
        try {
            table.update(
                    item,
                    request -> request.updateExpression(
                                    "SET done = :covered REMOVE #owner, invocation, expires_at, failed")
                            .conditionExpression("#owner = :owner AND requests = :covered")
                            .expressionAttributeNames(OWNER)
                            .expressionAttributeValues(Map.of(
                                    ":owner",
                                    AttributeValue.fromS(read.owner()),
                                    ":covered",
                                    LockTable.number(read.covers())))
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Next.Done();
        } catch (ConditionalCheckFailedException e) {
            LockItem seen = new LockItem(e.item());
            if (seen.owner().equals(read.owner())) {
                return readAgain(read, seen, length);
            }
            // Given back by a write whose answer was lost, or run out and taken over.
            return seen.number("done") >= read.covers() ? new Next.Done() : new Next.TakenOver();
        }
    }

    private Next readAgain(ReadLease read, LockItem seen, Duration length) {
        Instant now = clock.instant();
        Instant until = now.plus(length);
        try {
            LockItem renewed = table.update(
                    item,
                    request -> request.updateExpression(
                                    "SET done = :covered, covered = requests, version = :version, expires_at = :until"
                                            // Whoever failed before this read is covered by it.
                                            + " REMOVE failed")
                            // The version: an attempt that was late on its way finds the read after it begun.
                            .conditionExpression("#owner = :owner AND version <= :version")
                            .expressionAttributeNames(OWNER)
                            .expressionAttributeValues(Map.of(
                                    ":owner", AttributeValue.fromS(read.owner()),
                                    ":covered", LockTable.number(read.covers()),
                                    ":version", LockTable.number(nextVersion(seen, now)),
                                    ":until", LockTable.number(until.toEpochMilli())))
                            .returnValues(ReturnValue.ALL_NEW));
            return new Next.ReadAgain(lease(renewed, read.covers(), true, read.owner(), read.invocation(), until));
        } catch (ConditionalCheckFailedException e) {
            return new Next.TakenOver();
        }
    }

    /**
     * Gives the lease back after a read that failed, and notes that this invocation did, so that its retry does not
     * count on another reader.
     */
    public void abandon(ReadLease read) {
        try {
            table.update(
                    item,
                    request -> request.updateExpression("REMOVE #owner, invocation, expires_at ADD failed :invocation")
                            .conditionExpression("#owner = :owner")
                            .expressionAttributeNames(OWNER)
                            .expressionAttributeValues(Map.of(
                                    ":owner", AttributeValue.fromS(read.owner()),
                                    ":invocation", AttributeValue.fromSs(List.of(read.invocation())))));
        } catch (ConditionalCheckFailedException e) {
            // Taken over already.
        }
    }

    /**
     * Gives the lease back before a read that was not begun: the next request reads, and carries what this read was to
     * carry.
     */
    public void handOver(ReadLease read) {
        try {
            table.update(
                    item,
                    request -> request.updateExpression("REMOVE #owner, invocation, expires_at")
                            .conditionExpression("#owner = :owner")
                            .expressionAttributeNames(OWNER)
                            .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(read.owner()))));
        } catch (ConditionalCheckFailedException e) {
            // Given back by a write whose answer was lost, or taken over already.
        }
    }

    /** Orders count while no read that covered them is done. */
    private static ReadLease lease(
            LockItem item, long done, boolean coversOthers, String owner, String invocation, Instant until) {
        var orders = new Orders(item.number("full_sync_request") > done, item.number("mass_deletion_request") > done);
        return new ReadLease(
                owner, invocation, item.number("version"), item.number("covered"), coversOthers, orders, until);
    }

    private static long nextVersion(LockItem item, Instant now) {
        return Math.max(now.toEpochMilli(), item.number("version") + 1);
    }
}
