package io.github.cloudmapgraph.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a function is invoked with, and what it answers, as JSON.
 *
 * <p>Lambda would read it by itself, but where it is no object it fails before the function could say what it takes.
 */
public final class Payload {
    private static final Pattern NAME = Pattern.compile("[A-Za-z.]{1,50}|aws\\.[a-z0-9.-]{1,30}");

    private Payload() {}

    /**
     * Reads a payload.
     *
     * @param accepted what the function takes, for whoever sent something else
     * @return null where there is none
     * @throws IllegalArgumentException if it is no JSON object; the message does not quote it
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // Lambda's own reader makes a null of a JSON null, too.
    public static @Nullable Map<String, Object> read(InputStream in, String accepted) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || text.equals("null")) {
            return null;
        }
        try {
            return (Map<String, Object>) (Map<String, ?>) Json.parseObject(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the payload is " + e.getMessage() + "; " + accepted, e);
        }
    }

    /** Writes an answer. */
    public static void write(Map<String, ?> answer, OutputStream out) throws IOException {
        out.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a piece of a payload that may be told where it has the form of a name, letters and dots, or AWS's as
     * {@code aws.s3}; and its length alone where not, for it may be a secret that was pasted there.
     */
    public static String name(String text) {
        return NAME.matcher(text).matches() ? text : "something of " + text.length() + " characters";
    }
}
