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
 * @param ours with what is stored of each; empty where its node was just made
 * @param heldByOthers the namespaces that another scope has
 * @param takenOver the ARNs of those of ours that another scope had until now
 * @param formerScopes the scopes that had them
 * @param gone the ARNs of this scope's namespaces that are in the snapshot no more, with their names
 */
record NamespaceOwnership(
        Map<Namespace, Map<String, Object>> ours,
        List<Namespace> heldByOthers,
        List<String> takenOver,
        Set<String> formerScopes,
        Map<String, String> gone) {
    /** A holder that is no scope holds nothing: a person released it, or it was never written. */
    private static final Pattern ACCOUNT_FIRST = Pattern.compile("^\\d{12}:");

    /** Locks the namespaces of a snapshot and those that this scope has, makes those that are missing, and decides. */
    static NamespaceOwnership claim(Cypher cypher, Registry registry, Scope scope, String updateId) {
        List<Namespace> namespaces = registry.namespaces().stream()
                .sorted(Comparator.comparing(Namespace::arn))
                .toList();
        List<String> arns = namespaces.stream().map(Namespace::arn).toList();
        Map<String, Map<String, Object>> stored = lockAndRead(cypher, arns, scope, updateId);

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
                gone(stored, registry, arns, scope));
    }

    /** Everything that is decided later is read under these locks: also what this scope is about to delete. */
    private static Map<String, Map<String, Object>> lockAndRead(
            Cypher cypher, List<String> arns, Scope scope, String updateId) {
        Set<String> all = new TreeSet<>(arns);
        cypher.read(Statement.FIND_NAMESPACES, Map.of("scope", scope.value()))
                .forEach(row -> all.add(row.get("arn").asString()));
        cypher.runForAll(Statement.LOCK_NAMESPACES, "arns", all, Map.of("update_id", updateId));
        cypher.runForAll(Statement.ADD_NAMESPACES, "arns", arns, Map.of("update_id", updateId));
        Map<String, Map<String, Object>> stored = new TreeMap<>();
        for (Record row : cypher.read(Statement.READ_NAMESPACES, Map.of("arns", List.copyOf(all)))) {
            stored.put(row.get("arn").asString(), row.get("properties").asMap());
        }
        return stored;
    }

    /** The ARNs of all namespaces that are locked. */
    List<String> locked() {
        Set<String> locked = new TreeSet<>(gone.keySet());
        ours.keySet().forEach(namespace -> locked.add(namespace.arn()));
        heldByOthers.forEach(namespace -> locked.add(namespace.arn()));
        return List.copyOf(locked);
    }

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
