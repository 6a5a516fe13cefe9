package io.github.cloudmapgraph.local.cloudmap;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A service's DNS and health check settings, with the rules that hold between them and the namespace. */
record ServiceSettings(
        Service.Type type,
        @Nullable DnsConfig dnsConfig,
        @Nullable HealthCheck healthCheck,
        @Nullable Integer customHealthThreshold) {
    private static final List<Set<String>> RECORD_COMBINATIONS =
            List.of(Set.of("A"), Set.of("AAAA"), Set.of("A", "AAAA"), Set.of("SRV"), Set.of("CNAME"));

    static ServiceSettings read(Request request, Namespace.Type namespaceType) {
        boolean onlyByApi = request.optionalChoice("Type", List.of("HTTP")) != null;
        DnsConfig dns = dnsConfig(request.optionalChild("DnsConfig"));
        HealthCheck check = healthCheck(request.optionalChild("HealthCheckConfig"));
        Request custom = request.optionalChild("HealthCheckCustomConfig");
        Integer customThreshold = custom == null ? null : threshold(custom);

        if (check != null && customThreshold != null) {
            throw Refusal.invalid("Specify either HealthCheckConfig or HealthCheckCustomConfig, not both");
        }
        if (dns != null && namespaceType == Namespace.Type.HTTP) {
            throw Refusal.invalid("DnsConfig can't be specified for a service in an HTTP namespace");
        }
        if (dns != null && onlyByApi) {
            throw Refusal.invalid("DnsConfig can't be specified for a service of Type HTTP");
        }
        if (dns == null && !onlyByApi && namespaceType != Namespace.Type.HTTP) {
            throw Refusal.invalid(
                    "DnsConfig must be specified for a service in a DNS namespace, unless its Type is HTTP");
        }
        checkTogether(dns, check, namespaceType);
        return new ServiceSettings(
                dns == null ? Service.Type.HTTP : Service.Type.DNS_HTTP, dns, check, customThreshold);
    }

    static void checkTogether(@Nullable DnsConfig dns, @Nullable HealthCheck check, Namespace.Type namespaceType) {
        if (check != null && namespaceType == Namespace.Type.DNS_PRIVATE) {
            throw Refusal.invalid("HealthCheckConfig can't be specified for a service in a private DNS namespace");
        }
        if (check != null && dns != null && dns.has("CNAME")) {
            throw Refusal.invalid("HealthCheckConfig can't be specified together with a CNAME record");
        }
    }

    private static @Nullable DnsConfig dnsConfig(@Nullable Request config) {
        if (config == null) {
            return null;
        }
        String given = config.optionalChoice("RoutingPolicy", List.of("MULTIVALUE", "WEIGHTED"));
        String policy = Objects.requireNonNullElse(given, "MULTIVALUE");
        var dns = new DnsConfig(policy, records(config));
        if (dns.has("CNAME") && !policy.equals("WEIGHTED")) {
            throw Refusal.invalid("A CNAME record needs the RoutingPolicy WEIGHTED, not " + policy);
        }
        return dns;
    }

    static List<DnsConfig.DnsRecord> records(Request config) {
        config.required("DnsRecords");
        List<DnsConfig.DnsRecord> records = config.children("DnsRecords").stream()
                .map(one -> new DnsConfig.DnsRecord(
                        one.choice("Type", List.of("SRV", "A", "AAAA", "CNAME")),
                        one.number("TTL", 0, Integer.MAX_VALUE)))
                .toList();
        var types = new TreeSet<String>();
        boolean repeated = records.stream().anyMatch(one -> !types.add(one.type()));
        if (repeated || !RECORD_COMBINATIONS.contains(types)) {
            throw Refusal.invalid("%s must be A, AAAA, A and AAAA, SRV, or CNAME, each once; not %s"
                    .formatted(
                            config.at("DnsRecords"),
                            records.stream().map(DnsConfig.DnsRecord::type).toList()));
        }
        return records;
    }

    static @Nullable HealthCheck healthCheck(@Nullable Request config) {
        if (config == null) {
            return null;
        }
        String type = config.choice("Type", List.of("HTTP", "HTTPS", "TCP"));
        String path = config.optionalText("ResourcePath", Rule.RESOURCE_PATH);
        if (type.equals("TCP") && path != null) {
            throw Refusal.invalid("A health check of Type TCP has no ResourcePath");
        }
        return new HealthCheck(type, path == null && !type.equals("TCP") ? "/" : path, threshold(config));
    }

    private static int threshold(Request config) {
        return Math.toIntExact(Objects.requireNonNullElse(config.optionalNumber("FailureThreshold", 1, 10), 1L));
    }
}
