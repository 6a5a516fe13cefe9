package io.github.cloudmapgraph.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.walkthrough.AwsCommand;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Block;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Fenced;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Table;
import io.github.cloudmapgraph.local.walkthrough.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Value;

/** Does what docs/walkthrough.md says, in its order, and compares every output with the one that it shows. */
class WalkthroughIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Cloud Map and the graph follow a change a moment later, on a busy machine some moments. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What differs from run to run: the ids of operations, namespaces and services. */
    private static final Pattern DRAWN = Pattern.compile("[a-z2-7]{32}-[a-z2-7]{8}|(?<=\\b(?:ns|srv)-)[a-z2-7]{16}");

    private final TreeSet<String> operations = new TreeSet<>();

    @Test
    void walkthrough_showsWhatHappens_whenItsCommandsAreRun() throws Exception {
        var options = new LocalOptions();
        // Any free ports.
        options.once = true;
        try (var log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
                var stack = LocalStack.start(options, Source.embedded(), log, () -> {});
                var aws = new AwsCommand(stack.cloudMap().orElseThrow().endpoint());
                var driver = GraphDatabase.driver(
                        stack.servers().neo4j().bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD))) {
            stack.cloudMap().orElseThrow().load(RegistryFile.example());
            stack.read(Map.of());
            var shell = new Shell(words -> run(aws, words));
            walk(MarkdownBlocks.of(Files.readString(Path.of("..", "docs", "walkthrough.md"))), shell, driver);
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

    private static void walk(List<Block> blocks, Shell shell, Driver driver) throws Exception {
        for (int at = 0; at < blocks.size(); at++) {
            if (!(blocks.get(at) instanceof Fenced block)) {
                throw new AssertionError("Line " + blocks.get(at).line() + ": no query is before this table");
            }
            Block next = at + 1 < blocks.size() ? blocks.get(at + 1) : block;
            switch (block.language()) {
                case "sh" -> {
                    boolean output = next instanceof Fenced shown
                            && List.of("json", "text").contains(shown.language());
                    String expected = output ? ((Fenced) next).text() : "";
                    runScript(block, expected, shell);
                    at += output ? 1 : 0;
                }
                case "cypher" -> {
                    assertThat(next)
                            .as("what follows the query in line " + block.line())
                            .isInstanceOf(Table.class);
                    check(block, ((Table) next).rows(), true, () -> query(driver, block.text()));
                    at++;
                }
                default -> throw new AssertionError("Line " + block.line() + ": no command is before this block");
            }
        }
    }

    private static void runScript(Fenced block, String expected, Shell shell) throws Exception {
        List<String> commands = Shell.commands(block.text());
        for (String command : commands.subList(0, commands.size() - 1)) {
            assertThat(shell.run(command)).as("output of " + command).isEmpty();
        }
        String last = commands.getLast();
        boolean reads = last.matches("aws servicediscovery (get|list|discover)-.*");
        check(block, comparable(expected), reads, () -> comparable(shell.run(last)));
    }

    /** Compares; what only reads may be asked again until it shows what is expected. */
    private static void check(Fenced block, Object expected, boolean again, Callable<?> actual) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        Object found = actual.call();
        while (again && !found.equals(expected) && System.nanoTime() < giveUp) {
            Thread.sleep(100);
            found = actual.call();
        }
        assertThat(found).as("line " + block.line() + ": " + block.text()).isEqualTo(expected);
    }

    private static Object comparable(String output) throws IOException {
        String fixed = DRAWN.matcher(output.strip()).replaceAll("...");
        return fixed.startsWith("{") || fixed.startsWith("[") ? JSON.readTree(fixed) : fixed;
    }

    private static List<List<String>> query(Driver driver, String statement) {
        var result = driver.executableQuery(statement).execute();
        List<List<String>> rows = new ArrayList<>();
        rows.add(result.keys());
        result.records()
                .forEach(row ->
                        rows.add(row.values().stream().map(WalkthroughIT::shown).toList()));
        return rows;
    }

    /** As Neo4j Browser shows it, but a text stands without its quotes. */
    private static String shown(Value value) {
        return value.hasType(org.neo4j.driver.types.TypeSystem.getDefault().STRING())
                ? value.asString()
                : value.toString();
    }
}
