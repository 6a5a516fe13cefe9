package io.github.cloudmapgraph.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.show.Overview;
import io.github.cloudmapgraph.local.walkthrough.AwsCommand;
import io.github.cloudmapgraph.local.walkthrough.DocumentWalk;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Block;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Fenced;
import io.github.cloudmapgraph.local.walkthrough.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.GraphDatabase;

/**
 * Holds the documents against the running system.
 *
 * <p>In order, because the walkthrough looks at the log of changes, and starting the system for each costs more than it
 * tells.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocumentsIT {
    private static final PrintStream NO_LOG =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private static LocalStack stack;
    private static CloudMapServer cloudMap;

    private final TreeSet<String> operations = new TreeSet<>();

    @BeforeAll
    static void start() throws IOException {
        var options = new LocalOptions();
        // Any free ports.
        options.once = true;
        stack = LocalStack.start(options, Source.embedded(), NO_LOG, () -> {});
        cloudMap = stack.cloudMap().orElseThrow();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    @Order(1)
    void walkthrough_showsWhatHappens_whenItsCommandsAreRun() throws Exception {
        cloudMap.load(RegistryFile.example());
        stack.read(Map.of());
        try (var aws = new AwsCommand(cloudMap.endpoint());
                var driver = GraphDatabase.driver(
                        stack.servers().neo4j().bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD))) {
            var shell = new Shell(words -> run(aws, words));
            new DocumentWalk(shell, driver).walk(blocks("walkthrough.md"));
            assertThat(shell.variables())
                    .containsEntry("AWS_ENDPOINT_URL", "http://127.0.0.1:" + LocalOptions.PORT_BASE);
        }
        assertThat(operations)
                .contains(
                        "create-http-namespace",
                        "create-service",
                        "register-instance",
                        "discover-instances",
                        "tag-resource",
                        "update-instance-custom-health-status",
                        "deregister-instance",
                        "delete-service",
                        "delete-namespace");
    }

    private String run(AwsCommand aws, List<String> words) throws IOException, InterruptedException {
        if (words.equals(List.of("./run-local"))) {
            // Runs already, in this JVM.
            return "";
        }
        operations.add(words.get(2));
        return aws.run(words);
    }

    @Test
    @Order(2)
    void registryFile_givesTheOverviewThatItsPageShows_whenItIsLoaded() throws Exception {
        cloudMap.load(RegistryFile.parse("shop.json", block("json")));
        Object version = stack.read(Map.of("allowMassDeletion", true)).get("version");
        long giveUp = System.nanoTime() + 60_000_000_000L;
        while (!Objects.equals(stack.graph().syncState().orElse(Map.of()).get("version"), version)
                && System.nanoTime() < giveUp) {
            Thread.sleep(50);
        }
        assertThat(new Overview(stack.graph()).table()).isEqualTo(block("text"));
    }

    @Test
    @Order(3)
    void registryFile_isRefusedAsItsPageSays_whenItIsWrong() throws IOException {
        List<String> messages = blocks("registry-file.md").stream()
                .filter(Fenced.class::isInstance)
                .map(Fenced.class::cast)
                .filter(block -> block.text().startsWith("run-local: "))
                .flatMap(block -> block.text().lines())
                .map(line -> line.substring("run-local: ".length()))
                .toList();
        String unknownKey = block("json").replaceFirst("\"name\": \"web\",", "\"name\": \"web\", \"port\": 80,");
        assertThatThrownBy(() -> cloudMap.load(RegistryFile.parse("shop.json", unknownKey)))
                .hasMessage(messages.get(0));
        assertThatThrownBy(() ->
                        RegistryFile.parse("shop.json", "{\n  \"namespaces\": [\n    {\"name\": \"shop\",\n    }]}"))
                .hasMessage(messages.get(1));
        assertThat(messages).hasSize(2);
    }

    private static String block(String language) throws IOException {
        return blocks("registry-file.md").stream()
                .filter(block ->
                        block instanceof Fenced fenced && fenced.language().equals(language))
                .map(block -> ((Fenced) block).text())
                .findFirst()
                .orElseThrow();
    }

    private static List<Block> blocks(String document) throws IOException {
        return MarkdownBlocks.of(Files.readString(Path.of("..", "docs", document)));
    }
}
