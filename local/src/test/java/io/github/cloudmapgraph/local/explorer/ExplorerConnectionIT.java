package io.github.cloudmapgraph.local.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.flow.CuttableTcp;
import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import io.github.cloudmapgraph.local.servers.ExplorerServer;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.QueryConfig;

/** How the page comes to its database, and what it does without one. */
class ExplorerConnectionIT {
    private static final String PAGE = "/io/github/cloudmapgraph/explorer/index.html";

    @TempDir
    Path folder;

    private Flow flow;

    @BeforeEach
    void start() throws IOException {
        TestServers.clearGraph();
        flow = new Flow(FlowOptions.standard().withoutEvents());
    }

    @AfterEach
    void stop() {
        flow.close();
        TestServers.clearGraph();
    }

    private void loadExample() throws IOException {
        flow.loadExample();
        flow.readAndAwait();
    }

    @Test
    void page_asksForWhatItNeeds_whenItIsOpenedFromAFile() throws IOException {
        loadExample();
        try (ExplorerPage explorer = ExplorerPage.open(page())) {
            explorer.of("sign-in").waitFor();
            signIn(explorer, "not the password");
            explorer.await("a reason", () -> explorer.of("connection-error").count() == 1);
            assertThat(explorer.of("connection-error").innerText()).contains("password");
            explorer.screenshot("wrong-password");

            signIn(explorer, Neo4jServer.PASSWORD);
            explorer.awaitConnected();
            assertThat(explorer.count("services")).isEqualTo(17);
            assertThat(explorer.page().url()).doesNotContain(Neo4jServer.PASSWORD);
            assertThat(explorer.page().evaluate("""
                () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])
                """).toString()).doesNotContain(Neo4jServer.PASSWORD);
            assertThat(explorer.page().locator("#explorer").innerHTML()).doesNotContain(Neo4jServer.PASSWORD);

            explorer.page().reload();
            explorer.of("sign-in").waitFor();
            assertThat(explorer.of("sign-in").locator("[name=uri]").inputValue())
                    .as("the address may stay")
                    .isEqualTo(TestServers.neo4j().toString());
            assertThat(explorer.of("sign-in").locator("[name=password]").inputValue())
                    .isEmpty();
            explorer.screenshot("sign-in");
        }
    }

    /** The address of the page as a file. */
    private String page() throws IOException {
        Path file = folder.resolve("index.html");
        try (InputStream page = Objects.requireNonNull(getClass().getResourceAsStream(PAGE), PAGE)) {
            Files.copy(page, file);
        }
        return file.toUri().toString();
    }

    private static void signIn(ExplorerPage explorer, String password) {
        signIn(explorer, TestServers.neo4j(), Neo4jServer.USER, password);
    }

    private static void signIn(ExplorerPage explorer, URI address, String user, String password) {
        var form = explorer.of("sign-in");
        form.locator("[name=uri]").fill(address.toString());
        form.locator("[name=username]").fill(user);
        form.locator("[name=password]").fill(password);
        form.locator("[name=database]").fill(Neo4jServer.DATABASE);
        form.locator("[type=submit]").click();
    }

    @Test
    void page_saysSoAndComesBack_whenTheDatabaseIsGoneForAWhile() throws IOException {
        loadExample();
        try (var way = new CuttableTcp(TestServers.neo4j());
                var server = ExplorerServer.start(0, way.bolt());
                ExplorerPage explorer = ExplorerPage.connected(server.address().toString())) {
            explorer.expectProblems();
            way.cut();
            explorer.await("a warning", () -> explorer.of("warnings").count() == 1);
            assertThat(explorer.of("warnings").innerText()).contains("database");
            assertThat(explorer.drawn().nodes("service"))
                    .as("what was read stays")
                    .hasSize(17);
            explorer.screenshot("database-gone");

            flow.load(
                    "{\"namespaces\": [{\"name\": \"other\", \"type\": \"HTTP\", \"services\": [{\"name\": \"s\"}]}]}");
            flow.deployment.read(java.util.Map.of("allowMassDeletion", true));
            way.mend();
            explorer.await("no warning", () -> explorer.of("warnings").count() == 0);
            explorer.await("what changed meanwhile", () -> explorer.count("services") == 1);
        }
    }

