package io.github.cloudmapgraph.snapshot;

/**
 * How the instances of a service are checked.
 *
 * @see <a href="https://docs.aws.amazon.com/cloud-map/latest/dg/services-health-checks.html">Service health checks</a>
 */
public sealed interface HealthCheck {
    /** No check: every instance is assumed to be healthy. */
    record None() implements HealthCheck {}

    /**
     * Route 53 checks the instances.
     *
     * @param type {@code HTTP}, {@code HTTPS} or {@code TCP}
     * @param path what an HTTP check asks for; empty for TCP
     */
    record Route53(String type, String path, int failureThreshold) implements HealthCheck {}

    /** A checker of the service's owner reports health to Cloud Map. */
    record Custom() implements HealthCheck {}
}
