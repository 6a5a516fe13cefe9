package io.github.cloudmapgraph.consumer.graph;

import java.time.Duration;

/**
 * How an update behaves.
 *
 * @param transactionTimeout after which Neo4j ends the transaction
 * @param massDeletionMinServices a scope with fewer services needs no confirmation
 * @param massDeletionPercent the share of a scope's services that may be deleted without confirmation
 * @param massDeletionConfirmations how many snapshots in a row have to say the same, the first included
 */
public record GraphOptions(
        Duration transactionTimeout,
        int massDeletionMinServices,
        int massDeletionPercent,
        int massDeletionConfirmations) {}
