package io.github.cloudmapgraph.consumer.neo4j;

/** Knows where Neo4j is: a secret, or the environment. */
public interface AccessSource {
    /** Asks anew; what is found is kept by the caller. */
    AccessReading read();
}
