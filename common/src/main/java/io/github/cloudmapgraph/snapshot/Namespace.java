package io.github.cloudmapgraph.snapshot;

import java.util.List;

/**
 * One namespace with its services.
 *
 * @param type {@code HTTP}, {@code DNS_PUBLIC} or {@code DNS_PRIVATE}
 * @param description empty where there is none
 * @param owner the account that created it; another one than the reader's where it is shared
 * @param httpName the name that DiscoverInstances knows it by
 */
public record Namespace(
        String arn,
        String id,
        String name,
        String type,
        String description,
        String owner,
        String httpName,
        String hostedZoneId,
        List<Service> services) {
    public Namespace {
        services = List.copyOf(services);
    }
}
