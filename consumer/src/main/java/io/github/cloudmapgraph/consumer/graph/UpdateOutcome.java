package io.github.cloudmapgraph.consumer.graph;

/** What came of an update. */
public sealed interface UpdateOutcome {
    /** The graph equals the snapshot. */
    record Applied(long version, Changes changes) implements UpdateOutcome {}

    /** The graph already holds this version or a newer one; nothing was changed. */
    record Overtaken(long byVersion) implements UpdateOutcome {}

    /**
     * The snapshot would delete so much that it has to be confirmed first; the graph is as it was.
     *
     * @param services how many services it would delete
     * @param ofServices how many the scope has
     * @param seen how many snapshots in a row have said the same, this one included
     * @param needed how many have to
     */
    record HeldBack(int services, int ofServices, int seen, int needed) implements UpdateOutcome {}
}
