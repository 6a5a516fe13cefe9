package io.github.cloudmapgraph.snapshot;

/**
 * What a person, or the daily schedule, asked of an update.
 *
 * @param fullSync compare everything by key, and stamp every node anew
 * @param allowMassDeletion the deletion of more than the usual share of the services is meant
 */
public record Orders(boolean fullSync, boolean allowMassDeletion) {
    public static final Orders NONE = new Orders(false, false);

    /** Tells whether a snapshot that carries these may be skipped for a newer one. */
    public boolean none() {
        return equals(NONE);
    }

    /** Returns the orders of both. */
    public Orders and(Orders other) {
        return new Orders(fullSync || other.fullSync, allowMassDeletion || other.allowMassDeletion);
    }
}
