package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.servicediscovery.model.DnsConfig;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckConfig;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceProperties;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Says in the snapshot's terms what Cloud Map says in the API's, where a field that is not set is null. */
final class Mapping {
    /** What Cloud Map takes where a Route 53 check names none. */
    private static final int STANDARD_FAILURE_THRESHOLD = 1;

    private Mapping() {}

    static Namespace namespace(NamespaceSummary summary, String owner, List<Service> services) {
        return new Namespace(
                summary.arn(),
                summary.id(),
                summary.name(),
                orEmpty(summary.typeAsString()),
                orEmpty(summary.description()),
                owner,
                httpName(summary),
                hostedZoneId(summary),
                services);
    }

    /** Returns the name that DiscoverInstances knows the namespace by; empty where there is none. */
    static String httpName(NamespaceSummary summary) {
        NamespaceProperties properties = summary.properties();
        return properties == null || properties.httpProperties() == null
                ? ""
                : orEmpty(properties.httpProperties().httpName());
    }

    private static String hostedZoneId(NamespaceSummary summary) {
        NamespaceProperties properties = summary.properties();
        return properties == null || properties.dnsProperties() == null
                ? ""
                : orEmpty(properties.dnsProperties().hostedZoneId());
    }

    static Optional<Dns> dns(ServiceSummary summary) {
        DnsConfig config = summary.dnsConfig();
        // An HTTP service may carry a configuration without records.
        if (config == null || config.dnsRecords().isEmpty()) {
            return Optional.empty();
        }
        List<DnsRecord> records = config.dnsRecords().stream()
                .map(record -> new DnsRecord(orEmpty(record.typeAsString()), record.ttl() == null ? 0 : record.ttl()))
                .toList();
        return Optional.of(new Dns(orEmpty(config.routingPolicyAsString()), records));
    }

    static HealthCheck healthCheck(ServiceSummary summary) {
        HealthCheckConfig route53 = summary.healthCheckConfig();
        if (route53 != null) {
            return new HealthCheck.Route53(
                    orEmpty(route53.typeAsString()),
                    orEmpty(route53.resourcePath()),
                    route53.failureThreshold() == null ? STANDARD_FAILURE_THRESHOLD : route53.failureThreshold());
        }
        return summary.healthCheckCustomConfig() == null ? new HealthCheck.None() : new HealthCheck.Custom();
    }

    /** Returns the health of an instance whose service is checked; without a result yet, it is unknown. */
    static Health health(@Nullable String status) {
        return switch (status) {
            case "HEALTHY" -> Health.HEALTHY;
            case "UNHEALTHY" -> Health.UNHEALTHY;
            case null, default -> Health.UNKNOWN;
        };
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
