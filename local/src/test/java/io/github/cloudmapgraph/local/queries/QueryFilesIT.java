package io.github.cloudmapgraph.local.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.local.flow.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.summary.QueryType;

/** Each file has the form that the explorer reads, and none can change anything. */
class QueryFilesIT {
    /** The kinds of parameters that the explorer knows how to ask for. */
    private static final List<String> KINDS = List.of("service", "from", "to", "namespace", "tag", "hours");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static Stream<QueryFile> files() {
        return QueryFile.all().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_hasTheFormThatIsRead_always(QueryFile file) throws IOException {
        List<String> lines = Files.readAllLines(QueryFile.FOLDER.resolve(file.name() + ".cypher"));
        assertThat(file.name()).matches("\\d\\d-[a-z-]+");
        assertThat(lines.getFirst()).matches("// [A-Z].*\\?");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(KINDS).containsAll(file.parameters().keySet());
        assertThat(file.statement().chars().filter(c -> c == ';')).hasSize(1);
        assertThat(file.statement()).endsWith(";");
        assertThat(Pattern.compile("(?<=\\$)\\w+")
                        .matcher(file.statement())
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .as("what is used is what is declared")
                .containsExactlyInAnyOrderElementsOf(file.parameters().keySet());
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_readsOnly_inEachVersionOfCypher(QueryFile file) {
        for (String version : List.of("CYPHER 5 ", "CYPHER 25 ")) {
            try (var session = TestServers.DRIVER.session(SessionConfig.builder()
                    .withDefaultAccessMode(AccessMode.READ)
                    .build())) {
                var summary = session.run(version + "EXPLAIN " + file.withoutSemicolon(), parameters(file))
                        .consume();
                assertThat(summary.queryType()).isEqualTo(QueryType.READ_ONLY);
                // 01N00 to 01N09: what a later version of Neo4j will not know.
                assertThat(summary.gqlStatusObjects())
                        .noneMatch(status -> status.gqlStatus().startsWith("01N0"));
            }
            Answers.of(version + file.withoutSemicolon(), parameters(file), TIMEOUT);
        }
    }

    @Test
    void index_listsEachQuestion_inTheMenusOrder() throws IOException {
        assertThat(Files.readAllLines(QueryFile.FOLDER.resolve("README.md")).stream()
                        .filter(line -> line.startsWith("- ")))
                .containsExactlyElementsOf(QueryFile.all().stream()
                        .map(file -> "- [%s](%s.cypher)".formatted(file.question(), file.name()))
                        .toList());
    }

    @Test
    void session_refusesAWrite_becauseItMayOnlyRead() {
        assertThatThrownBy(() -> Answers.of("CREATE (n:Written)", Map.of(), TIMEOUT))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("read access mode");
    }

    private static Map<String, Object> parameters(QueryFile file) {
        Map<String, Object> all =
                Map.of("service", "a", "from", "a", "to", "b", "namespace", "n", "tag", "owner", "hours", 1.0);
        assertThat(all.keySet()).containsAll(file.parameters().keySet());
        return all;
    }
}
