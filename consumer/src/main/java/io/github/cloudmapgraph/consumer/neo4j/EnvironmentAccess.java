package io.github.cloudmapgraph.consumer.neo4j;

import io.github.cloudmapgraph.config.Settings;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** Neo4j's address and credentials where there is no secret: {@code NEO4J_URI} and the like. */
public record EnvironmentAccess(Neo4jAccess access) implements AccessSource {
    private static final String MISSING = "missing";
    private static final Pattern TRUTH = Pattern.compile("true|false");

    /** Reads the variables, and notes what is wrong with them. */
    public static EnvironmentAccess of(Settings settings) {
        String uri = settings.required("NEO4J_URI", "an address such as neo4j+s://graph.example.com:7687");
        String username = settings.required("NEO4J_USERNAME", "a user of Neo4j");
        String password = settings.required("NEO4J_PASSWORD", "that user's password");
        Map<String, String> fields = Map.of(
                "uri",
                uri,
                // What is missing is told already; the rest is still to be looked at.
                "username",
                username.isEmpty() ? MISSING : username,
                "password",
                password.isEmpty() ? MISSING : password,
                "database",
                settings.text("NEO4J_DATABASE"),
                "allowUnencrypted",
                settings.text("NEO4J_ALLOW_UNENCRYPTED", TRUTH, "true or false"));
        return switch (AccessFields.read("the environment", fields)) {
            case AccessReading.Found found -> new EnvironmentAccess(found.access());
            case AccessReading.Wrong wrong -> unknown(settings, wrong.problem());
            case AccessReading.NotFilledIn open ->
                uri.isEmpty()
                        ? UNKNOWN
                        : unknown(settings, "or a variable beside it holds a placeholder: " + open.fields());
            case AccessReading.Unreadable unreadable -> unknown(settings, unreadable.reason());
        };
    }

    /** A stand-in: {@link Settings#check()} throws. */
    private static final EnvironmentAccess UNKNOWN =
            new EnvironmentAccess(new Neo4jAccess(URI.create("neo4j://unknown"), "", "", "", false));

    private static EnvironmentAccess unknown(Settings settings, String problem) {
        settings.problem("NEO4J_URI", "is not usable: " + problem);
        return UNKNOWN;
    }

    @Override
    public AccessReading read() {
        return new AccessReading.Found(access);
    }
}