    @Test
    void page_asksForThePassword_whenItWasChanged() throws IOException {
        loadExample();
        administer("CREATE USER explorer SET PASSWORD 'first password' CHANGE NOT REQUIRED");
        try (var way = new CuttableTcp(TestServers.neo4j());
                ExplorerPage explorer = ExplorerPage.open(page() + "#server=" + way.bolt())) {
            explorer.expectProblems();
            assertThat(explorer.of("linked-address").innerText()).contains("came with the link");
            signIn(explorer, way.bolt(), "explorer", "first password");
            explorer.awaitConnected();

            administer("ALTER USER explorer SET PASSWORD 'second password' CHANGE NOT REQUIRED");
            // Neo4j asks for a password when a connection is made.
            way.cut();
            explorer.await("a warning", () -> explorer.of("warnings").count() == 1);
            way.mend();
            explorer.await("the sign-in", () -> explorer.of("connection-error").count() == 1);
            assertThat(explorer.of("connection-error").innerText()).contains("password");
            assertThat(explorer.of("linked-address").count())
                    .as("the person's own address")
                    .isZero();
            explorer.screenshot("changed-password");

            signIn(explorer, way.bolt(), "explorer", "second password");
            explorer.awaitConnected();
            assertThat(explorer.count("services")).isEqualTo(17);
        } finally {
            administer("DROP USER explorer");
        }
    }

    private static void administer(String command) {
        TestServers.DRIVER
                .executableQuery(command)
                .withConfig(QueryConfig.builder().withDatabase("system").build())
                .execute();
    }

    @Test
    void page_filters_whenPeopleGaveInstancesLists() throws IOException {
        loadExample();
        TestServers.run("MATCH (i:Instance) SET i.people = ['a', 'b']");
        long services = TestServers.count("MATCH (s:Service)<-[:REGISTERED]-() RETURN count(DISTINCT s)");
        try (var server = ExplorerServer.start(0, TestServers.neo4j())) {
            try (ExplorerPage explorer = ExplorerPage.connected(server.address() + "#where=people")) {
                assertThat(explorer.count("shown-services")).isEqualTo((int) services);
            }
            try (ExplorerPage explorer = ExplorerPage.open(server.address() + "#where=people=a")) {
                explorer.await(
                        "the filter",
                        () -> explorer.of("counts").count() == 1 && explorer.count("shown-services") == 0);
                assertThat(explorer.page().innerText("body"))
                        .doesNotContain("Asking the database")
                        .doesNotContain("could not be asked");
            }
        }
    }

    @Test
    void page_saysSoAndFollows_whenTheGraphIsEmpty() throws IOException {
        try (var server = ExplorerServer.start(0, TestServers.neo4j());
                ExplorerPage explorer = ExplorerPage.open(server.address().toString())) {
            explorer.await("a word", () -> explorer.of("empty").count() == 1);
            assertThat(explorer.attribute("freshness", "data-state")).isEqualTo("unknown");
            explorer.screenshot("empty");
            loadExample();
            explorer.await("the example", () -> explorer.of("empty").count() == 0);
            explorer.await(
                    "its services", () -> explorer.drawn().nodes("service").size() == 17);
        }
    }

    @Test
    void page_warns_whenTheGraphIsStale() throws IOException {
        loadExample();
        TestServers.run("MATCH (s:SyncState) SET s.captured_at = s.captured_at - duration('PT2H')");
        try (var server = ExplorerServer.start(0, TestServers.neo4j());
                ExplorerPage explorer = ExplorerPage.connected(server.address().toString())) {
            assertThat(explorer.attribute("freshness", "data-state")).isEqualTo("stale");
            assertThat(explorer.of("warnings").innerText()).contains("2 h ago");
            explorer.screenshot("stale");
        }
    }
}
