package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.util.Map;

/**
 * The content that a scope's part of the graph was made equal to, as its {@code SyncState} names it: a later snapshot
 * of the same content need not be read.
 */
final class AppliedContent {
    private AppliedContent() {}

    /**
     * Names a content. The version is in it, so that what another release wrote since, which does not know this
     * property, tells; and that of the mapping, since another release may write something else for the same content.
     *
     * @param digest that of the snapshot's content
     */
    static String name(long version, String digest) {
        return ServiceDigest.MAPPING_VERSION + " " + version + " " + digest;
    }

    /**
     * Tells whether a scope's services, by their ARNs, name none of another scope: what is there decides about such.
     */
    static boolean decidesAlone(Map<String, ServiceState> services) {
        return services.values().stream()
                .map(ServiceState::dependencies)
                .allMatch(dependencies -> dependencies.resolved().stream()
                                .allMatch(dependency -> services.containsKey(dependency.target()))
                        && dependencies.unresolved().stream().noneMatch(DependencyResolver::isArn));
    }

    /**
     * Notes that a snapshot is applied, if its content is what the graph holds, and nothing of that was deleted since.
     *
     * @return the state that says so
     * @throws NotApplied if the snapshot is not newer than the graph, or has to be read
     */
    static SyncState reapply(Cypher cypher, String digest, SyncStateNode node) {
        SnapshotHeader header = node.header();
        String scope = header.scope().value();
        SyncState state = SyncState.lockAndRead(cypher, scope, node.updateId());
        state.requireOlderThan(header.version());
        if (header.orders().fullSync()
                || state.fullSyncDue()
                || !state.content().equals(name(state.version(), digest))
                || Damage.of(Damage.count(cypher, scope).get(), state).found()) {
            throw new NotApplied(new NotApplied.Reason.ToBeRead());
        }
        node.write(cypher, node.propertiesOfTheSame(state, name(header.version(), digest)));
        return state;
    }
}
