package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Orders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Messages that nothing can be made of, through the whole function with real servers: each is in the dead-letter queue
 * with its reason, and the next good snapshot is applied. (Thousands of others, in the test of the reader, need none.)
 */
class BadMessagesIT {
    /** Of each kind; a bomb takes as long as all others together. */
    private static final int MESSAGES = Integer.getInteger("cases", 24);

    /** Stands in every text of the snapshots that are spoilt: no reason and no line of the log may show it. */
    private static final String SECRET = "hunter2";

    enum Kind {
        TRUNCATED("the message is not"),
        CONTENT_CHANGED("its digest does not match|its content is not|the message is not JSON"),
        WRONG_TYPE("the message is not a snapshot: (expected|'content' is not an object)"),
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
        BOMB("its content is not a registry: (it is longer than|expected an object at /namespaces/0)"),
        LYING_BOMB("its stored snapshot takes \\d+ bytes compressed, and is to take 1000 uncompressed");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }
    }

    private final Deployment deployment = new Deployment();
    private final Random random = new Random(42);

    @AfterEach
    void close() {
        assertThat(deployment.isLocked()).isFalse();
        deployment.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void handle_putsAsideWithReason_andAppliesTheNextGoodSnapshot(Kind kind) {
        int messages = kind == Kind.BOMB || kind == Kind.LYING_BOMB ? 2 : MESSAGES;
        Map<String, String> sent = new HashMap<>();
        for (int number = 1; number <= messages; number++) {
            String body = spoilt(kind, number);
            sent.put(deployment.send(body), body);
            if (number % 10 == 0 || number == messages) {
                assertThat(deployment.poll()).as(deployment.log()).isEmpty();
            }
        }
        String good = deployment.send(ExampleSnapshots.snapshot(1_000, Orders.NONE, ExampleSnapshots.names(3)));
        assertThat(deployment.poll()).isEmpty();

        Map<String, Message> dead = deadLetters();
        assertThat(dead.keySet()).isEqualTo(sent.keySet());
        sent.forEach((id, body) -> {
            Message letter = dead.getOrDefault(id, Message.builder().build());
            assertThat(letter.body()).isEqualTo(body);
            assertThat(attribute(letter, DeadLetterQueue.REASON))
                    .containsPattern("^(" + kind.reason + ")")
                    .doesNotContain(SECRET)
                    .hasSizeLessThan(300);
        });
        assertThat(NEO4J.run("MATCH (s:SyncState) RETURN s.update_id AS id"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("id").asString()).isEqualTo(good));
        assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).hasSize(3);
        assertThat(deployment.log()).doesNotContain(SECRET);
        assertThat(LogLines.of(deployment.log()))
                .filteredOn(line -> "put into the dead-letter queue".equals(line.get("message")))
                .hasSize(messages)
                .allSatisfy(
                        line -> assertThat(String.valueOf(line.get("reason"))).containsPattern(kind.reason));
    }

    private String spoilt(Kind kind, int number) {
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
            case BOMB ->
                withValue(put(stored, bomb(number % 2 == 0 ? " " : "[")), "content_bytes", Integer.toString(300 << 20));
            case LYING_BOMB -> withValue(put(stored, bomb(" ")), "content_bytes", "1000");
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

    /** 400 MiB of the same. */
    private static byte[] bomb(String again) {
        byte[] mebibyte = again.repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"namespaces\":[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 400; i++) {
                gzip.write(mebibyte);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** By their original ids. */
    private Map<String, Message> deadLetters() {
        Map<String, Message> letters = new HashMap<>();
        List<Message> batch;
        do {
            batch = deployment.deadLetters();
            batch.forEach(letter -> letters.put(attribute(letter, DeadLetterQueue.ORIGINAL_MESSAGE_ID), letter));
        } while (!batch.isEmpty());
        return letters;
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes()
                .getOrDefault(name, MessageAttributeValue.builder().build())
                .stringValue();
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
