package io.github.cloudmapgraph.consumer.neo4j;

/** What came of using Neo4j. */
public sealed interface Use<T> {
    /** It did what it was asked for. */
    record Done<T>(T result) implements Use<T> {}

    /** It did not. */
    record Failed<T>(Neo4jFailure failure) implements Use<T> {}
}
