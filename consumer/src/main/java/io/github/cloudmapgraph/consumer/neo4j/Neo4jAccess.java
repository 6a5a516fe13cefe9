package io.github.cloudmapgraph.consumer.neo4j;

import java.net.URI;

/**
 * Where Neo4j is and how to sign in.
 *
 * @param uri for example {@code neo4j+s://graph.example.com:7687}
 * @param database empty for the server's default
 * @param allowUnencrypted whether the scheme may be an unencrypted one though the address is public
 */
public record Neo4jAccess(URI uri, String username, String password, String database, boolean allowUnencrypted) {
    /** Returns scheme, host and port alone: what else a URI may hold is nobody's business. */
    String address() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** Names the address and the user, never the password. */
    @Override
    public String toString() {
        return username + " at " + address() + (database.isEmpty() ? "" : ", database " + database);
    }
}
