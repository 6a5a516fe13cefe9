package io.github.cloudmapgraph.local.explorer;

import io.github.cloudmapgraph.local.flow.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.neo4j.driver.Record;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Relationship;

/**
 * A question of {@code docs/queries}, asked without the explorer: what its page has to say.
 *
 * @param text the whole file; its comments are Cypher's
 */
record Question(String text) {
    private static final Pattern END = Pattern.compile(";\\s*$");

    static Question named(String name) {
        try {
            return new Question(Files.readString(Path.of("..", "docs", "queries", name + ".cypher")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Record> ask(Map<String, String> values) {
        Map<String, Object> parameters = new HashMap<>(values);
        parameters.put("hours", Long.parseLong(values.getOrDefault("hours", "1")));
        return TestServers.run(END.matcher(text).replaceFirst(""), parameters);
    }

    /** The ARNs of the services that rows hold, or that have an instance that rows hold. */
    static Set<String> services(List<Record> rows) {
        Set<String> arns = new HashSet<>();
        rows.forEach(row -> row.values().forEach(value -> collect(value.asObject(), arns)));
        return arns;
    }

    private static void collect(Object value, Set<String> arns) {
        switch (value) {
            case null -> {}
            case Node node
            when node.hasLabel("Service") -> arns.add(node.get("arn").asString());
            case Node node
            when node.hasLabel("Instance") ->
                arns.add(TestServers.run(
                                "MATCH (:Instance {key: $key})-[:REGISTERED]->(s:Service) RETURN s.arn",
                                Map.of("key", node.get("key").asString()))
                        .getFirst()
                        .get(0)
                        .asString());
            case org.neo4j.driver.types.Path path -> path.nodes().forEach(node -> collect(node, arns));
            case List<?> list -> list.forEach(each -> collect(each, arns));
            default -> {}
        }
    }

    /** Whether rows have a column without any node or relationship: it is listed. */
    static boolean hasColumnsToList(List<Record> rows) {
        return !rows.isEmpty()
                && rows.getFirst().keys().stream()
                        .anyMatch(column -> rows.stream()
                                .noneMatch(row -> isDrawn(row.get(column).asObject())));
    }

    private static boolean isDrawn(Object value) {
        return switch (value) {
            case null -> false;
            case Node _, Relationship _, org.neo4j.driver.types.Path _ -> true;
            case List<?> list -> list.stream().anyMatch(Question::isDrawn);
            default -> false;
        };
    }
}
