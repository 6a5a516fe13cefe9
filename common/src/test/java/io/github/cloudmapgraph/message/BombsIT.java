package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.testservers.S3TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects that unfold to gibibytes, or never to anything, read by a JVM with 64 MiB of heap. */
class BombsIT {
    private static final String BUCKET = "snapshots";
    private static final int MIB = 1024 * 1024;
    private static final long MOST = SnapshotReader.MAX_CONTENT_BYTES;

    /** Processor time a case: unfolding and digesting the most that may be announced takes a few seconds. */
    private static final long MOST_MILLIS = 30_000;

    /** An object, the length that its message announces, and how the refusal begins. */
    // Nobody compares bombs.
    @SuppressWarnings("ArrayRecordComponent")
    private record Bomb(byte[] object, long announced, String refusal) {}

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void read_refusesEveryBomb_whenMemoryIsSmall() throws Exception {
        Map<String, Bomb> bombs = bombs();
        try (var server = new S3TestServer();
                S3Client s3 = server.client()) {
            s3.createBucket(create -> create.bucket(BUCKET));
            List<String> arguments = new ArrayList<>(List.of(server.endpoint().toString(), BUCKET));
            bombs.forEach((name, bomb) -> {
                s3.putObject(put -> put.bucket(BUCKET).key(key(name)), RequestBody.fromBytes(bomb.object()));
                arguments.add(key(name));
                arguments.add(Long.toString(bomb.announced()));
            });

            List<String> lines = run(arguments);

            assertThat(lines).hasSize(bombs.size());
            for (String line : lines) {
                String[] parts = line.split("\\|", 3);
                String name = parts[0].substring(key("").length());
                Bomb bomb = bombs.getOrDefault(name, new Bomb(new byte[0], 0, "no such bomb"));
                assertThat(parts[2]).as(name).startsWith("refused: " + bomb.refusal());
                assertThat(Long.parseLong(parts[1])).as("ms, %s", name).isLessThan(MOST_MILLIS);
            }
        }
    }

    private static Map<String, Bomb> bombs() throws IOException {
        Map<String, Bomb> bombs = new LinkedHashMap<>();
        String open = "{\"namespaces\":[";
        // As short as the object itself, or 1,000 bytes: the former is found where it ends, the latter before it
        // begins.
        byte[] bomb = gzip(open, " ", 4096);
        bombs.put("lie", new Bomb(bomb, bomb.length, "its content is not a registry: it is longer than"));
        bombs.put("bold-lie", new Bomb(bomb, 1000, "its stored snapshot takes"));
        bombs.put("space", new Bomb(bomb, MOST, "its content is not a registry: it is longer than"));
        bombs.put("text", new Bomb(gzip(open + "{\"arn\":\"", "x", 4096), MOST, "its content is not JSON"));
        bombs.put("name", new Bomb(gzip(open + "{\"", "x", 4096), MOST, "its content is not JSON"));
        bombs.put("number", new Bomb(gzip("{\"x\":", "9", 4096), MOST, "its content is not JSON"));
        bombs.put("nested", new Bomb(gzip("{\"x\":", "[", 4096), MOST, "its content is not JSON"));
        bombs.put(
                "unknown-fields",
                new Bomb(gzip("{", "\"x\":[],", 4096), 64 * MIB, "its content is not a registry: it is longer than"));
        bombs.put("nul", new Bomb(gzip("", "\0", 4096), MOST, "its content is not JSON"));
        // The same within: what unfolds is compressed once more.
        bombs.put("twice", new Bomb(gzip(gzip("", " ", 1024)), MOST, "its content is not JSON"));
        // Blocks without content: however many, nothing unfolds, and no bound on what unfolds is ever met.
        bombs.put(
                "empty-blocks",
                new Bomb(
                        filled(gzipHeader(0), new byte[] {0, 0, 0, -1, -1}, 64 * MIB),
                        1000,
                        "its stored snapshot takes"));
        // A file's name in the header, which ends with a NUL that never comes.
        bombs.put(
                "endless-header",
                new Bomb(filled(gzipHeader(8), new byte[] {'x'}, 64 * MIB), 1000, "its stored snapshot takes"));
        return bombs;
    }

    private static String key(String name) {
        return "snapshots/" + name;
    }

    private static List<String> run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                // Failsafe's own JVM has a jar that only names the others.
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BombVictim.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            List<String> lines = output.lines().toList();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Unfolds to the beginning, and then to that many MiB of the same. */
    private static byte[] gzip(String beginning, String again, int mib) throws IOException {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(gzipHeader(0));
        bytes.writeBytes(deflate(deflater, beginning.getBytes(StandardCharsets.UTF_8)));
        // Each begins with no memory of what came before, so one stands for all.
        byte[] piece = deflate(deflater, again.repeat(MIB / again.length()).getBytes(StandardCharsets.UTF_8));
        deflater.end();
        for (int i = 0; i < mib; i++) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(Deflater deflater, byte[] content) {
        deflater.setInput(content);
        byte[] out = new byte[content.length + 64];
        int length = deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
        return java.util.Arrays.copyOf(out, length);
    }

    private static byte[] gzipHeader(int flags) {
        return new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 0};
    }

    private static byte[] filled(byte[] beginning, byte[] again, int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(beginning, 0, bytes, 0, beginning.length);
        for (int at = beginning.length; at < length; at++) {
            bytes[at] = again[(at - beginning.length) % again.length];
        }
        return bytes;
    }
}
