package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.neo4j.driver.Record;

/**
 * Which of a snapshot's namespaces this scope may write.
 *
 * <p>The first writer has a namespace; a deployment of the account that owns the namespace takes it over from one of
 * another account; two of one account never take it from each other.
 *
 * @param ours with what is stored of each; empty where its node was just made
 * @param heldByOthers the namespaces that another scope has
 * @param gone the ARNs of this scope's namespaces that are in the snapshot no more, with their names
 */
record NamespaceOwnership(
        Map<Namespace, Map<String, Object>> ours, List<Namespace> heldByOthers, Map<String, String> gone) {
    /** Locks the namespaces of a snapshot, makes those that are missing, and decides. */
    static NamespaceOwnership claim(Cypher cypher, Registry registry, Scope scope, String updateId) {
        List<Namespace> namespaces = registry.namespaces().stream()
                .sorted(Comparator.comparing(Namespace::arn))
                .toList();
        List<String> arns = namespaces.stream().map(Namespace::arn).toList();
        cypher.runForAll(Statement.LOCK_NAMESPACES, "arns", arns, Map.of("update_id", updateId));
        Map<String, Map<String, Object>> stored = new TreeMap<>();
        for (Record row : cypher.read(Statement.READ_NAMESPACES, Map.of("arns", arns, "scope", scope.value()))) {
            stored.put(row.get("arn").asString(), row.get("properties").asMap());
        }

        Map<Namespace, Map<String, Object>> ours = new TreeMap<>(Comparator.comparing(Namespace::arn));
        List<Namespace> heldByOthers = new ArrayList<>();
        for (Namespace namespace : namespaces) {
            Map<String, Object> properties = stored.getOrDefault(namespace.arn(), Map.of());
            if (mayWrite(namespace, properties.get("scope"), scope)) {
                ours.put(namespace, properties);
            } else {
                heldByOthers.add(namespace);
            }
        }
        return new NamespaceOwnership(ours, List.copyOf(heldByOthers), gone(stored, registry, arns, scope));
    }

    private static boolean mayWrite(
            Namespace namespace, @org.jspecify.annotations.Nullable Object holder, Scope scope) {
        if (!(holder instanceof String other) || other.isBlank() || other.equals(scope.value())) {
            return true;
        }
        boolean ownersDeployment = scope.account().equals(namespace.owner());
        boolean holderIsOwnersToo = other.startsWith(namespace.owner() + ":");
        return ownersDeployment && !holderIsOwnersToo;
    }

    private static Map<String, String> gone(
            Map<String, Map<String, Object>> stored, Registry registry, List<String> arns, Scope scope) {
        Set<String> kept = new HashSet<>(arns);
        registry.denied().stream().map(DeniedNamespace::arn).forEach(kept::add);
        Map<String, String> gone = new TreeMap<>();
        stored.forEach((arn, properties) -> {
            if (scope.value().equals(properties.get("scope")) && !kept.contains(arn)) {
                gone.put(arn, String.valueOf(properties.getOrDefault("name", "")));
            }
        });
        return gone;
    }
}
