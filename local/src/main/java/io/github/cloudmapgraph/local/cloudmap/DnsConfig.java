package io.github.cloudmapgraph.local.cloudmap;

import java.util.List;
import java.util.TreeSet;

/** The DNS records that registering an instance of a service creates. */
record DnsConfig(String routingPolicy, List<DnsRecord> records) {
    /** One record type, with its time to live in seconds. */
    record DnsRecord(String type, long ttl) {}

    DnsConfig {
        records = List.copyOf(records);
    }

    boolean has(String recordType) {
        return records.stream().anyMatch(dns -> dns.type().equals(recordType));
    }

    TreeSet<String> types() {
        var types = new TreeSet<String>();
        records.forEach(dns -> types.add(dns.type()));
        return types;
    }
}
