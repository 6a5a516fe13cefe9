package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.lease.ReadRequests;
import io.github.cloudmapgraph.lease.ReadRequests.Next;
import io.github.cloudmapgraph.lease.ReadRequests.ReadLease;
import io.github.cloudmapgraph.lease.ReadRequests.Turn;
import io.github.cloudmapgraph.lease.UpdateLease;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.log.Metric;
import io.github.cloudmapgraph.producer.read.CloudMap;
import io.github.cloudmapgraph.producer.read.Deadline;
import io.github.cloudmapgraph.producer.read.Reading;
import io.github.cloudmapgraph.producer.read.RecentChange;
import io.github.cloudmapgraph.producer.read.Warnings;
import io.github.cloudmapgraph.producer.trigger.Trigger;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One invocation that asks for a snapshot: it reads, or is covered by a reader that runs already. */
final class SnapshotRun {
    /** A version beyond this was drawn from a clock that is wrong, here or earlier. */
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

    /** Kept free at the end of an invocation, to write, send and give the lease back. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Scope scope;
    private final String account;
    private final Invocation invocation;
    private final CloudMap cloudMap;
    private final ReadRequests requests;
    private final UpdateLease updates;
    private final SnapshotQueue queue;
    private final Duration pendingOperation;
    private final InstantSource clock;
    private final Log log;
    private final Warnings warnings;

    SnapshotRun(
            Scope scope,
            String account,
            Invocation invocation,
            CloudMap cloudMap,
            ReadRequests requests,
            UpdateLease updates,
            SnapshotQueue queue,
            Duration pendingOperation,
            InstantSource clock,
            Log log) {
        this.scope = scope;
        this.account = account;
        this.invocation = invocation;
        this.cloudMap = cloudMap;
        this.requests = requests;
        this.updates = updates;
        this.queue = queue;
        this.pendingOperation = pendingOperation;
        this.clock = clock;
        this.log = log;
        this.warnings = new Warnings(log);
    }

    Map<String, Object> produce(Trigger trigger) {
        waitForPendingOperation(trigger);
        return switch (requests.request(invocation.id(), trigger.orders(), invocation.remaining())) {
            case Turn.Read(ReadLease lease) -> {
                tellGraphAge();
                yield readUntilAllAreCovered(lease, trigger);
            }
            case Turn.Covered covered -> Answers.covered(scope, covered, warnings.texts());
            case Turn.ComeAgain(Instant until) ->
                throw new IllegalStateException("an earlier attempt of this invocation failed, and another reader works"
                        + " until " + until + " at most: this attempt fails so that it is made once more after that");
        };
    }

    /**
     * Tells how old is what the graph shows. Before the read, so that it is known also where no read succeeds any more;
     * and by the producer, so that it is known also where the consumer does not run.
     */
    private void tellGraphAge() {
        try {
            updates.graphCapturedAt()
                    .ifPresent(capturedAt -> log.with(
                                    List.of(Metric.seconds("GraphAge", Duration.between(capturedAt, clock.instant()))))
                            .info("the graph's age", "graph_captured_at", capturedAt));
        } catch (RuntimeException e) {
            // No metric is worth a read, whatever it is that failed.
            warnings.add("the graph's age is not known, for the lock table cannot be read (the function's role needs"
                    + " dynamodb:GetItem on it): " + FailureText.of(e));
        }
    }

    private void waitForPendingOperation(Trigger trigger) {
        if (pendingOperation.isPositive()
                && trigger instanceof Trigger.CloudMapChange change
                && change.operationId().isPresent()) {
            Deadline deadline = Deadline.in(pendingOperation, System::nanoTime);
            cloudMap.awaitOperation(change.operationId().get(), deadline, warnings);
        }
    }

