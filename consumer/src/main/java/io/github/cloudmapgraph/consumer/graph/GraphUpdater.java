package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;

/**
 * Makes a scope's part of the graph equal to a snapshot. Safe for use by several threads and several processes at once.
 */
public final class GraphUpdater {
    /** A version is a time in milliseconds; one beyond this was drawn from a clock that was wrong. */
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

    private final Driver driver;
    private final SessionConfig session;
    private final Transactions transactions;
    private final GraphOptions options;
    private final InstantSource clock;
    private final Log log;
    private volatile boolean schemaIsThere;

    /**
     * Creates an updater.
     *
     * @param database the database's name; empty for the user's home database
     */
    public GraphUpdater(Driver driver, String database, GraphOptions options, InstantSource clock, Log log) {
        this.driver = driver;
        this.session = Schema.session(database);
        this.transactions = new Transactions(
                driver,
                session,
                TransactionConfig.builder()
                        .withTimeout(options.transactionTimeout())
                        .build(),
                log);
        this.options = options;
        this.clock = clock;
        this.log = log;
    }

    /** Makes the graph equal to a snapshot that no message carried. */
    public UpdateOutcome update(Snapshot snapshot, String updateId, Instant latestStart) {
        return update(DigestedSnapshot.of(snapshot, ""), updateId, latestStart);
    }

    /**
     * Makes the graph equal to a snapshot, unless it holds that version or a newer one, or the snapshot would delete so
     * much that it has to be confirmed first.
     *
     * @param updateId the SQS message id of the snapshot
     * @param latestStart after this no attempt is begun any more; one may last as long as the transaction timeout
     * @throws TooLateException if Neo4j refused every attempt until then; the graph is as it was
     * @throws org.neo4j.driver.exceptions.Neo4jException if Neo4j cannot be reached, refuses, or does not end in time;
     *     the graph is then as it was, or equal to the snapshot
     */
    public UpdateOutcome update(DigestedSnapshot digested, String updateId, Instant latestStart) {
        SnapshotHeader header = digested.snapshot().header();
        createSchema();
        try {
            GraphUpdate.Result result = inTransaction(
                    latestStart, cypher -> new GraphUpdate(cypher, digested, updateId, clock.instant(), options).run());
            result.report(log(header, updateId));
            return new UpdateOutcome.Applied(header.version(), result.changes());
        } catch (NotApplied e) {
            return notApplied(e.reason(), header, updateId, latestStart).orElseThrow();
        }
    }

    /**
     * Tells from what a message says of a snapshot whether the graph is equal to it already, and notes that it is
     * applied then: nobody has to fetch it. That takes as long as the scope has services and dependencies, whatever
     * their instances.
     *
     * @param contentDigest the digest of the snapshot's content
     * @return what came of it; empty if the snapshot has to be read, and given to {@link #update(DigestedSnapshot,
     *     String, Instant)}
     * @throws TooLateException as there
     * @throws org.neo4j.driver.exceptions.Neo4jException as there
     */
    public Optional<UpdateOutcome> updateUnread(
            SnapshotHeader header, String contentDigest, String updateId, Instant latestStart) {
        createSchema();
        try {
            SyncState state = inTransaction(latestStart, cypher -> {
                var node = new SyncStateNode(header, updateId, clock.instant(), new ChangeLog());
                return AppliedContent.reapply(cypher, contentDigest, node);
            });
            if (state.number("unresolved_dependencies") > 0) {
                log(header, updateId)
                        .warn(
                                "Some dependencies still name a service that is not there, or several",
                                "dependencies",
                                state.number("unresolved_dependencies"),
                                "see",
                                "unresolved_dependencies of their services");
            }
            return Optional.of(new UpdateOutcome.Applied(header.version(), Changes.NONE));
        } catch (NotApplied e) {
            return notApplied(e.reason(), header, updateId, latestStart);
        }
    }

