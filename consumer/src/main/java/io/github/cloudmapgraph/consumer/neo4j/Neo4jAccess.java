package io.github.cloudmapgraph.consumer.neo4j;

import java.net.URI;

/**
 * Where Neo4j is and how to sign in.
 *
 * @param uri for example {@code neo4j+s://graph.example.com:7687}
 * @param database empty for the server's default
 */
public record Neo4jAccess(URI uri, String username, String password, String database) {
    /** Names the address and the user, never the password. */
    @Override
    public String toString() {
        return username + " at " + uri + (database.isEmpty() ? "" : ", database " + database);
    }
}
