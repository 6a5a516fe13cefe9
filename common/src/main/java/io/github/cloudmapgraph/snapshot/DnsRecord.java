package io.github.cloudmapgraph.snapshot;

/**
 * One DNS record that Cloud Map makes for each instance of a service.
 *
 * @param type {@code A}, {@code AAAA}, {@code SRV} or {@code CNAME}
 * @param ttlSeconds how long resolvers may keep it
 */
public record DnsRecord(String type, long ttlSeconds) {}
