package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Orders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import software.amazon.awssdk.core.sync.RequestBody;

/** Messages that nothing can be made of, and the objects that they point to; the same seed makes the same ones. */
final class SpoiltMessages {
    /** Stands in every text of the snapshots that are spoilt: no reason and no line of the log may show it. */
    static final String SECRET = "hunter2";

    /** What a bomb's message says of its content: more than the function's whole heap. */
    private static final int ANNOUNCED = 150 << 20;

    /** What an object unfolds to: a beginning, and then the same again and again. */
    private static final List<List<String>> BOMBS = List.of(
            List.of("{\"namespaces\":[", " "),
            List.of("{\"namespaces\":[", "["),
            List.of("{\"namespaces\":[{\"arn\":\"", "x"),
            List.of("{\"namespaces\":[{\"", "x"),
            List.of("{\"x\":", "9"),
            List.of("{\"x\":", "["),
            List.of("{", "\"x\":[],"),
            List.of("", "\0"));

    enum Kind {
        TRUNCATED("the message is not"),
        CONTENT_CHANGED("its digest does not match|its content is not|the message is not JSON"),
        WRONG_TYPE("the message is not a snapshot: (expected|'content' is not an object)|its counts do not match"),
        UNKNOWN_FORMAT("the message is not a snapshot: its format is -?\\d+; this version reads format 1"),
        HUGE_NUMBER("the message is not"),
        DEEP_NESTING("the message is not JSON: StreamConstraintsException"),
        SECOND_DIGEST("its digest does not match"),
        MISSING_FIELD(
                "the message is not a snapshot: '(scope|version|captured_at|counts|digest|content_bytes|content)' is"),
        WRONG_COUNTS("its counts do not match"),
        EMPTY("the message is not"),
        NOT_JSON("the message is not"),
        LONE_SURROGATE("its content is not a registry: it is longer than"),
        NUL("its content is not a registry: it is longer than"),
        LONG_SCOPE("the message is not a snapshot: 'scope' is not of the form"),
        FOREIGN_BUCKET("it points into another bucket than"),
        STRANGE_KEY("the message is not a snapshot: the stored snapshot's key is not of the form"),
        NOTHING_THERE("it points to a stored snapshot that is not there"),
        OBJECT_TRUNCATED("its stored snapshot is|its content is not"),
        OBJECT_CHANGED("its stored snapshot is|its content is not|its digest does not match"),
        OBJECT_EMPTY("its stored snapshot is cut off"),
        HUGE("the message is not|its content is not a registry|its digest does not match"),
        BOMB("its content is not (JSON|a registry: (it is longer than|expected an object at /namespaces/0))"),
        FULL_OF_NAMESPACES("it failed 20 times, at last: it does not fit into memory"),
        EMPTY_BLOCKS("its stored snapshot (takes \\d+ bytes compressed|is cut off)"),
        ENDLESS_HEADER("its stored snapshot (takes \\d+ bytes compressed|is cut off)"),
        LYING_BOMB("its stored snapshot takes \\d+ bytes compressed, and is to take 1000 uncompressed");

        /** How the refusal begins. */
        final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        /** How many to make: a bomb takes as long as all others together. */
        int cases() {
            return switch (this) {
                case BOMB -> BOMBS.size();
                case FULL_OF_NAMESPACES -> 1;
                case EMPTY_BLOCKS, ENDLESS_HEADER, LYING_BOMB -> 2;
                // As many as come together, each as large as a message may be.
                case HUGE -> 10;
                default -> Integer.getInteger("cases", 24);
            };
        }
    }

    private final Deployment deployment;
    private final Random random;

    SpoiltMessages(Deployment deployment, long seed) {
        this.deployment = deployment;
        random = new Random(seed);
    }

