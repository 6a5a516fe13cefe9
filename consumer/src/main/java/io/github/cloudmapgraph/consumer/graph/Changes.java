package io.github.cloudmapgraph.consumer.graph;

/** How many nodes an update added, changed and removed. */
public record Changes(int added, int changed, int removed) {
    static final Changes NONE = new Changes(0, 0, 0);

    /** Returns how many nodes the update touched in all. */
    public int total() {
        return added + changed + removed;
    }
}
