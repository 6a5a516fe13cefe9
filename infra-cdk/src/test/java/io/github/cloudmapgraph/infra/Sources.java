package io.github.cloudmapgraph.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Another module's sources as text, for this one knows nothing of the functions' classes. */
record Sources(Path folder) {
    /** Returns those of {@code Consumer}, {@code Producer} or {@code Common}. */
    static Sources of(String module) {
        return new Sources(Path.of("..", module.toLowerCase(Locale.ROOT), "src", "main", "java"));
    }

    /** Returns what a pattern's first group matches anywhere in them. */
    Set<String> find(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> pattern.matcher(text(file))
                            .results()
                            .map(match -> match.group(1))
                            .forEach(found::add));
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
