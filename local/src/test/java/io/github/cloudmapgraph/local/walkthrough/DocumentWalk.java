package io.github.cloudmapgraph.local.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Block;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Fenced;
import io.github.cloudmapgraph.local.walkthrough.MarkdownBlocks.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.TypeSystem;

/**
 * Does what a document says, in its order, and compares every output with the one that it shows: the {@code json} or
 * {@code text} block after a command, the table after a query.
 */
public final class DocumentWalk {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Cloud Map and the graph follow a change a moment later, on a busy machine some moments. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What differs from run to run: the ids of operations, namespaces and services. */
    private static final Pattern DRAWN = Pattern.compile("[a-z2-7]{32}-[a-z2-7]{8}|(?<=\\b(?:ns|srv)-)[a-z2-7]{16}");

    private final Shell shell;
    private final Driver driver;

    /** Creates a walk with a shell for the commands and a graph for the queries. */
    public DocumentWalk(Shell shell, Driver driver) {
        this.shell = shell;
        this.driver = driver;
    }

    /** Walks through all blocks; one that it cannot make sense of is an error. */
    public void walk(List<Block> blocks) throws Exception {
        int at = 0;
        while (at < blocks.size()) {
            if (!(blocks.get(at) instanceof Fenced block)) {
                throw new AssertionError("Line " + blocks.get(at).line() + ": there is no query before this table");
            }
            Block next = at + 1 < blocks.size() ? blocks.get(at + 1) : block;
            switch (block.language()) {
                case "sh" -> {
                    boolean shown = next instanceof Fenced output
                            && List.of("json", "text").contains(output.language());
                    run(block, shown ? ((Fenced) next).text() : "");
                    at += shown ? 2 : 1;
                }
                case "cypher" -> {
                    assertThat(next)
                            .as("what follows the query in line " + block.line())
                            .isInstanceOf(Table.class);
                    check(block, ((Table) next).rows(), true, () -> query(block.text()));
                    at += 2;
                }
                default -> throw new AssertionError("Line " + block.line() + ": there is no command before this block");
            }
        }
    }

    private void run(Fenced block, String expected) throws Exception {
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

    private List<List<String>> query(String statement) {
        var result = driver.executableQuery(statement).execute();
        List<List<String>> rows = new ArrayList<>();
        rows.add(result.keys());
        result.records()
                .forEach(row ->
                        rows.add(row.values().stream().map(DocumentWalk::shown).toList()));
        return rows;
    }

    /** As Neo4j Browser shows it, but a text stands without its quotes. */
    private static String shown(Value value) {
        return value.hasType(TypeSystem.getDefault().STRING()) ? value.asString() : value.toString();
    }
}
