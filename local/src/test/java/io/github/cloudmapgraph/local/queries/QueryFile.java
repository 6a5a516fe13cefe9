package io.github.cloudmapgraph.local.queries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of {@code docs/queries}.
 *
 * @param parameters what each parameter is, by name
 * @param defaults the literals of those that have one
 * @param statement without comments, ended by a semicolon
 */
record QueryFile(
        String name, String question, Map<String, String> parameters, Map<String, String> defaults, String statement) {
    static final Path FOLDER = Path.of("..", "docs", "queries");

    private static final Pattern PARAMETER = Pattern.compile("// \\$(\\w+): (.*?)(?: \\(default: (.+)\\))?");

    static List<QueryFile> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".cypher"))
                    .sorted()
                    .map(QueryFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static QueryFile named(String name) {
        return read(FOLDER.resolve(name + ".cypher"));
    }

    private static QueryFile read(Path file) {
        try {
            return parse(file.getFileName().toString().replace(".cypher", ""), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static QueryFile parse(String name, List<String> lines) {
        Map<String, String> parameters = new TreeMap<>();
        Map<String, String> defaults = new TreeMap<>();
        for (String line : lines) {
            Matcher parameter = PARAMETER.matcher(line);
            if (parameter.matches()) {
                parameters.put(parameter.group(1), parameter.group(2));
                if (parameter.group(3) != null) {
                    defaults.put(parameter.group(1), parameter.group(3));
                }
            }
        }
        String statement = String.join(
                "\n",
                lines.stream().filter(line -> !line.strip().startsWith("//")).toList());
        return new QueryFile(name, lines.getFirst().replaceFirst("^// ", ""), parameters, defaults, statement.strip());
    }

    /** As people paste it, and as drivers take it. */
    String withoutSemicolon() {
        return statement.substring(0, statement.length() - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}
