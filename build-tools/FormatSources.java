import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that every Java source is formatted ({@code check}), or formats it ({@code apply}); leaves the JDK's folder in
 * {@code target/jdk-home} for {@code run-local}.
 *
 * <p>A program of its own, because the formatter parses with the JDK it runs on, and Maven may run on one that is too
 * old for the sources: the build starts this file with the JDK that it compiles with.
 */
final class FormatSources {
    public static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        Files.createDirectories(root.resolve("target"));
        Files.writeString(root.resolve("target/jdk-home"), System.getProperty("java.home"));

        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(Style.PALANTIR)
                .formatJavadoc(true)
                .build());
        List<Path> unformatted = new ArrayList<>();
        for (Path file : sources(root)) {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                continue;
            }
            if (apply) {
                Files.writeString(file, formatted);
            }
            unformatted.add(root.relativize(file));
        }
        if (apply || unformatted.isEmpty()) {
            return;
        }
        System.err.println(
                "These sources are not formatted; `./mvnw -N validate -Dformatter.mode=apply` formats them:");
        unformatted.forEach(file -> System.err.println("  " + file));
        System.exit(1);
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (var modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                Path src = module.endsWith("build-tools") ? module : module.resolve("src");
                if (Files.isDirectory(src)) {
                    try (var files = Files.walk(src)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}
