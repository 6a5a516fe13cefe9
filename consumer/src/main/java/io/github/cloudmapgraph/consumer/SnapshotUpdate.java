package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.consumer.graph.DigestedSnapshot;
import io.github.cloudmapgraph.consumer.graph.UpdateOutcome;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jConnection;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jFailure;
import io.github.cloudmapgraph.consumer.neo4j.Use;
import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.lease.LeaseLock;
import io.github.cloudmapgraph.lease.LeaseLock.Acquisition;
import io.github.cloudmapgraph.lease.LeaseLock.Lease;
import io.github.cloudmapgraph.lease.LeaseLock.Report;
import io.github.cloudmapgraph.lease.UpdateLease;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.Envelope;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** One update of the graph: take the scope's lock, read the snapshot, update, release the lock. */
final class SnapshotUpdate {
    /**
     * A message whose update failed so often is put aside, after one to three hours. Failures are counted in the lock's
     * item: a message is received many times for other reasons, as while somebody else updates the scope.
     */
    private static final int MOST_FAILURES = 20;

    /** What an invocation needs beside the transaction: to connect before it, to tell the queue after it. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** Two transactions were in each other's way; a moment later they are not. */
    private static final Duration BUSY = Duration.ofSeconds(3);

    private final LeaseLock lock;
    private final SnapshotReader snapshots;
    private final Neo4jConnection neo4j;
    private final DeadLetterQueue deadLetters;
    private final Duration lease;
    private final Duration transactionTimeout;
    private final InstantSource clock;
    private final Log log;

    SnapshotUpdate(
            LeaseLock lock,
            SnapshotReader snapshots,
            Neo4jConnection neo4j,
            DeadLetterQueue deadLetters,
            ConsumerSettings settings,
            InstantSource clock,
            Log log) {
        this.lock = lock;
        this.snapshots = snapshots;
        this.neo4j = neo4j;
        this.deadLetters = deadLetters;
        this.lease = settings.lease();
        this.transactionTimeout = settings.graph().transactionTimeout();
        this.clock = clock;
        this.log = log;
    }

    /**
     * Tries to make the graph equal to a snapshot.
     *
     * @param timeLeft until Lambda ends this invocation
     */
    Attempt apply(Waiting waiting, Duration timeLeft) {
        if (timeLeft.compareTo(transactionTimeout.plus(MARGIN)) < 0) {
            return blocked("too little time is left: " + timeLeft.toSeconds() + " s, and an update may take "
                    + transactionTimeout.plus(MARGIN).toSeconds()
                    + " s (TRANSACTION_TIMEOUT_SECONDS and " + MARGIN.toSeconds() + " s more)");
        }
        // A lease that outlives this invocation would keep others waiting for nobody.
        Duration length = timeLeft.compareTo(lease) < 0 ? timeLeft : lease;
        try {
            return switch (lock.tryAcquire(
                    UpdateLease.name(waiting.envelope().header().scope()), length)) {
                case Acquisition.Held held ->
                    new Attempt.Blocked(new Obstacle.Contention(
                            "somebody else updates this scope until " + held.until() + " at the latest", held.until()));
                case Acquisition.Acquired acquired -> applyAndRelease(waiting, acquired.lease());
            };
        } catch (SdkException e) {
            return blocked("the lock table cannot be used: " + FailureText.of(e));
        }
    }

    private Attempt applyAndRelease(Waiting waiting, Lease acquired) {
        Map<String, Integer> failures = new HashMap<>(acquired.failures());
        Optional<Instant> graphCapturedAt = Optional.empty();
        try {
            Attempt attempt = attempt(waiting, acquired.until().minus(transactionTimeout));
            return switch (attempt) {
                case Attempt.Refused(Verdict.Stays(Obstacle.Failure failure)) ->
                    new Attempt.Refused(count(failure, waiting.message(), failures));
                case Attempt.Settled settled -> {
                    // What failed before is overtaken, or gets as many attempts again.
                    failures.clear();
                    graphCapturedAt = capturedAtIfInGraph(waiting, settled);
                    yield attempt;
                }
                case Attempt.Refused _, Attempt.Blocked _ -> attempt;
            };
        } finally {
            release(acquired, new Report(failures, graphCapturedAt));
        }
    }

    /** It is in the graph too where an earlier attempt put it there, and whose answer was lost. */
    private static Optional<Instant> capturedAtIfInGraph(Waiting waiting, Attempt.Settled settled) {
        return settled.graphVersion() == waiting.version()
                ? Optional.of(waiting.envelope().header().capturedAt())
                : Optional.empty();
    }

    private Verdict count(Obstacle.Failure failure, QueueMessage message, Map<String, Integer> failures) {
        int times = failures.merge(message.id(), 1, Integer::sum);
        if (times < MOST_FAILURES) {
            return new Verdict.Stays(failure);
        }
        Verdict verdict = deadLetters.take(message, "it failed " + times + " times, at last: " + failure.reason());
        if (verdict instanceof Verdict.Ended) {
            failures.remove(message.id());
        }
        return verdict;
    }

