package io.github.cloudmapgraph.local.queries;

import io.github.cloudmapgraph.local.flow.TestServers;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Relationship;

/** Asks as the explorer asks: in a session that may only read. */
final class Answers {
    private Answers() {}

    static List<Record> of(String statement, Map<String, Object> parameters, Duration timeout) {
        try (var session = TestServers.DRIVER.session(
                SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).build())) {
            return session.run(
                            statement,
                            parameters,
                            TransactionConfig.builder().withTimeout(timeout).build())
                    .list();
        }
    }

    /** A line a row, its columns between bars. */
    static String lines(List<Record> rows) {
        return rows.stream()
                .map(row -> row.keys().stream()
                        .map(column -> text(column, row.get(column).asObject()))
                        .collect(Collectors.joining(" | ", "", "\n")))
                .collect(Collectors.joining());
    }

    /** A word for what differs from run to run. */
    private static String text(String column, Object value) {
        if (value instanceof Long && column.equals("seconds_ago")) {
            return "some seconds";
        }
        return value instanceof Long && column.equals("version") ? "the version" : text(value);
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "-";
            case Node node -> "(" + node.get("name").asString() + ")";
            case Relationship relationship -> "[" + relationship.type() + "]";
            case Path path ->
                StreamSupport.stream(path.nodes().spliterator(), false)
                        .map(Answers::text)
                        .collect(Collectors.joining("-"));
            case List<?> list -> list.stream().map(Answers::text).collect(Collectors.joining(" ", "{", "}"));
            case ZonedDateTime _ -> "some time";
            default -> value.toString();
        };
    }
}
