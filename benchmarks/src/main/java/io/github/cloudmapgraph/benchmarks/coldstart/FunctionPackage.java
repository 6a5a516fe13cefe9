package io.github.cloudmapgraph.benchmarks.coldstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What a function is made of, laid out as Lambda does it: unpacked, in the directory that the process starts in.
 *
 * @param taskRoot the directory
 * @param jar the same, packed
 */
record FunctionPackage(String handler, Path taskRoot, Path jar) {
    /** Unpacks a function's jar into a directory, and puts it beside that. */
    static FunctionPackage unpack(String handler, Path jar, Path directory) throws IOException {
        unpack(jar, directory);
        return new FunctionPackage(
                handler, directory, Files.copy(jar, directory.resolveSibling(directory.getFileName() + ".jar")));
    }

    /**
     * Lays out a handler of this package, which is one class.
     *
     * @param libraries jars with what it uses; where two have the same file, the later one's counts
     * @param leftOut files of these that it does without
     */
    static FunctionPackage of(Class<?> handler, List<Path> libraries, List<String> leftOut, Path directory)
            throws IOException {
        for (Path library : libraries) {
            unpack(library, directory);
        }
        for (String file : leftOut) {
            Files.delete(directory.resolve(file));
        }
        Path file = directory.resolve(handler.getName().replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        String resource = handler.getSimpleName() + ".class";
        try (InputStream in = Objects.requireNonNull(handler.getResourceAsStream(resource), resource)) {
            Files.copy(in, file);
        }
        Path jar = directory.resolveSibling(directory.getFileName() + ".jar");
        pack(directory, jar);
        return new FunctionPackage(handler.getName(), directory, jar);
    }

    /** The size of the jar. */
    long bytes() throws IOException {
        return Files.size(jar);
    }

    /** How many classes the jar holds. */
    long classes() throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .count();
        }
    }

    private static void unpack(Path jar, Path directory) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !file.startsWith(directory)) {
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                var zip = new ZipOutputStream(out);
                Stream<Path> paths = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }
}
