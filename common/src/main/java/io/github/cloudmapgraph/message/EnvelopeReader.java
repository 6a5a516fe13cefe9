package io.github.cloudmapgraph.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.cloudmapgraph.message.Envelope.Content;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a message's body; the registry in it is not looked into yet. */
public final class EnvelopeReader {
    /** The one format there is. A change that an older reader would misunderstand gets the next number. */
    static final int FORMAT = 1;

    private static final Instant END_OF_TIMES = Instant.parse("9999-12-31T23:59:59Z");

    /** S3's own bound: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
    private static final int MAX_KEY_CHARACTERS = 1024;

    /**
     * Where {@link SnapshotWriter} puts them. The function may read nothing else: what S3 denies would look like an
     * outage, and the message would come back again and again.
     */
    private static final Pattern KEY = Pattern.compile("snapshots(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+");

    private boolean formatKnown;
    private @Nullable Scope scope;
    private long version;
    private @Nullable Instant capturedAt;
    private @Nullable Instant changedAt;
    private boolean fullSync;
    private boolean allowMassDeletion;
    private @Nullable Counts counts;
    private @Nullable String digest;
    private long contentBytes = -1;
    private @Nullable Content content;

    private final String body;
    private final JsonParser parser;
    private final JsonReader json;

    private EnvelopeReader(String body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
        this.json = new JsonReader(parser);
    }

    /**
     * Reads a message.
     *
     * @throws UnreadableMessageException if it is not a snapshot in a format that this version knows
     */
    public static Envelope read(String body) throws UnreadableMessageException {
        try (JsonParser parser = MessageJson.FACTORY.createParser(body)) {
            return new EnvelopeReader(body, parser).envelope();
        } catch (JacksonException e) {
            // Its own message quotes the payload.
            throw new UnreadableMessageException("the message is not JSON: "
                    + e.getClass().getSimpleName() + " at character "
                    + (e.getLocation() == null ? "?" : e.getLocation().getCharOffset()));
        } catch (JsonReader.WrongJson e) {
            throw new UnreadableMessageException("the message is not a snapshot: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnreadableMessageException("the message cannot be read", e);
        }
    }

    private Envelope envelope() throws IOException {
        json.document(this::field);
        if (!formatKnown) {
            throw new JsonReader.WrongJson("'format' is missing");
        }
        if (contentBytes < 0 || contentBytes > SnapshotReader.MAX_CONTENT_BYTES) {
            throw new JsonReader.WrongJson("'content_bytes' is " + (contentBytes < 0 ? "missing" : contentBytes)
                    + "; at most " + SnapshotReader.MAX_CONTENT_BYTES + " are read");
        }
        // No later snapshot could have a higher one.
        if (version <= 0 || version >= END_OF_TIMES.toEpochMilli()) {
            throw new JsonReader.WrongJson("'version' is not a positive number of milliseconds before the year 10000");
        }
        var header = new SnapshotHeader(
                json.required(scope, "scope"),
                version,
                json.required(capturedAt, "captured_at"),
                Optional.ofNullable(changedAt),
                new Orders(fullSync, allowMassDeletion));
        return new Envelope(
                header,
                json.required(counts, "counts"),
                json.required(digest, "digest"),
                contentBytes,
                json.required(content, "content"));
    }

    private boolean field(String field) throws IOException {
        switch (field) {
            case "format" -> checkFormat(json.number());
            case "scope" -> scope = scope(json.text());
            case "version" -> version = json.number();
            case "captured_at" -> capturedAt = instant(json.text());
            case "changed_at" -> changedAt = instant(json.text());
            case "full_sync" -> fullSync = json.truth();
            case "allow_mass_deletion" -> allowMassDeletion = json.truth();
            case "counts" -> counts = counts();
            case "digest" -> digest = json.text();
            case "content_bytes" -> contentBytes = json.number();
            case "content" -> content = new Content.Inline(rawObject());
            case "content_at" -> content = storedAt();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** At once, before a field that another format gave another type. */
    private void checkFormat(long format) throws IOException {
        if (format != FORMAT) {
            throw new JsonReader.WrongJson("its format is " + format + "; this version reads format " + FORMAT);
        }
        formatKnown = true;
    }

    private static Scope scope(String text) throws IOException {
        try {
            return new Scope(text);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the text.
            throw new JsonReader.WrongJson("'scope' is not of the form ACCOUNT:REGION or ACCOUNT:REGION:NAME");
        }
    }

    private static Instant instant(String text) throws IOException {
        try {
            Instant instant = Instant.parse(text);
            // Others have no milliseconds in a long.
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIMES)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Reported below, with what is allowed.
        }
        throw new JsonReader.WrongJson("a time is not of the form 2026-01-31T12:00:00Z");
    }

    private Counts counts() throws IOException {
        int[] read = new int[3];
        json.object(field -> {
            switch (field) {
                case "namespaces" -> read[0] = json.smallNumber();
                case "services" -> read[1] = json.smallNumber();
                case "instances" -> read[2] = json.smallNumber();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Counts(read[0], read[1], read[2]);
    }

    /** The next value as it stands in the message: the digest is over exactly these characters. */
    private String rawObject() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonReader.WrongJson("'content' is not an object");
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return body.substring(start, end);
    }

    private Content storedAt() throws IOException {
        @Nullable String[] read = new String[2];
        json.object(field -> {
            switch (field) {
                case "bucket" -> read[0] = json.text();
                case "key" -> read[1] = json.text();
                default -> {
                    return false;
                }
            }
            return true;
        });
        String key = json.required(read[1], "key");
        if (key.length() > MAX_KEY_CHARACTERS || !KEY.matcher(key).matches()) {
            throw new JsonReader.WrongJson("the stored snapshot's key is not of the form snapshots/... with at most "
                    + MAX_KEY_CHARACTERS + " letters, digits, '-', '_', '.' or '/'");
        }
        return new Content.Stored(json.required(read[0], "bucket"), key);
    }
}
