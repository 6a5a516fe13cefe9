package io.github.cloudmapgraph.local.explorer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a Chromium, or brings one: a browser test that is left out would look like one that passed.
 *
 * @param environment that of this process
 * @param commands runs what installs
 */
record Chromium(Map<String, String> environment, Commands commands) {
    /** Names the browser to use. */
    static final String VARIABLE = "CLOUD_MAP_GRAPH_BROWSER";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** Runs a command, and tells whether it ended well. */
    interface Commands {
        boolean run(List<String> command) throws IOException, InterruptedException;

        /** Whether packages may be installed. */
        boolean isRoot();
    }

    static Chromium ofThisMachine() {
        return new Chromium(System.getenv(), new RealCommands());
    }

    /**
     * Returns the browser's program; empty for the one that Playwright keeps for itself.
     *
     * @throws IllegalStateException if there is none and none could be brought; says what to install
     */
    Optional<Path> find() throws IOException, InterruptedException {
        if (environment.containsKey(VARIABLE)) {
            Path named = Path.of(String.valueOf(environment.get(VARIABLE)));
            if (!Files.isExecutable(named)) {
                throw new IllegalStateException(
                        "%s names %s, which is no program; name a Chromium, or unset it".formatted(VARIABLE, named));
            }
            return Optional.of(named);
        }
        Optional<Path> found = onPath(NAMES);
        if (found.isPresent()) {
            return found;
        }
        if (commands.isRoot()
                && onPath(List.of("apt-get")).isPresent()
                && commands.run(List.of("apt-get", "update"))
                && commands.run(List.of("apt-get", "install", "--yes", "--no-install-recommends", "chromium"))) {
            found = onPath(NAMES);
            if (found.isPresent()) {
                return found;
            }
        }
        if (commands.run(playwrightInstall())) {
            return Optional.empty();
        }
        throw new IllegalStateException(
                "The browser tests need a Chromium, and none could be fetched: install the package chromium or"
                        + " Google Chrome, or name one in %s".formatted(VARIABLE));
    }

    private Optional<Path> onPath(List<String> names) {
        List<Path> folders = Stream.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> playwrightInstall() {
        return Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.microsoft.playwright.CLI",
                "install",
                "chromium");
    }

    private static final class RealCommands implements Commands {
        @Override
        public boolean run(List<String> command) throws IOException, InterruptedException {
            var process = new ProcessBuilder(command).inheritIO();
            process.environment().put("DEBIAN_FRONTEND", "noninteractive");
            return process.start().waitFor() == 0;
        }

        @Override
        public boolean isRoot() {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
