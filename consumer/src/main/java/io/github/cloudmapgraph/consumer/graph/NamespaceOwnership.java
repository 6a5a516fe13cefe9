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
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.neo4j.driver.Record;

/**
 * Which of a snapshot's namespaces this scope may write.
 *
 * <p>The first writer has a namespace; a deployment of the account that owns the namespace takes it over from one of
 * another account; two of one account never take it from each other.
 *
 * @param ours with what is stored of each; no scope where its node was just made
 * @param heldByOthers the namespaces that another scope has
 * @param takenOver the ARNs of those of ours that another scope had until now
 * @param formerScopes the scopes that had them
 * @param gone the ARNs of this scope's namespaces that are in the snapshot no more, with their names
 * @param locked the ARNs of all of these, and of this scope's that could not be read
 * @param graphIsEmpty no service, instance or change was there when all were locked, not even another scope's, or
 *     leftovers under a snapshot's keys
 */
record NamespaceOwnership(
        Map<Namespace, Map<String, Object>> ours,
        List<Namespace> heldByOthers,
        List<String> takenOver,
        Set<String> formerScopes,
        Map<String, String> gone,
        Set<String> locked,
        boolean graphIsEmpty) {
    /** A holder that is no scope holds nothing: a person released it, or it was never written. */
    private static final Pattern ACCOUNT_FIRST = Pattern.compile("^\\d{12}:");

    /** Locks the namespaces of a snapshot and those that this scope has, makes those that are missing, and decides. */
    static NamespaceOwnership claim(
            Cypher cypher, Registry registry, Scope scope, List<String> ofThisScope, String updateId) {
        List<Namespace> namespaces = registry.namespaces().stream()
                .sorted(Comparator.comparing(Namespace::arn))
                .toList();
        List<String> arns = namespaces.stream().map(Namespace::arn).toList();
        Locked locked = lockAndRead(cypher, arns, ofThisScope, updateId);
        Map<String, Map<String, Object>> stored = locked.stored();

        Map<Namespace, Map<String, Object>> ours = new TreeMap<>(Comparator.comparing(Namespace::arn));
        List<Namespace> heldByOthers = new ArrayList<>();
        List<String> takenOver = new ArrayList<>();
        Set<String> formerScopes = new TreeSet<>();
        for (Namespace namespace : namespaces) {
            Map<String, Object> properties = stored.getOrDefault(namespace.arn(), Map.of());
            String holder = properties.get("scope") instanceof String text ? text : "";
            if (!mayWrite(namespace, holder, scope)) {
                heldByOthers.add(namespace);
                continue;
            }
            ours.put(namespace, properties);
            if (!holder.isEmpty() && !holder.equals(scope.value())) {
                takenOver.add(namespace.arn());
                formerScopes.add(holder);
            }
        }
        return new NamespaceOwnership(
                ours,
                List.copyOf(heldByOthers),
                List.copyOf(takenOver),
                formerScopes,
                gone(stored, registry, arns, scope),
                stored.keySet(),
                locked.graphIsEmpty());
    }

    /** Everything that is decided later is read under these locks: also what this scope is about to delete. */
    private static Locked lockAndRead(Cypher cypher, List<String> arns, List<String> ofThisScope, String updateId) {
        Map<String, Map<String, Object>> stored = new TreeMap<>();
        Set<String> all = new TreeSet<>(arns);
        if (all.addAll(ofThisScope)) {
            lockAndRead(cypher, Statement.LOCK_NAMESPACES, List.copyOf(all), updateId, stored);
        }
        Record row = lockAndRead(cypher, Statement.ADD_NAMESPACES, arns, updateId, stored);
        return new Locked(stored, row.get("nodes").asLong() == 0);
    }

    private static Record lockAndRead(
            Cypher cypher,
            Statement statement,
            List<String> arns,
            String updateId,
            Map<String, Map<String, Object>> stored) {
        Record row = cypher.read(statement, Map.of("arns", arns, "update_id", updateId))
                .getFirst();
        row.get("namespaces")
                .values()
                .forEach(namespace -> stored.put(namespace.get("arn").asString(), namespace.asMap()));
        return row;
    }

    private record Locked(Map<String, Map<String, Object>> stored, boolean graphIsEmpty) {}

    private static boolean mayWrite(Namespace namespace, String holder, Scope scope) {
        if (holder.equals(scope.value()) || !ACCOUNT_FIRST.matcher(holder).find()) {
            return true;
        }
        boolean ownersDeployment = scope.account().equals(namespace.owner());
        boolean holderIsOwnersToo = holder.startsWith(namespace.owner() + ":");
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
