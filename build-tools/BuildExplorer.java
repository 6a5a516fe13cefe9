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
 * {@code page} or {@code test} and the module's folder. A finished page that is newer than everything it is made of is
 * left as it is.
 */
final class BuildExplorer {
    /** What Vite asks for. */
    private static final int OLDEST_MAJOR = 20;

    private static final int OLDEST_MINOR = 19;

    /** What the last steps of the build add: a page without one of them is not finished. */
    private static final List<String> ADDED_LAST =
            List.of("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';", "\n<!--\n");

    private BuildExplorer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path module = Path.of(args[1]).toAbsolutePath().normalize();
        if (args[0].equals("page") && isUpToDate(module)) {
            return;
        }
        requireNode(module);
        if (isOlder(module.resolve("node_modules/.package-lock.json"), module.resolve("package-lock.json"))) {
            require(npm(module, "ci", "--no-audit", "--no-fund", "--loglevel=error"), "npm ci", module);
        }
        if (args[0].equals("page")) {
            Path page = page(module);
            boolean built = npm(module, "run", "--silent", "build");
            if (!built || !isFinished(page)) {
                // Vite writes the page before it is finished: nobody may take it for one that is.
                Files.deleteIfExists(page);
                fail("'npm run build' made no finished page in " + module + "; the reason stands above.");
            }
        } else {
            require(npm(module, "test", "--silent"), "npm test", module);
        }
    }

    private static boolean isUpToDate(Path module) throws IOException {
        Path page = page(module);
        if (!isFinished(page)) {
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

    private static Path page(Path module) {
        return module.resolve("dist/index.html");
    }

    private static boolean isFinished(Path page) throws IOException {
        if (!Files.exists(page)) {
            return false;
        }
        String html = Files.readString(page);
        return ADDED_LAST.stream().allMatch(html::contains);
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

    /** Tells whether it ended well. */
    private static boolean npm(Path module, String... arguments) throws InterruptedException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        List<String> command = new ArrayList<>(List.of(windows ? "npm.cmd" : "npm"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .directory(module.toFile())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            fail("The explorer's page is built with npm, which was not found beside Node.js: install it.");
            return false;
        }
    }

    private static void require(boolean succeeded, String command, Path module) {
        if (!succeeded) {
            fail("'" + command + "' failed in " + module + "; the reason stands above.");
        }
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }
}
