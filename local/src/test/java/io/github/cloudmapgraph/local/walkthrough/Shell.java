package io.github.cloudmapgraph.local.walkthrough;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little of a shell that the documents need: variables, exports, quotes, {@code NAME=$(command)}, and lines that go
 * on after a backslash. Anything else is refused, never passed over.
 */
public final class Shell {
    private static final Pattern CAPTURE = Pattern.compile("([A-Z_]+)=\\$\\((.*)\\)");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=(.*)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([A-Z_]+)}|([A-Z_]+))");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern PIECE = Pattern.compile("'([^']*)'|\"([^\"]*)\"|[^'\"]+");
    private static final Pattern UNKNOWN = Pattern.compile("[|;&<>`*]|\\$\\(");

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Program program;

    /** What runs the commands that are no built-in. */
    @FunctionalInterface
    public interface Program {
        /** Runs a command, and returns what it prints on standard output. */
        String run(List<String> words) throws IOException, InterruptedException;
    }

    /** Creates a shell without variables. */
    public Shell(Program program) {
        this.program = program;
    }

    /** Returns the values of the variables that were set. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** Returns a script's commands, each in one line. */
    public static List<String> commands(String script) {
        return script.replaceAll("\\\\\\n\\s*", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** Runs one command, and returns what it prints. */
    public String run(String command) throws IOException, InterruptedException {
        Matcher capture = CAPTURE.matcher(command);
        if (capture.matches()) {
            variables.put(capture.group(1), program.run(words(capture.group(2))).strip());
            return "";
        }
        List<String> words = words(command);
        if (words.getFirst().equals("export")) {
            words.stream().skip(1).forEach(this::assign);
            return "";
        }
        return program.run(words);
    }

    private void assign(String word) {
        Matcher assignment = ASSIGNMENT.matcher(word);
        if (!assignment.matches()) {
            throw new IllegalArgumentException("This is no assignment: " + word);
        }
        variables.put(assignment.group(1), assignment.group(2));
    }

    private List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            var text = new StringBuilder();
            Matcher piece = PIECE.matcher(word.group());
            while (piece.find()) {
                text.append(text(piece));
            }
            words.add(text.toString());
        }
        return words;
    }

    private String text(Matcher piece) {
        if (piece.group(1) != null) {
            return piece.group(1);
        }
        String text = piece.group(2) == null ? piece.group() : piece.group(2);
        if (piece.group(2) == null && UNKNOWN.matcher(text).find()) {
            throw new IllegalArgumentException("The test's shell does not know this: " + text);
        }
        return VARIABLE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(value(found.group(1) == null ? found.group(2) : found.group(1))));
    }

    private String value(String variable) {
        String value = variables.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("No line before this one sets " + variable);
        }
        return value;
    }
}
