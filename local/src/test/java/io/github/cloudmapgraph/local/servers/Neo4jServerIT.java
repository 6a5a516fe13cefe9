package io.github.cloudmapgraph.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.exceptions.AuthenticationException;

class Neo4jServerIT {

    @TempDir
    Path data;

    @Test
    void start_whenTheDirectoryWasUsedBefore_findsTheGraphAndTheConstraint() throws IOException {
        try (var server = Neo4jServer.start(0, 0, data);
                var driver = connect(server, Neo4jServer.PASSWORD)) {
            run(driver, "CREATE CONSTRAINT service_arn FOR (s:Service) REQUIRE s.arn IS UNIQUE");
            run(driver, "MERGE (s:Service {arn: 'arn:one'}) SET s.name = 'one'");
        }
        try (var server = Neo4jServer.start(0, 0, data);
                var driver = connect(server, Neo4jServer.PASSWORD)) {
            var names = driver.executableQuery("MATCH (s:Service) RETURN s.name AS name")
                    .execute()
                    .records();
            assertThat(names)
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("name").asString()).isEqualTo("one"));
            assertThatThrownBy(() -> run(driver, "CREATE (:Service {arn: 'arn:one'})"))
                    .hasMessageContaining("already exists");
        }
    }

    @Test
    void start_whenThePasswordWasChanged_leavesItAsItIs() throws IOException {
        try (var server = Neo4jServer.start(0, 0, data);
                var driver = connect(server, Neo4jServer.PASSWORD)) {
            run(driver, "ALTER CURRENT USER SET PASSWORD FROM $old TO 'rotated-by-hand'");
        }
        try (var server = Neo4jServer.start(0, 0, data);
                var rotated = connect(server, "rotated-by-hand");
                var original = connect(server, Neo4jServer.PASSWORD)) {
            rotated.verifyConnectivity();
            assertThatThrownBy(original::verifyConnectivity).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void start_whenTheDirectoryIsInUse_saysSo() throws IOException {
        try (var server = Neo4jServer.start(0, 0, data)) {
            assertThat(server.bolt().getPort()).isPositive();
            assertThatThrownBy(() -> Neo4jServer.start(0, 0, data))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("lock");
        }
    }

    @Test
    void browser_whenOpened_servesTheProgramAndForbidsItOtherHosts() throws Exception {
        try (var server = Neo4jServer.start(0, 0);
                var client = HttpClient.newHttpClient()) {
            var page = get(client, server.browser());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>Neo4j Browser</title>");
            String script = page.body().replaceAll("(?s).*src=\"(app-[^\"]+\\.js)\".*", "$1");
            assertThat(get(client, server.browser().resolve(script)).statusCode())
                    .isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'")
                    .doesNotContain("segment")
                    .doesNotContain("googleapis")
                    .doesNotContain("https:");
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static Driver connect(Neo4jServer server, String password) {
        return GraphDatabase.driver(server.bolt(), AuthTokens.basic(Neo4jServer.USER, password));
    }

    private static void run(Driver driver, String query) {
        driver.executableQuery(query)
                .withParameters(Map.of("old", Neo4jServer.PASSWORD))
                .execute();
    }
}
