import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds the explorer's page, or runs the tests of its model, with the machine's own Node.js; run by Maven, with
 * {@code page} or {@code test} and the module's folder. A page that is newer than everything it is made of is left as
 * it is.
 */
final class BuildExplorer {
    /** What Vite asks for. */
    private static final int OLDEST_MAJOR = 20;

    private static final int OLDEST_MINOR = 19;

    private BuildExplorer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path module = Path.of(args[1]).toAbsolutePath().normalize();
        if (args[0].equals("page") && isUpToDate(module)) {
            return;
        }
        requireNode(module);
        if (isOlder(module.resolve("node_modules/.package-lock.json"), module.resolve("package-lock.json"))) {
            npm(module, "ci", "--no-audit", "--no-fund", "--loglevel=error");
        }
        if (args[0].equals("page")) {
            npm(module, "run", "--silent", "build");
        } else {
            npm(module, "test", "--silent");
        }
    }

    private static boolean isUpToDate(Path module) throws IOException {
        Path page = module.resolve("dist/index.html");
        if (!Files.exists(page)) {
            return false;
        }
        FileTime built = Files.getLastModifiedTime(page);
        List<Path> inputs = new ArrayList<>(files(module.resolve("src")));
        // A file that was deleted shows in the time of its folder.
        inputs.addAll(files(module.resolve("../docs/queries")));
        for (String file :
                List.of("index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")) {
            inputs.add(module.resolve(file));
        }
        for (Path input : inputs) {
            if (Files.getLastModifiedTime(input).compareTo(built) > 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isOlder(Path file, Path than) throws IOException {
        return !Files.exists(file) || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) < 0;
    }

    private static void requireNode(Path module) throws InterruptedException {
        String version;
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .directory(module.toFile())
                    .start();
            version = new String(node.getInputStream().readAllBytes()).strip();
            node.waitFor();
        } catch (IOException e) {
            version = "";
        }
        var numbers = Pattern.compile("v(\\d+)\\.(\\d+)\\..*").matcher(version);
        int found =
                numbers.matches() ? 1_000 * Integer.parseInt(numbers.group(1)) + Integer.parseInt(numbers.group(2)) : 0;
        if (found < 1_000 * OLDEST_MAJOR + OLDEST_MINOR) {
            fail("The explorer's page is built with Node.js " + OLDEST_MAJOR + "." + OLDEST_MINOR + " or newer, which "
                    + (version.isEmpty() ? "was not found" : "is here only as " + version)
                    + ": install it with its npm, from https://nodejs.org or as a package of your system.");
        }
    }

    private static void npm(Path module, String... arguments) throws InterruptedException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        List<String> command = new ArrayList<>(List.of(windows ? "npm.cmd" : "npm"));
        command.addAll(List.of(arguments));
        int status;
        try {
            status = new ProcessBuilder(command)
                    .directory(module.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            fail("The explorer's page is built with npm, which was not found beside Node.js: install it.");
            return;
        }
        if (status != 0) {
            fail("'" + String.join(" ", command) + "' failed in " + module + "; the reason stands above.");
        }
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }
}
