package io.github.cloudmapgraph.benchmarks.coldstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a function is made of, laid out as Lambda does it: unpacked, in the directory that the process starts in.
 *
 * @param taskRoot the directory
 * @param jar what was unpacked, for the layouts that keep it
 * @param bytes of the jar as it is uploaded
 * @param classes how many it holds
 */
record FunctionPackage(String handler, Path taskRoot, Path jar, long bytes, int classes) {
    /** Unpacks a function's jar. */
    static FunctionPackage unpack(String handler, Path jar, Path directory) throws IOException {
        int classes = 0;
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !file.startsWith(directory)) {
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                classes += entry.getName().endsWith(".class") ? 1 : 0;
            }
        }
        return new FunctionPackage(handler, directory, jar, Files.size(jar), classes);
    }

    /** Lays out the function that does nothing: one class. */
    static FunctionPackage nothing(Path directory) throws IOException {
        String name = NothingHandler.class.getName();
        Path file = directory.resolve(name.replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in =
                Objects.requireNonNull(NothingHandler.class.getResourceAsStream("NothingHandler.class"), name)) {
            Files.copy(in, file);
        }
        return new FunctionPackage(name, directory, directory, Files.size(file), 1);
    }
}
