package io.github.cloudmapgraph.local.deployment;

import io.github.cloudmapgraph.snapshot.Scope;
import java.util.Map;

/**
 * How a deployment is configured.
 *
 * @param account whose Cloud Map is read
 * @param name what its queues, lock table and bucket are called after
 * @param producer environment variables beside those that name the resources
 * @param consumer likewise
 */
public record DeploymentOptions(
        String account, String region, String name, Map<String, String> producer, Map<String, String> consumer) {
    public DeploymentOptions {
        producer = Map.copyOf(producer);
        consumer = Map.copyOf(consumer);
    }

    /** Returns the options that a stack is deployed with unless it is told otherwise. */
    public static DeploymentOptions of(String account, String region) {
        return new DeploymentOptions(account, region, "cloud-map-graph", Map.of(), Map.of());
    }

    /** Returns the part of the graph that the deployment keeps. */
    public Scope scope() {
        return Scope.of(account, region, producer.getOrDefault("DEPLOYMENT_NAME", ""));
    }
}