    private Attempt attempt(Waiting waiting, Instant latestStart) {
        try {
            return applyWaiting(waiting, latestStart);
        } catch (RuntimeException e) {
            return failed(waiting, FailureText.withType(e), e);
        } catch (OutOfMemoryError e) {
            // What filled the memory was this snapshot, and is garbage by now: the rest of the batch can go on.
            return failed(waiting, outOfMemory(waiting), e);
        }
    }

    private static String outOfMemory(Waiting waiting) {
        return "it does not fit into memory: content_bytes is "
                + waiting.envelope().contentBytes() + ", and the heap "
                + Runtime.getRuntime().maxMemory() + " bytes; give the function more memory";
    }

    private void release(Lease acquired, Report report) {
        try {
            lock.release(acquired, report);
        } catch (SdkException e) {
            log.error("the lock is not released; it runs out", e, "lock", acquired.name(), "until", acquired.until());
        }
    }

    private Attempt applyWaiting(Waiting waiting, Instant latestStart) {
        // The id of the message that carries the snapshot now, also where it came back from the dead-letter queue: its
        // log lines are found by it, and the nodes of an earlier, failed attempt were never written.
        String updateId = waiting.message().id();
        return applyUnread(waiting, updateId, latestStart)
                .orElseGet(() -> readAndApply(waiting, updateId, latestStart));
    }

    /** What is stored need not be fetched where nothing changed; to read what is in the message takes no longer. */
    private Optional<Attempt> applyUnread(Waiting waiting, String updateId, Instant latestStart) {
        Envelope envelope = waiting.envelope();
        if (!(envelope.content() instanceof Envelope.Content.Stored)) {
            return Optional.empty();
        }
        return switch (neo4j.use(
                graph -> graph.updater().updateUnread(envelope.header(), envelope.digest(), updateId, latestStart))) {
            case Use.Done<Optional<UpdateOutcome>>(Optional<UpdateOutcome> outcome) ->
                outcome.map(SnapshotUpdate::attempt);
            case Use.Failed<Optional<UpdateOutcome>>(Neo4jFailure failure) -> Optional.of(failed(waiting, failure));
        };
    }

    private Attempt readAndApply(Waiting waiting, String updateId, Instant latestStart) {
        Envelope envelope = waiting.envelope();
        DigestedSnapshot snapshot;
        try {
            snapshot = DigestedSnapshot.of(snapshots.read(envelope), envelope.digest());
        } catch (UnreadableMessageException e) {
            return new Attempt.Refused(deadLetters.take(waiting.message(), String.valueOf(e.getMessage())));
        } catch (SdkException | UncheckedIOException e) {
            // Only what is stored needs the bucket: an older snapshot may be in its message.
            return new Attempt.Refused(
                    new Verdict.Stays(new Obstacle.Outage("the bucket cannot be read: " + FailureText.of(e))));
        }
        return switch (neo4j.use(graph -> graph.updater().update(snapshot, updateId, latestStart))) {
            case Use.Done<UpdateOutcome>(UpdateOutcome outcome) -> attempt(outcome);
            case Use.Failed<UpdateOutcome>(Neo4jFailure failure) -> failed(waiting, failure);
        };
    }

    private static Attempt attempt(UpdateOutcome outcome) {
        return switch (outcome) {
            case UpdateOutcome.Applied applied ->
                new Attempt.Settled(new Outcome.Applied(applied.changes()), applied.version());
            case UpdateOutcome.Overtaken overtaken ->
                new Attempt.Settled(new Outcome.Overtaken(overtaken.byVersion()), overtaken.byVersion());
            case UpdateOutcome.HeldBack held ->
                new Attempt.Refused(new Verdict.Ended(
                        new Outcome.HeldBack(held.services(), held.ofServices(), held.seen(), held.needed())));
        };
    }

    private Attempt failed(Waiting waiting, Neo4jFailure failure) {
        return switch (failure) {
            case Neo4jFailure.NotFilledIn open -> new Attempt.Blocked(new Obstacle.NotFilledIn(open.reason()));
            case Neo4jFailure.AccessUnknown unknown -> blocked(unknown.reason());
            case Neo4jFailure.Unreachable unreachable -> blocked("Neo4j cannot be reached: " + unreachable.reason());
            case Neo4jFailure.CredentialsRefused refused ->
                blocked("Neo4j refuses the credentials: " + refused.reason());
            case Neo4jFailure.Unusable unusable -> blocked("Neo4j cannot be used: " + unusable.reason());
            case Neo4jFailure.Busy busy ->
                new Attempt.Blocked(new Obstacle.Contention(
                        "another transaction was in the way: " + busy.reason(),
                        clock.instant().plus(BUSY)));
            case Neo4jFailure.Unexpected(String reason, RuntimeException cause) -> failed(waiting, reason, cause);
        };
    }

    private static Attempt blocked(String reason) {
        return new Attempt.Blocked(new Obstacle.Outage(reason));
    }

    private Attempt failed(Waiting waiting, String reason, Throwable cause) {
        QueueMessage message = waiting.message();
        log.error(
                "an update failed", cause, "update_id", message.id(), "receives", message.receives(), "reason", reason);
        return new Attempt.Refused(new Verdict.Stays(new Obstacle.Failure(reason)));
    }
}
