package io.github.cloudmapgraph.producer.read;

/**
 * What changed so shortly before a read that DiscoverInstances may not show it yet; that part is read from the control
 * plane.
 */
public sealed interface RecentChange {
    /** Nothing is known to have changed just now. */
    record None() implements RecentChange {}

    /** The instances of one service, named by id or ARN. */
    record OfService(String idOrArn) implements RecentChange {}

    /** The instances of any service: the read answers requests of which only the number is known. */
    record Anywhere() implements RecentChange {}

    /** Tells whether a service's instances may have changed. */
    default boolean mayBeIn(String id, String arn) {
        return switch (this) {
            case None() -> false;
            case OfService(String idOrArn) -> idOrArn.equals(id) || idOrArn.equals(arn);
            case Anywhere() -> true;
        };
    }
}
