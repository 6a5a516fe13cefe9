package io.github.cloudmapgraph.consumer.neo4j;

import java.util.List;

/** What came of asking where Neo4j is. */
public sealed interface AccessReading {
    /** It is known. */
    record Found(Neo4jAccess access) implements AccessReading {}

    /**
     * Nobody has filled it in yet.
     *
     * @param source the secret
     * @param fields the fields that are missing, blank or still hold a placeholder
     */
    record NotFilledIn(String source, List<String> fields) implements AccessReading {
        public NotFilledIn {
            fields = List.copyOf(fields);
        }
    }

    /**
     * It is not as it has to be.
     *
     * @param problem what is wrong and what is allowed; holds no value but a scheme or a port
     */
    record Wrong(String source, String problem) implements AccessReading {}

    /**
     * It could not be read this time.
     *
     * @param reason what the service answered
     */
    record Unreadable(String source, String reason) implements AccessReading {}
}