    private Map<String, Object> readUntilAllAreCovered(ReadLease first, Trigger trigger) {
        ReadLease lease = first;
        Optional<Instant> changedAt = trigger.changedAt();
        for (int reads = 1; ; reads++) {
            long started = System.nanoTime();
            Answers.Sent sent = readAndSend(lease, recentChange(lease, trigger), changedAt);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            log.with(sent.metrics(took)).info("snapshot sent", sent.logFields(took));
            switch (requests.complete(lease, invocation.remaining())) {
                case Next.Done() -> {
                    return Answers.sent("snapshot sent", scope, sent, reads, took, warnings.texts());
                }
                case Next.TakenOver() -> {
                    return Answers.sent(
                            "snapshot sent; the lease ran out meanwhile and another reader took over",
                            scope,
                            sent,
                            reads,
                            took,
                            warnings.texts());
                }
                case Next.ReadAgain(ReadLease next) -> {
                    if (!isTimeLeftForAnother(took)) {
                        requests.handOver(next);
                        return Answers.sent(
                                "snapshot sent; more changes came meanwhile than there was time for: the next event, or"
                                        + " the schedule, reads them",
                                scope,
                                sent,
                                reads,
                                took,
                                warnings.texts());
                    }
                    lease = next;
                    changedAt = Optional.empty();
                }
            }
        }
    }

    /** Reads everything and sends it, or gives the lease back and fails: never a smaller snapshot. */
    private Answers.Sent readAndSend(ReadLease lease, RecentChange change, Optional<Instant> changedAt) {
        warnOfVersionAheadOfClock(lease.version());
        try {
            Instant capturedAt = clock.instant();
            Reading reading = cloudMap.read(account, change, readDeadline(), warnings);
            var header = new SnapshotHeader(scope, lease.version(), capturedAt, changedAt, lease.orders());
            SnapshotQueue.Sent message = queue.send(new Snapshot(header, reading.registry()));
            return new Answers.Sent(header, reading, message);
        } catch (RuntimeException | Error e) {
            abandon(lease, e);
            throw e;
        }
    }

    private Deadline readDeadline() {
        Duration remaining = invocation.remaining();
        Duration tenth = remaining.dividedBy(10);
        return Deadline.in(remaining.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN), System::nanoTime);
    }

    /**
     * Another read takes about as long as the last one: half as much again has to be left. Where changes never pause,
     * this is how each invocation ends, and no failure.
     */
    private boolean isTimeLeftForAnother(Duration lastRead) {
        return invocation.remaining().compareTo(lastRead.multipliedBy(3).dividedBy(2)) >= 0;
    }

    private void abandon(ReadLease lease, Throwable failure) {
        try {
            requests.abandon(lease);
        } catch (RuntimeException e) {
            // The lease then runs out by itself.
            failure.addSuppressed(e);
        }
    }

    private void warnOfVersionAheadOfClock(long version) {
        Duration ahead = Duration.between(clock.instant(), Instant.ofEpochMilli(version));
        if (ahead.compareTo(CLOCKS_MAY_DIFFER) > 0) {
            warnings.add("version " + version + " is " + ahead.toMinutes() + " minutes ahead of the clock: a clock was"
                    + " wrong when an earlier version was drawn; versions count up by one until it is caught up with");
        }
    }

    /** Of other requests it is not known what they are about, only that they came just now. */
    private static RecentChange recentChange(ReadLease lease, Trigger trigger) {
        if (lease.coversOthers()) {
            return new RecentChange.Anywhere();
        }
        return switch (trigger) {
            case Trigger.CloudMapChange change ->
                change.service().<RecentChange>map(RecentChange.OfService::new).orElseGet(RecentChange.None::new);
            // It names no service of Cloud Map, and a task that replaced another leaves the number of instances.
            case Trigger.EcsTaskChange _ -> new RecentChange.Anywhere();
            case Trigger.Schedule _, Trigger.Manual _, Trigger.Check _, Trigger.NoChange _ -> new RecentChange.None();
        };
    }
}
