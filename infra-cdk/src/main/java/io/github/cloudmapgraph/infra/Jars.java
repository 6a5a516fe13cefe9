package io.github.cloudmapgraph.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The functions' jars: files, for nothing of their classes is known here. */
record Jars(Path producer, Path consumer) {
    /**
     * Finds what the build left.
     *
     * @param root the project's folder
     * @throws JarMissingException if there is not exactly one jar of each
     */
    static Jars builtIn(Path root) {
        return new Jars(jarOf(root, "producer"), jarOf(root, "consumer"));
    }

    private static Path jarOf(Path root, String module) {
        Path target = root.resolve(module).resolve("target");
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(target)) {
            try (var found = Files.newDirectoryStream(target, module + "-*-lambda.jar")) {
                found.forEach(jars::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (jars.size() != 1) {
            throw new JarMissingException("There "
                    + (jars.isEmpty() ? "is no" : "is more than one") + " jar " + module + "-VERSION-lambda.jar in "
                    + target + "; `./mvnw clean` and `./mvnw package`, in the project's folder, leave one");
        }
        return jars.getFirst();
    }
}
