package io.github.cloudmapgraph.local.show;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/** Reads a scope's part of the graph. */
public final class Graph {
    private final Driver driver;
    private final String scope;

    /** Creates the reader of one scope. */
    public Graph(Driver driver, String scope) {
        this.driver = driver;
        this.scope = scope;
    }

    /**
     * One service with what hangs on it.
     *
     * @param instances with {@code name}, {@code health}, {@code kind} and all properties
     * @param dependencies with {@code namespace}, {@code name}, {@code arn} and {@code sources}
     */
    public record Service(
            String arn,
            String namespace,
            String name,
            List<Map<String, Object>> instances,
            List<Map<String, Object>> dependencies,
            List<String> unresolved) {}

    /** One line of the change log. */
    public record Change(String kind, String label, String name) {}

    /** Returns all services, by namespace and name. */
    public List<Service> services() {
        return read("services", Map.of("scope", scope)).stream()
                .map(row -> new Service(
                        row.get("arn").asString(),
                        row.get("namespace").asString(),
                        row.get("name").asString(),
                        row.get("instances").asList(Value::asMap),
                        row.get("dependencies").asList(Value::asMap),
                        row.get("unresolved").asList(Value::asString)))
                .toList();
    }

    /** Returns the properties of {@code SyncState}; empty before the first update. */
    public Optional<Map<String, Object>> syncState() {
        return read("sync-state", Map.of("scope", scope)).stream()
                .map(row -> row.get("state").asMap())
                .filter(state -> state.containsKey("version"))
                .findFirst();
    }

    /** Returns the first changes of an update, at most {@code most}. */
    public List<Change> changes(long version, int most) {
        return read("changes", Map.of("scope", scope, "version", version, "most", most)).stream()
                .map(row -> new Change(
                        row.get("kind").asString(),
                        row.get("label").asString(),
                        row.get("name").asString("")))
                .toList();
    }

    private List<Record> read(String statement, Map<String, Object> parameters) {
        return driver.executableQuery(load(statement))
                .withParameters(parameters)
                .execute()
                .records();
    }

    private static String load(String statement) {
        try (InputStream in = Graph.class.getResourceAsStream(statement + ".cypher")) {
            if (in == null) {
                throw new IllegalStateException("the statement " + statement + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
