package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.consumer.graph.ChangeLog.Kind;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;

/** Collects the rows to write for some services and their instances, in the order of their keys, and writes them. */
final class ServiceWrites {
    private final Scope scope;
    private final String updateId;
    private final boolean fullSync;
    private final ChangeLog changes;
    private final Set<String> escapedNames;

    /** By their ARNs, each with those of its instances that are to be created. */
    private final Map<String, Map<String, Object>> servicesToCreate = new LinkedHashMap<>();

    private final List<Map<String, Object>> servicesToUpdate = new ArrayList<>();
    private final List<Map<String, Object>> servicesToPlace = new ArrayList<>();
    private final List<Map<String, Object>> instancesToCreate = new ArrayList<>();
    private final List<Map<String, Object>> instancesToUpdate = new ArrayList<>();
    private final List<Map<String, Object>> instancesToRegister = new ArrayList<>();
    private final List<String> instancesToDelete = new ArrayList<>();

    ServiceWrites(Scope scope, String updateId, boolean fullSync, ChangeLog changes, Set<String> escapedNames) {
        this.scope = scope;
        this.updateId = updateId;
        this.fullSync = fullSync;
        this.changes = changes;
        this.escapedNames = escapedNames;
    }

    void create(ServiceState service) {
        Map<String, Object> properties = ServiceNode.properties(service, escapedNames);
        properties.put("update_id", updateId);
        Map<String, Object> row = row("namespace_arn", service.namespace().arn(), properties);
        row.put("instances", List.of());
        servicesToCreate.put(service.arn(), row);
        changes.add(Kind.ADDED, "Service", service.arn(), service.service().name());
    }

    void update(ServiceState service, Map<String, Object> stored, boolean inNamespace, boolean dependenciesDiffer) {
        var difference = Difference.between(stored, ServiceNode.properties(service, escapedNames), ServiceNode.OWNED);
        boolean changed = difference.visible() || dependenciesDiffer || !inNamespace;
        if (changed) {
            // A node without a scope is a leftover, or somebody's own, under this key.
            changes.add(
                    stored.containsKey("scope") ? Kind.CHANGED : Kind.ADDED,
                    "Service",
                    service.arn(),
                    service.service().name());
        }
        if (changed || fullSync) {
            servicesToUpdate.add(row("arn", service.arn(), difference.stamped(updateId)));
        } else if (!difference.none()) {
            servicesToUpdate.add(row("arn", service.arn(), difference.set()));
        }
        if (!inNamespace) {
            place(service);
        }
    }

    private void place(ServiceState service) {
        servicesToPlace.add(Map.of(
                "arn", service.arn(), "namespace_arn", service.namespace().arn()));
    }

    void instances(ServiceState service, Map<String, Record> stored) {
        Map<String, Record> left = new TreeMap<>(stored);
        List<Map<String, Object>> created = new ArrayList<>();
        Map<String, Instance> wanted = new TreeMap<>();
        service.service().instances().forEach(instance -> wanted.put(instance.id(), instance));
        for (Instance instance : wanted.values()) {
            Map<String, Object> properties = InstanceNode.properties(service.arn(), instance, scope, escapedNames);
            String key = InstanceNode.key(service.arn(), instance);
            Record existing = left.remove(key);
            if (existing == null) {
                properties.put("update_id", updateId);
                created.add(properties);
                changes.add(Kind.ADDED, "Instance", key, instance.id());
            } else {
                update(service, instance, key, properties, existing);
            }
        }
        if (!created.isEmpty()) {
            Map<String, Object> instances = rowOf(created);
            Map<String, Object> createdService = servicesToCreate.get(service.arn());
            if (createdService == null) {
                instances.put("arn", service.arn());
                instancesToCreate.add(instances);
            } else {
                createdService.putAll(instances);
            }
        }
        left.forEach(this::deleteOurs);
    }

    /**
     * A row with what the new instances have in common once: it need not be sent, decoded and held for each of them.
     */
    private static Map<String, Object> rowOf(List<Map<String, Object>> created) {
        Map<String, Object> common = new HashMap<>(created.getFirst());
        created.forEach(properties -> common.entrySet().retainAll(properties.entrySet()));
        created.forEach(properties -> properties.keySet().removeAll(common.keySet()));
        Map<String, Object> row = new HashMap<>();
        row.put("common", common);
        row.put("instances", created);
        return row;
    }

    private void update(
            ServiceState service, Instance instance, String key, Map<String, Object> wanted, Record existing) {
        Map<String, Object> stored = existing.get("properties").asMap();
        var difference = Difference.between(stored, wanted, InstanceNode.OWNED);
        boolean registered = existing.get("registered").asBoolean();
        boolean changed = !difference.none() || !registered;
        if (changed) {
            changes.add(stored.containsKey("scope") ? Kind.CHANGED : Kind.ADDED, "Instance", key, instance.id());
        }
        if (changed || fullSync) {
            instancesToUpdate.add(row("key", key, difference.stamped(updateId)));
        }
        if (!registered) {
            instancesToRegister.add(Map.of("key", key, "arn", service.arn()));
        }
    }

    /** A node without a scope was never written by a sync: it stays. */
    private void deleteOurs(String key, Record stored) {
        Map<String, Object> properties = stored.get("properties").asMap();
        if (properties.containsKey("scope")) {
            instancesToDelete.add(key);
            changes.add(Kind.REMOVED, "Instance", key, String.valueOf(properties.getOrDefault("name", "")));
        }
    }

    private static Map<String, Object> row(String keyName, String key, Map<String, ? extends @Nullable Object> set) {
        Map<String, Object> row = new HashMap<>();
        row.put(keyName, key);
        row.put("set", set);
        return row;
    }

    /** Nothing may be added any more. */
    void run(Cypher cypher) {
        cypher.runForAll(Statement.CREATE_SERVICES, "rows", servicesToCreate.values());
        cypher.runForAll(Statement.UPDATE_SERVICES, "rows", servicesToUpdate);
        cypher.runForAll(Statement.PLACE_SERVICES, "rows", servicesToPlace);
        cypher.runForAll(Statement.DELETE_INSTANCES, "keys", instancesToDelete);
        cypher.runForAll(Statement.CREATE_INSTANCES, "rows", instancesToCreate);
        cypher.runForAll(Statement.UPDATE_INSTANCES, "rows", instancesToUpdate);
        cypher.runForAll(Statement.REGISTER_INSTANCES, "rows", instancesToRegister);
    }
}
