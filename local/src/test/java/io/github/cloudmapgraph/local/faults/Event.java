package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.flow.Contents;
import java.util.SortedSet;

/** What was seen from outside the functions. Times are {@link System#nanoTime}, versions and leases milliseconds. */
sealed interface Event {
    /** A snapshot is about to be sent: from here on it may be in the queue. */
    record Offered(long version, Contents contents) implements Event {}

    /** The queue took a message. */
    record Sent(String messageId) implements Event {}

    /** A message was handed to a consumer; the version is 0 where it is no snapshot. */
    record Received(String messageId, long version) implements Event {}

    /**
     * A message is about to be deleted, for a consumer said that it is done with.
     *
     * @param graphVersion what the graph held after the consumer had said so
     * @param heldBackVersion likewise, of what is held back; 0 for nothing
     */
    record Acknowledged(String messageId, long version, long graphVersion, long heldBackVersion) implements Event {}

    /** A message is in the dead-letter queue, for that reason. */
    record DeadLettered(String originalMessageId, String reason) implements Event {}

    /**
     * A lease was written.
     *
     * @param now the claimant's clock
     * @param from when the request went out
     * @param to when the answer was there
     */
    record LeaseTaken(String lock, String owner, long now, long until, long from, long to) implements Event {}

    /** A lease is about to be given back. */
    record LeaseReleased(String lock, String owner) implements Event {}

    /** A lease was refused for another holder's sake. */
    record LeaseRefused(String lock, String holder, long now, long until) implements Event {}

    /** All leases were forgotten. */
    record LockTableEmptied(long from, long to) implements Event {}

    /** A read of the whole scope with {@code SyncState} locked. */
    record LockedRead(long version, Contents contents, SortedSet<String> people) implements Event {}

    /** A read of the version without a lock. */
    record FreeRead(long version, long from, long to) implements Event {}

    /** What people added, as it was before the faults. */
    record PeopleAdded(SortedSet<String> people) implements Event {}

    /** A fault was injected; {@code where} is empty or the step. */
    record Injected(String environment, String where, Fault fault) implements Event {}

    /** The faults have stopped, and the graph equals the registry; or it does not within the time that it has. */
    record Recovered(long nanos, SortedSet<String> missing, SortedSet<String> leftOver) implements Event {}

    /** What was left at the very end. */
    record Ended(int messages, SortedSet<String> locksHeld, SortedSet<String> missing, SortedSet<String> leftOver)
            implements Event {}
}
