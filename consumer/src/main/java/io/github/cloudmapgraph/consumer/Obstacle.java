package io.github.cloudmapgraph.consumer;

import java.time.Instant;

/** Why a message stays in the queue; it decides how long until it is tried again. */
sealed interface Obstacle {
    /** Tells why, on one line. */
    String reason();

    /** Somebody else updates the scope, until {@code until} at the latest. */
    record Contention(String reason, Instant until) implements Obstacle {}

    /** Nobody has filled in Neo4j's secret yet: a deployment that is not finished, and nothing that broke. */
    record NotFilledIn(String reason) implements Obstacle {}

    /** Something that every update needs is not there: Neo4j, its secret, the lock table, the bucket. */
    record Outage(String reason) implements Obstacle {}

    /** The work failed, and nothing tells that it would pass later. */
    record Failure(String reason) implements Obstacle {}

    /** It can never be applied and cannot be put aside: only the queue's own redrive can. */
    record Redrive(String reason) implements Obstacle {}
}
