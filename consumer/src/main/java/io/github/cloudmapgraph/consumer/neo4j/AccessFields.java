package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.failure.FailureText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a secret, or the variables in its place: {@code uri}, or {@code host} with {@code port} and
 * {@code scheme}; {@code username}, {@code password}, {@code database}, {@code allowUnencrypted}.
 */
final class AccessFields {
    /**
     * How a value begins that stands for one to be filled in, for example {@code <password>}. No URI or host begins so;
     * a password may not.
     */
    static final String PLACEHOLDER = "<";

    /** Encrypted, with a certificate that is checked: who wants less says so by {@code scheme} or {@code uri}. */
    static final String STANDARD_SCHEME = "neo4j+s";

    static final int STANDARD_PORT = 7687;

    private static final Set<String> SCHEMES = Set.of("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc");

    private final String source;
    private final Map<String, ? extends @Nullable Object> fields;

    private AccessFields(String source, Map<String, ? extends @Nullable Object> fields) {
        this.source = source;
        this.fields = fields;
    }

    static AccessReading read(String source, Map<String, ? extends @Nullable Object> fields) {
        return new AccessFields(source, fields).read();
    }

    private AccessReading read() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            return new AccessReading.NotFilledIn(source, missing);
        }
        try {
            // A database that is not filled in is the server's default.
            return new AccessReading.Found(new Neo4jAccess(
                    uri(), value("username"), value("password"), value("database"), allowUnencrypted()));
        } catch (IllegalArgumentException e) {
            return new AccessReading.Wrong(source, FailureText.of(e));
        }
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (value("uri").isEmpty() && value("host").isEmpty()) {
            missing.add("uri (or host and port)");
        }
        for (String field : List.of("username", "password")) {
            if (value(field).isEmpty()) {
                missing.add(field);
            }
        }
        return missing;
    }

    private URI uri() {
        return value("uri").isEmpty() ? uriOfHost() : checked(value("uri"), "uri");
    }

    private URI uriOfHost() {
        String scheme = value("scheme").isEmpty() ? STANDARD_SCHEME : value("scheme");
        String host = value("host");
        // An IPv6 address stands in brackets in a URI.
        String address = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return checked(scheme + "://" + address + ":" + port(), "host");
    }

    private int port() {
        String port = value("port");
        if (port.isEmpty()) {
            return STANDARD_PORT;
        }
        try {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, with what is allowed.
        }
        throw new IllegalArgumentException("port is not a number from 1 to 65535");
    }

    private boolean allowUnencrypted() {
        return switch (value("allowUnencrypted")) {
            case "true" -> true;
            case "", "false" -> false;
            default -> throw new IllegalArgumentException("allowUnencrypted is neither true nor false");
        };
    }

    private static URI checked(String text, String field) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(field + " is not an address such as neo4j+s://graph.example.com:7687");
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            throw new IllegalArgumentException("the scheme of " + field + " is not one of "
                    + String.join(", ", SCHEMES.stream().sorted().toList()));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    field + " names no host; it has to be an address such as neo4j+s://graph.example.com:7687");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(field + " holds a user; that belongs into username and password");
        }
        return uri;
    }

    /** The value as text; empty where it is missing, blank or a placeholder. */
    private String value(String field) {
        Object value = fields.get(field);
        String text = value == null ? "" : value.toString();
        // A password may begin or end with a space.
        String stripped = text.strip();
        return stripped.isEmpty() || isPlaceholder(stripped) ? "" : field.equals("password") ? text : stripped;
    }

    private static boolean isPlaceholder(String text) {
        return text.startsWith(PLACEHOLDER) && text.endsWith(">");
    }
}