    /** Makes one, and puts its object into the bucket if it has one. */
    String spoilt(Kind kind, int number) {
        String inline = write(number, 1_048_576);
        String stored = write(number, 1);
        return switch (kind) {
            case TRUNCATED -> inline.substring(0, 1 + random.nextInt(inline.length() - 1));
            case CONTENT_CHANGED -> {
                int at = inline.indexOf("\"content\":{") + 11 + random.nextInt(inline.length() / 2);
                yield inline.substring(0, at) + (inline.charAt(at) == 'x' ? 'y' : 'x') + inline.substring(at + 1);
            }
            case WRONG_TYPE ->
                withValue(
                        inline,
                        one(List.of("format", "scope", "version", "captured_at", "full_sync", "counts", "digest")),
                        one(List.of("null", "[]", "{\"hunter2\":1}", "[\"hunter2\"]", "[[[]]]", "1.5")));
            case UNKNOWN_FORMAT -> withValue(inline, "format", one(List.of("0", "2", "-1", "9223372036854775807")));
            case HUGE_NUMBER ->
                withValue(
                        inline,
                        one(List.of("version", "content_bytes")),
                        one(List.of("1e400", "99999999999999999999", "9223372036854775807", "9".repeat(50_000), "-1")));
            case DEEP_NESTING ->
                inline.replaceFirst(
                        "\\{", "{\"x\":" + one(List.of("[", "{\"a\":")).repeat(100_000));
            case SECOND_DIGEST ->
                inline.substring(0, inline.length() - 1) + ",\"digest\":\"" + one(List.of("", "0".repeat(64), SECRET))
                        + "\"}";
            case MISSING_FIELD ->
                inline.replace(
                        "\"" + one(List.of("scope", "version", "captured_at", "counts", "digest", "content_bytes"))
                                + "\":",
                        "\"hunter2\":");
            case WRONG_COUNTS ->
                inline.replaceFirst("\"services\":\\d+", "\"services\":" + (2 + random.nextInt(1_000)));
            case EMPTY -> one(List.of(" ", "\n", "{}", "[]", "null", "\"\"", "0"));
            case NOT_JSON ->
                one(List.of("hunter2", "<hunter2/>", "'" + inline + "'", "hunter2" + inline, inline + inline));
            case LONE_SURROGATE -> inserted(inline, one(List.of("\\ud83d", "\\ude00", "\\ude00\\ud83d")));
            case NUL -> inserted(inline, "\\u0000");
            case LONG_SCOPE -> withValue(inline, "scope", "\"111122223333:eu" + "-a".repeat(20_000 + number) + "-1\"");
            case FOREIGN_BUCKET -> stored.replace("\"bucket\":\"" + deployment.name, "\"bucket\":\"" + SECRET);
            case STRANGE_KEY ->
                withValue(
                        stored,
                        "key",
                        one(List.of(
                                "\"\"",
                                "\"hunter2\"",
                                "\"snapshots\"",
                                "\"snapshots/../hunter2\"",
                                "\"snapshots//hunter2\"",
                                "\"snapshots/\\u0000\"",
                                "\"/snapshots/hunter2\"",
                                "\"snapshots/" + "x".repeat(2_000) + "\"")));
            case NOTHING_THERE -> stored.replace(".json.gz", ".gone");
            case OBJECT_TRUNCATED -> {
                byte[] object = object(stored);
                yield put(stored, Arrays.copyOf(object, 1 + random.nextInt(object.length - 1)));
            }
            case OBJECT_CHANGED -> {
                byte[] object = object(stored);
                // Behind the header, which nobody reads.
                object[10 + random.nextInt(object.length - 10)] ^= (byte) (1 << random.nextInt(8));
                yield put(stored, object);
            }
            case OBJECT_EMPTY -> put(stored, new byte[0]);
            case HUGE -> huge(inline, number);
            case BOMB -> {
                List<String> parts = BOMBS.get(number % BOMBS.size());
                yield announced(put(stored, bomb(parts.getFirst(), parts.getLast())), ANNOUNCED);
            }
            case FULL_OF_NAMESPACES -> {
                Matcher namespace = Pattern.compile("\"content\":(\\{\"namespaces\":\\[)(\\{.*})]")
                        .matcher(inline);
                if (!namespace.find()) {
                    throw new AssertionError("no namespaces in " + inline);
                }
                yield announced(put(stored, bomb(namespace.group(1), namespace.group(2) + ",")), ANNOUNCED);
            }
            case EMPTY_BLOCKS -> {
                byte[] object = filled(gzipHeader(0), new byte[] {0, 0, 0, -1, -1});
                yield announced(put(stored, object), number % 2 == 0 ? 1_000 : object.length);
            }
            case ENDLESS_HEADER -> {
                // A file's name, which ends with a NUL that never comes.
                byte[] object = filled(gzipHeader(8), new byte[] {'x'});
                yield announced(put(stored, object), number % 2 == 0 ? 1_000 : object.length);
            }
            case LYING_BOMB -> announced(put(stored, bomb("{\"namespaces\":[", " ")), 1_000);
        };
    }

