package io.github.cloudmapgraph.local.show;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.show.Graph.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the graph holds: as a table for people, as one JSON document for programs. */
public final class Overview {
    private static final List<String> COUNTS =
            List.of("namespaces", "services", "instances", "dependencies", "unresolved_dependencies");

    private final Map<String, Object> state;
    private final List<Service> services;

    /** Reads it from the graph. */
    public Overview(Graph graph) {
        state = graph.syncState().orElse(Map.of());
        services = graph.services();
    }

    /** Returns the table: a line a service. */
    public String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAMESPACE", "SERVICE", "INSTANCES", "HEALTH", "DEPENDS ON"));
        for (Service service : services) {
            rows.add(List.of(
                    service.namespace(),
                    service.name(),
                    Integer.toString(service.instances().size()),
                    health(service),
                    dependencies(service)));
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String health(Service service) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Map<String, Object> instance : service.instances()) {
            counts.merge(String.valueOf(instance.get("health")), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " "
                        + count.getKey().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static String dependencies(Service service) {
        List<String> targets = new ArrayList<>();
        for (Map<String, Object> dependency : service.dependencies()) {
            String name = String.valueOf(dependency.get("name"));
            targets.add(
                    service.namespace().equals(dependency.get("namespace"))
                            ? name
                            : dependency.get("namespace") + "/" + name);
        }
        service.unresolved().forEach(target -> targets.add(target + " (not there)"));
        return String.join(" ", targets);
    }

    /** Returns one line with the graph's counts. */
    public String counts() {
        return COUNTS.stream()
                .map(count ->
                        state.getOrDefault(count, 0L) + " " + count.replace("unresolved_dependencies", "unresolved"))
                .collect(Collectors.joining(", "));
    }

    /** Returns the JSON document. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", state.getOrDefault("version", 0L));
        document.put("update_id", state.getOrDefault("update_id", ""));
        document.put("scope", state.getOrDefault("scope", ""));
        document.put("captured_at", state.getOrDefault("captured_at", ""));
        Map<String, Object> counts = new LinkedHashMap<>();
        COUNTS.forEach(count -> counts.put(count, state.getOrDefault(count, 0L)));
        document.put("counts", counts);
        document.put("services", services.stream().map(Overview::service).toList());
        document.put(
                "instances",
                services.stream()
                        .flatMap(service -> service.instances().stream().map(instance -> instance(service, instance)))
                        .toList());
        document.put(
                "dependencies",
                services.stream()
                        .flatMap(service -> service.dependencies().stream()
                                .map(dependency -> Map.of(
                                        "from",
                                        service.namespace() + "/" + service.name(),
                                        "to",
                                        dependency.get("namespace") + "/" + dependency.get("name"),
                                        "sources",
                                        dependency.getOrDefault("sources", List.of()))))
                        .map(Overview::inOrder)
                        .toList());
        document.put(
                "unresolved",
                services.stream()
                        .flatMap(service -> service.unresolved().stream()
                                .map(target -> inOrder(
                                        Map.of("from", service.namespace() + "/" + service.name(), "to", target))))
                        .toList());
        return Json.write(document);
    }

    private static Map<String, Object> service(Service service) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("namespace", service.namespace());
        fields.put("name", service.name());
        fields.put("arn", service.arn());
        fields.put("instances", service.instances().size());
        return fields;
    }

    private static Map<String, Object> instance(Service service, Map<String, Object> instance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("service", service.namespace() + "/" + service.name());
        fields.put("id", String.valueOf(instance.get("name")));
        fields.put("health", String.valueOf(instance.get("health")));
        fields.put("kind", String.valueOf(instance.get("kind")));
        if (instance.get("properties") instanceof Map<?, ?> properties) {
            fields.put("properties", inOrder(properties));
        }
        return fields;
    }

    private static Map<String, Object> inOrder(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value == null ? "" : value));
        return sorted;
    }
}
