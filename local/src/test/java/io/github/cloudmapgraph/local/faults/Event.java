package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.local.flow.Contents;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** What was seen from outside the functions. Times are {@link System#nanoTime}, versions and leases milliseconds. */
sealed interface Event {
    /**
     * A snapshot is about to be sent: from here on it may be in the queue.
     *
     * @param keys of the services and instances that are in it
     */
    record Offered(long version, Contents contents, Set<String> keys) implements Event {}

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
     * @param environment whose it is
     * @param now the claimant's clock
     * @param from when the request went out
     * @param to when the answer was there
     */
    record LeaseTaken(String environment, String lock, String owner, long now, long until, long from, long to)
            implements Event {}

    /** A lease is about to be given back. */
    record LeaseReleased(String lock, String owner) implements Event {}

    /** A producer got the right to read the registry; whoever had it before has lost it. */
    record ReadTaken(String environment, String owner) implements Event {}

    /** The right to read was given back, or is about to be. */
    record ReadGivenBack(String owner) implements Event {}

    /** Whether a lease was taken, or given back, its holder does not know: no answer came. */
    record LeaseUncertain(String lock, String owner) implements Event {}

    /**
     * A lease was refused for another holder's sake.
     *
     * @param now the claimant's clock
     * @param asked when the claimant looked at it
     */
    record LeaseRefused(String lock, String holder, long now, long until, long asked) implements Event {}

    /** An execution environment is dead: it changes nothing any more. */
    record Died(String environment, long at) implements Event {}

    /** An invocation is over, however it ended. */
    record InvocationEnded(String environment) implements Event {}

    /** The registry was changed. */
    record Edited() implements Event {}

    /**
     * Somebody marked a service or an instance; {@code SyncState} was locked.
     *
     * @param version what the graph held then
     * @param shows what a reader sees of it from then on
     */
    record Marked(String key, String mark, long version, String shows) implements Event {}

    /** All leases were forgotten. */
    record LockTableEmptied(long from, long to) implements Event {}

    /**
     * A read of the whole scope with {@code SyncState} locked.
     *
     * @param marks what people's marks show, by the service's or instance's key; and their own nodes by the mark
     */
    record LockedRead(long version, Contents contents, SortedSet<String> people, Map<String, String> marks)
            implements Event {}

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
            implements Event {
        boolean isNothing() {
            return messages == 0 && locksHeld.isEmpty() && graphIsEqual();
        }

        boolean graphIsEqual() {
            return missing.isEmpty() && leftOver.isEmpty();
        }
    }
}
