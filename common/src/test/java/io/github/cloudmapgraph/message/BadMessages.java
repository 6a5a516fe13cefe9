package io.github.cloudmapgraph.message;

import io.github.cloudmapgraph.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Spoils messages, each time in another way; the same seed spoils the same message the same way. */
final class BadMessages {
    /** How a message is spoilt. */
    enum Kind {
        TRUNCATED,
        CHARACTERS_CHANGED,
        PIECES_MOVED,
        WRONG_TYPE,
        UNKNOWN_FORMAT,
        HUGE_NUMBER,
        DEEP_NESTING,
        DUPLICATE_FIELD,
        MISSING_FIELD,
        WRONG_DIGEST,
        WRONG_COUNTS,
        EMPTY,
        NOT_JSON,
        LONE_SURROGATE,
        NUL,
        LONG_TEXT,
        LONG_FIELD_NAME,
        STRANGE_SCOPE,
        STRANGE_TIME,
        STRANGE_NUMBER,
        STRANGE_POINTER
    }

    private static final String HERE = "hole-in-the-message";
    private static final List<String> HEAD = List.of(
            "format",
            "scope",
            "version",
            "captured_at",
            "changed_at",
            "full_sync",
            "allow_mass_deletion",
            "counts",
            "digest",
            "content_bytes",
            "content");
    private static final List<String> NUMBERS = List.of(
            "1e400",
            "-1e400",
            "1E-400",
            "99999999999999999999",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "2147483648",
            "9".repeat(32),
            "9".repeat(33),
            "9".repeat(100_000),
            "1e2147483648",
            "1." + "0".repeat(50_000),
            "NaN",
            "Infinity",
            "0x10",
            "01",
            "+1",
            "-",
            ".5");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.0",
            "\"\"",
            "\"hunter2\"",
            "[]",
            "{}",
            "[null]",
            "[{\"hunter2\":{}}]",
            "{\"hunter2\":[]}",
            "[[\"hunter2\"]]");

    private static final List<String> SCOPES = List.of(
            "",
            ":",
            "111122223333",
            "111122223333:",
            "111122223333:eu-west-1:",
            "111122223333:eu-west-1:" + "x".repeat(65),
            "111122223333:eu-west-1:a:b",
            "111122223333:eu-west-1\n",
            " 111122223333:eu-west-1",
            "111122223333:EU-WEST-1",
            "١١١١٢٢٢٢٣٣٣٣:eu-west-1",
            "111122223333:eu" + "-a".repeat(30_000) + "-1",
            "111122223333:eu" + "-a".repeat(30_000),
            "111122223333:eu-" + "a".repeat(60_000) + "-1",
            "111122223333:eu-west-" + "1".repeat(60_000),
            "1".repeat(60_000) + ":eu-west-1",
            "`}) DETACH DELETE n //");

    private static final List<String> TIMES = List.of(
            "",
            "now",
            "2026-01-31",
            "2026-02-31T12:00:00Z",
            "2026-01-31T24:00:01Z",
            "2026-01-31T12:00:00+25:00",
            "2026-01-31T12:00:00." + "9".repeat(60_000) + "Z",
            "9".repeat(60_000),
            "+1000000000-01-01T00:00:00Z",
            "-1000000000-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999Z",
            "\u0000");

    private static final List<String> KEYS = List.of(
            "",
            ".",
            "..",
            "/",
            "//",
            "snapshots",
            "snapshots/",
            "snapshots/../../another/k",
            "../another/k",
            "snapshots/%2e%2e/k",
            "snapshots/\u0000",
            "snapshots/\ud800",
            "snapshots/a b?versionId=1&x#y",
            "snapshots/" + "x".repeat(1014),
            "snapshots/" + "x".repeat(1015),
            "snapshots/" + "é".repeat(600),
            "https://example.com/hunter2",
            "s3://another/hunter2",
            "hunter2");

    private final Random random;

    BadMessages(long seed) {
        random = new Random(seed);
    }

    /** Spoils a message; where its content is changed, its digest may or may not be made to match again. */
    String spoil(Kind kind, String body) {
        return switch (kind) {
            case TRUNCATED -> body.substring(0, random.nextInt(body.length()));
            case CHARACTERS_CHANGED -> changed(body);
            case PIECES_MOVED -> moved(body);
            case WRONG_TYPE -> withValue(body, one(VALUES));
            case UNKNOWN_FORMAT -> with(body, "format", one(List.of("0", "2", "-1", "1e0", "\"1\"", "null", "[1]")));
            case HUGE_NUMBER -> withValue(body, one(NUMBERS));
            case DEEP_NESTING -> withValue(body, nested());
            case DUPLICATE_FIELD -> duplicated(body);
            case MISSING_FIELD -> without(body);
            case WRONG_DIGEST -> with(body, "digest", quoted(digest()));
            case WRONG_COUNTS ->
                with(body, "counts", "{\"namespaces\":%d,\"services\":%d,\"instances\":%d}".formatted(n(), n(), n()));
            case EMPTY -> one(List.of("", " ", "\n\t", "{}", "[]", "null", "\"\"", "0", "\ufeff", "{\"format\":1}"));
            case NOT_JSON -> notJson(body);
            case LONE_SURROGATE ->
                inserted(body, one(List.of("\ud83d", "\ude00", "\\ud83d", "\\ude00", "\ude00\ud83d")));
            case NUL -> inserted(body, one(List.of("\0", "\\u0000", "\\0", "\0\0\0\0")));
            case LONG_TEXT -> withValue(body, quoted("x".repeat(1 << (10 + random.nextInt(10)))));
            case LONG_FIELD_NAME ->
                body.replaceFirst("\\{", "{" + quoted("x".repeat(1 << (8 + random.nextInt(12)))) + ":1,");
            case STRANGE_SCOPE -> with(body, "scope", quoted(one(SCOPES)));
            case STRANGE_TIME -> with(body, one(List.of("captured_at", "changed_at")), quoted(one(TIMES)));
            case STRANGE_NUMBER -> with(body, one(List.of("version", "content_bytes", "format")), one(NUMBERS));
            case STRANGE_POINTER -> pointing(body);
        };
    }

    /** The key of a stored snapshot that nobody stored. */
    String key() {
        return one(KEYS);
    }

    private String changed(String body) {
        char[] characters = body.toCharArray();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(characters.length);
            characters[at] = random.nextInt(4) == 0
                    ? (char) random.nextInt(Character.MAX_VALUE + 1)
                    : (char) (characters[at] ^ (1 << random.nextInt(8)));
        }
        return new String(characters);
    }

    private String moved(String body) {
        int start = random.nextInt(body.length());
        int end = start + random.nextInt(Math.min(200, body.length() - start) + 1);
        String piece = body.substring(start, end);
        String rest = random.nextBoolean() ? body : body.substring(0, start) + body.substring(end);
        int to = random.nextInt(rest.length() + 1);
        return rest.substring(0, to) + piece + rest.substring(to);
    }

    private String nested() {
        int depth = random.nextBoolean() ? 100_000 : 20 + random.nextInt(40);
        return switch (random.nextInt(3)) {
            case 0 -> "[".repeat(depth) + "]".repeat(depth);
            case 1 -> "{\"hunter2\":".repeat(depth) + "1" + "}".repeat(depth);
            default -> "[".repeat(depth);
        };
    }

    private String digest() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "0".repeat(64);
            case 2 -> "x".repeat(60_000);
            case 3 -> "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
            default -> Digests.text(Digests.sha256().digest(new byte[] {(byte) random.nextInt()}));
        };
    }

    private int n() {
        return random.nextInt(4) - 1;
    }

    private String notJson(String body) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return switch (random.nextInt(5)) {
            case 0 -> new String(bytes, StandardCharsets.ISO_8859_1);
            case 1 -> new String(bytes, StandardCharsets.UTF_16);
            case 2 -> "<snapshot>" + body + "</snapshot>";
            case 3 -> "/* hunter2 */" + body;
            default -> body.replace('"', '\'');
        };
    }

    private String inserted(String body, String piece) {
        int at = random.nextInt(body.length() + 1);
        return body.substring(0, at) + piece + body.substring(at);
    }

    private String pointing(String body) {
        String key = random.nextBoolean() ? one(KEYS) : "snapshots/" + random.nextInt(10) + ".json.gz";
        String bucket =
                one(List.of("snapshots", "another", "", "hunter2", "Snapshots", "snapshots/", "x".repeat(5_000)));
        String pointer = "{\"bucket\":" + quoted(bucket) + ",\"key\":" + quoted(key) + "}";
        Map<String, @Nullable Object> message = tree(body);
        message.remove("content");
        message.put("content_at", HERE);
        return Json.write(message).replace(quoted(HERE), pointer);
    }

    private String duplicated(String body) {
        String field = one(HEAD);
        Map<String, @Nullable Object> message = tree(body);
        Object present = message.get(field);
        String value = random.nextBoolean() && present != null ? json(present) : one(VALUES);
        String again = quoted(field) + ":" + value;
        return random.nextBoolean()
                ? "{" + again + "," + body.substring(1)
                : body.substring(0, body.length() - 1) + "," + again + "}";
    }

    private String without(String body) {
        Map<String, @Nullable Object> message = tree(body);
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        collect(message, objects);
        Map<String, @Nullable Object> object = one(objects);
        if (!object.isEmpty()) {
            object.remove(one(List.copyOf(object.keySet())));
        }
        return maybeSigned(message, "");
    }

    /** Puts a piece of JSON in the place of any value. */
    private String withValue(String body, String json) {
        Map<String, @Nullable Object> message = tree(body);
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        collect(message, objects);
        // The message itself more often than each of its hundreds of instances.
        Map<String, @Nullable Object> object = random.nextInt(3) == 0 ? message : one(objects);
        if (object.isEmpty() || random.nextInt(10) == 0) {
            object.put("hunter2", HERE);
        } else {
            object.put(one(List.copyOf(object.keySet())), HERE);
        }
        return maybeSigned(message, json);
    }

    private static String with(String body, String field, String json) {
        Map<String, @Nullable Object> message = tree(body);
        message.put(field, HERE);
        return Json.write(message).replace(quoted(HERE), json);
    }

    private String maybeSigned(Map<String, @Nullable Object> message, String json) {
        String spoilt = Json.write(message).replace(quoted(HERE), json);
        if (!random.nextBoolean() || !(message.get("content") instanceof Map<?, ?> content)) {
            return spoilt;
        }
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        content.forEach((name, value) -> texts.put(String.valueOf(name), value));
        byte[] bytes = Json.write(texts).replace(quoted(HERE), json).getBytes(StandardCharsets.UTF_8);
        message.put("content", HERE + "-");
        message.put("content_bytes", bytes.length);
        message.put("digest", Digests.text(Digests.sha256().digest(bytes)));
        return Json.write(message)
                .replace(quoted(HERE + "-"), new String(bytes, StandardCharsets.UTF_8))
                .replace(quoted(HERE), json);
    }

    private static Map<String, @Nullable Object> tree(String body) {
        return Json.parseObject(body);
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are texts.
    private static void collect(@Nullable Object value, List<Map<String, @Nullable Object>> objects) {
        if (value instanceof Map<?, ?> map) {
            objects.add((Map<String, @Nullable Object>) map);
            map.values().forEach(each -> collect(each, objects));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, objects));
        }
    }

    private static String quoted(String text) {
        return json(text);
    }

    private static String json(Object value) {
        String object = Json.write(Map.of("v", value));
        return object.substring("{\"v\":".length(), object.length() - 1);
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
