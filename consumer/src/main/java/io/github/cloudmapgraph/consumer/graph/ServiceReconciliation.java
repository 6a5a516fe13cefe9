package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.consumer.graph.ChangeLog.Kind;
import io.github.cloudmapgraph.snapshot.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.neo4j.driver.Record;

/**
 * Makes services, their instances and their dependencies as they should be: reads what is stored, writes what differs.
 */
final class ServiceReconciliation {
    /**
     * What is compared at a time: bounds the memory, whatever the size of the snapshot, and lets Neo4j begin to write
     * while the next are prepared.
     */
    private static final int INSTANCES_AT_A_TIME = 2_500;

    private static final int SERVICES_AT_A_TIME = 1_000;

    private final Cypher cypher;
    private final Scope scope;
    private final String updateId;
    private final boolean graphIsEmpty;
    private final boolean fullSync;
    private final ChangeLog changes;
    private final Set<String> escapedNames = new TreeSet<>();

    /** Written last, when all services are there. */
    private final List<Map<String, Object>> dependenciesToDelete = new ArrayList<>();

    private final List<Map<String, Object>> dependenciesToWrite = new ArrayList<>();

    /**
     * Starts with no service.
     *
     * @param graphIsEmpty nothing was there before this update, not even leftovers under its keys: nothing is read
     */
    ServiceReconciliation(
            Cypher cypher, Scope scope, String updateId, boolean graphIsEmpty, boolean fullSync, ChangeLog changes) {
        this.cypher = cypher;
        this.scope = scope;
        this.updateId = updateId;
        this.graphIsEmpty = graphIsEmpty;
        this.fullSync = fullSync;
        this.changes = changes;
    }

    /** The names of attributes and tags that had to be escaped. */
    Set<String> escapedNames() {
        return escapedNames;
    }

    /** Reconciles services, which are in the order of their ARNs. */
    void reconcile(List<ServiceState> services) {
        List<ServiceState> part = new ArrayList<>();
        int instances = 0;
        for (ServiceState service : services) {
            part.add(service);
            instances += service.service().instances().size();
            if (instances >= INSTANCES_AT_A_TIME || part.size() >= SERVICES_AT_A_TIME) {
                reconcilePart(part);
                part = new ArrayList<>();
                instances = 0;
            }
        }
        if (!part.isEmpty()) {
            reconcilePart(part);
        }
    }

    private void reconcilePart(List<ServiceState> part) {
        List<String> arns = part.stream().map(ServiceState::arn).toList();
        Map<String, Record> storedServices = new TreeMap<>();
        Map<String, Map<String, Record>> storedInstances = new TreeMap<>();
        if (!graphIsEmpty) {
            var services = cypher.readLater(Statement.READ_SERVICES_IN_FULL, Map.of("arns", arns));
            var instances = cypher.readLater(Statement.READ_INSTANCES, Map.of("arns", arns));
            services.get().forEach(row -> storedServices.put(row.get("arn").asString(), row));
            instances
                    .get()
                    .forEach(row -> storedInstances
                            .computeIfAbsent(row.get("arn").asString(), arn -> new TreeMap<>())
                            .put(row.get("key").asString(), row));
        }

        var writes = new ServiceWrites(scope, updateId, fullSync, changes, escapedNames);
        for (ServiceState service : part) {
            Record stored = storedServices.get(service.arn());
            Collection<Dependency> storedDependencies = stored == null ? List.of() : dependencies(stored);
            boolean dependenciesDiffer = compareDependencies(service, storedDependencies);
            if (stored == null) {
                writes.create(service);
            } else {
                writes.update(
                        service,
                        stored.get("properties").asMap(),
                        stored.get("in_namespace").asBoolean(),
                        dependenciesDiffer);
            }
            writes.instances(service, storedInstances.getOrDefault(service.arn(), Map.of()));
        }
        writes.run(cypher);
    }

    private static List<Dependency> dependencies(Record stored) {
        return stored.get("dependencies")
                .asList(row -> new Dependency(
                        row.get("target").asString(), row.get("sources").asList(source -> source.asString(""))));
    }

    /** Notes what has to be deleted and written; one relationship a pair. */
    private boolean compareDependencies(ServiceState service, Collection<Dependency> stored) {
        List<Dependency> wanted = service.dependencies().resolved();
        Set<Dependency> right = new HashSet<>();
        Set<String> wrongTargets = new TreeSet<>();
        for (Dependency dependency : stored) {
            if (!wanted.contains(dependency) || !right.add(dependency)) {
                wrongTargets.add(dependency.target());
            }
        }
        wrongTargets.forEach(target -> dependenciesToDelete.add(Map.of("arn", service.arn(), "target", target)));
        boolean differ = !wrongTargets.isEmpty();
        for (Dependency dependency : wanted) {
            if (!right.contains(dependency) || wrongTargets.contains(dependency.target())) {
                differ = true;
                dependenciesToWrite.add(
                        Map.of("arn", service.arn(), "target", dependency.target(), "sources", dependency.sources()));
            }
        }
        return differ;
    }

    /** Writes the dependencies of everything that was reconciled. */
    void writeDependencies() {
        cypher.runForAll(Statement.DELETE_DEPENDENCIES, "rows", dependenciesToDelete);
        cypher.runForAll(Statement.WRITE_DEPENDENCIES, "rows", dependenciesToWrite);
    }

    /**
     * Deletes the instances of this scope whose service is not in the graph: only somebody's hand leaves such. A full
     * sync looks at all of them, another update at those that are tied to no service.
     */
    void deleteStrayInstances(Set<String> wantedServices) {
        Statement keys = fullSync ? Statement.READ_INSTANCE_KEYS : Statement.READ_UNREGISTERED_KEYS;
        List<String> strays = cypher.read(keys, Map.of("scope", scope.value())).stream()
                .map(row -> row.get("key").asString(""))
                .filter(key -> !wantedServices.contains(InstanceNode.serviceArn(key)))
                .sorted()
                .toList();
        strays.forEach(key -> changes.add(Kind.REMOVED, "Instance", key, key.substring(key.lastIndexOf('/') + 1)));
        cypher.runForAll(Statement.DELETE_INSTANCES, "keys", strays);
    }
}
