package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neo4j.driver.Record;

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

    /** Tells whether services, all of a scope's, name none of another scope: what is there decides about such. */
    static boolean decidesAlone(List<ServiceState> services) {
        Set<String> arns = new HashSet<>();
        services.forEach(service -> arns.add(service.arn()));
        return services.stream()
                .map(ServiceState::dependencies)
                .allMatch(dependencies ->
                        dependencies.resolved().stream().allMatch(dependency -> arns.contains(dependency.target()))
                                && dependencies.unresolved().stream().noneMatch(DependencyResolver::isArn));
    }

    /**
     * Notes that a snapshot is applied, if its content is what the graph holds, and nothing of that was deleted since.
     *
     * @throws NotApplied if the snapshot is not newer than the graph, or has to be read
     */
    static void reapply(Cypher cypher, String digest, SyncStateNode node) {
        SnapshotHeader header = node.header();
        String scope = header.scope().value();
        SyncState state = SyncState.lockAndRead(cypher, scope, node.updateId());
        state.requireOlderThan(header.version());
        if (header.orders().fullSync()
                || state.fullSyncDue()
                || !state.content().equals(name(state.version(), digest))
                || isDamaged(cypher, scope, state)) {
            throw new NotApplied(new NotApplied.Reason.ToBeRead());
        }
        cypher.run(
                Statement.WRITE_SYNC_STATE,
                Map.of("scope", scope, "properties", node.propertiesOfTheSame(state, name(header.version(), digest))));
    }

    private static boolean isDamaged(Cypher cypher, String scope, SyncState state) {
        Record found =
                cypher.read(Statement.FIND_DAMAGE, Map.of("scope", scope)).getFirst();
        return found.get("services").asLong() != state.number("services")
                || found.get("complete").asLong() != state.number("services")
                || found.get("namespaces").asLong() != state.number("namespaces")
                || found.get("dependencies_differ").asBoolean()
                || found.get("unregistered").asBoolean();
    }
}
