package io.github.cloudmapgraph.snapshot;

import java.util.List;

/**
 * The DNS settings of a service.
 *
 * @param routingPolicy {@code MULTIVALUE} or {@code WEIGHTED}
 */
public record Dns(String routingPolicy, List<DnsRecord> records) {
    public Dns {
        records = List.copyOf(records);
    }
}