    private Log log(SnapshotHeader header, String updateId) {
        return log.with("version", header.version()).with("update_id", updateId);
    }

    private void createSchema() {
        if (!schemaIsThere) {
            Schema.create(driver, session);
            schemaIsThere = true;
        }
    }

    private Optional<UpdateOutcome> notApplied(
            NotApplied.Reason reason, SnapshotHeader header, String updateId, Instant latestStart) {
        return switch (reason) {
            case NotApplied.Reason.NotNewer(SyncState state) ->
                Optional.of(notNewer(header, updateId, state, latestStart));
            case NotApplied.Reason.Unconfirmed(MassDeletion deletion, int seen) ->
                Optional.of(holdBack(header, deletion, seen, latestStart));
            case NotApplied.Reason.ToBeRead() -> Optional.empty();
        };
    }

    private UpdateOutcome notNewer(SnapshotHeader header, String updateId, SyncState state, Instant latestStart) {
        if (state.version() == header.version() && state.updateId().equals(updateId)) {
            // Ours: the message came twice, or the answer to the commit was lost.
            return new UpdateOutcome.Applied(header.version(), state.changes());
        }
        if (state.version() > clock.millis() + CLOCKS_MAY_DIFFER.toMillis()) {
            log(header, updateId)
                    .warn(
                            "The graph's version is far ahead of the clock: nothing will be applied until the clock has"
                                    + " caught up, or a person sets SyncState.version to 0",
                            "scope",
                            header.scope().value(),
                            "graph_version",
                            state.version());
        }
        if (header.orders().fullSync()) {
            inTransaction(latestStart, cypher -> {
                cypher.run(
                        Statement.NOTE_FULL_SYNC_DUE,
                        Map.of("scope", header.scope().value()));
                return true;
            });
        }
        return new UpdateOutcome.Overtaken(state.version());
    }

    private UpdateOutcome holdBack(SnapshotHeader header, MassDeletion deletion, int seen, Instant latestStart) {
        String scope = header.scope().value();
        inTransaction(latestStart, cypher -> {
            cypher.run(Statement.LOCK_SYNC_STATE, Map.of("scope", scope, "update_id", ""));
            cypher.run(
                    Statement.HOLD_BACK,
                    Map.of(
                            "scope",
                            scope,
                            "version",
                            header.version(),
                            "held_back",
                            SyncStateNode.heldBack(deletion, seen, header, clock.instant())));
            cypher.run(Statement.UNLOCK_SYNC_STATE, Map.of("scope", scope));
            return true;
        });
        return new UpdateOutcome.HeldBack(
                deletion.gone().size(), deletion.ofServices(), seen, options.massDeletionConfirmations());
    }

    /**
     * Does what updates do, and rolls it back: no node and no relationship of it stays, and nobody else sees them.
     * Needs the schema that the first update makes.
     *
     * @param snapshots of one scope, for which nothing else is done meanwhile; applied one after the other
     * @throws TooLateException as {@link #update(DigestedSnapshot, String, Instant)}
     * @throws org.neo4j.driver.exceptions.Neo4jException as there, and where the schema is not there yet
     */
    public void rehearse(List<DigestedSnapshot> snapshots, Instant latestStart) {
        try {
            inTransaction(latestStart, cypher -> {
                for (DigestedSnapshot snapshot : snapshots) {
                    new GraphUpdate(cypher, snapshot, "rehearsal", clock.instant(), options).run();
                }
                throw new RolledBack();
            });
        } catch (RolledBack e) {
            // As it has to be.
        }
    }

    /** Ends a transaction whose work was done. */
    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private <T> T inTransaction(Instant latestStart, Function<Cypher, T> work) {
        return transactions.write(cypher -> {
            // For each attempt.
            if (clock.instant().isAfter(latestStart)) {
                throw new TooLateException();
            }
            return work.apply(cypher);
        });
    }
}