    private String write(int number, int mostBytes) {
        return new SnapshotWriter(deployment.s3, deployment.name, mostBytes)
                .write(ExampleSnapshots.snapshot(number, Orders.NONE, List.of(SECRET)))
                .text();
    }

    private static String withValue(String body, String field, String json) {
        return body.replaceFirst(
                "\"" + field + "\":(\"[^\"]*\"|\\{[^}]*}|[^,}]*)",
                Matcher.quoteReplacement("\"" + field + "\":" + json));
    }

    /** Puts something into the name of the message's only service. */
    private static String inserted(String body, String piece) {
        return body.replace("\"name\":\"" + SECRET, "\"name\":\"" + SECRET + piece);
    }

    private byte[] object(String body) {
        return deployment
                .s3
                .getObjectAsBytes(get -> get.bucket(deployment.name).key(key(body)))
                .asByteArray();
    }

    private String put(String body, byte[] object) {
        deployment.s3.putObject(put -> put.bucket(deployment.name).key(key(body)), RequestBody.fromBytes(object));
        return body;
    }

    private static String key(String body) {
        return body.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1");
    }

    private static String announced(String body, int contentBytes) {
        return withValue(body, "content_bytes", Integer.toString(contentBytes));
    }

    private static String huge(String inline, int number) {
        int most = 1_040_000;
        String padding = SECRET.repeat(most / SECRET.length());
        String huge = switch (number % 5) {
            case 0 -> padding;
            case 1 -> "[".repeat(most);
            case 2 -> "{\"version\":" + "9".repeat(most) + "}";
            case 3 -> inline.replace("\"name\":\"" + SECRET, "\"name\":\"" + padding);
            default -> inline.replaceFirst("\\{", "{\"" + padding + "\":1,");
        };
        return huge.substring(0, Math.min(most, huge.length()));
    }

    /** Unfolds to the beginning, and then to 200 MiB of the same. */
    private static byte[] bomb(String beginning, String again) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(gzipHeader(0));
        bytes.writeBytes(deflate(deflater, beginning));
        // Each begins with no memory of what came before, so one stands for all.
        byte[] piece = deflate(deflater, again.repeat((1 << 20) / again.length()));
        deflater.end();
        for (int i = 0; i < 200; i++) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(Deflater deflater, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        deflater.setInput(bytes);
        byte[] out = new byte[bytes.length + 64];
        return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH));
    }

    private static byte[] gzipHeader(int flags) {
        return new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 0};
    }

    /** Fills 16 MiB. */
    private static byte[] filled(byte[] beginning, byte[] again) {
        byte[] bytes = Arrays.copyOf(beginning, 16 << 20);
        for (int at = beginning.length; at < bytes.length; at++) {
            bytes[at] = again[(at - beginning.length) % again.length];
        }
        return bytes;
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
