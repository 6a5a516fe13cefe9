package io.github.cloudmapgraph.local.cloudmap;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A service.
 *
 * @param customHealthThreshold the failure threshold of its HealthCheckCustomConfig; null where it has none
 * @param revision moves whenever an instance is registered, changed or deregistered
 * @param createdAt milliseconds since 1970
 */
record Service(
        String id,
        String arn,
        String namespaceId,
        String name,
        String description,
        Type type,
        @Nullable DnsConfig dnsConfig,
        @Nullable HealthCheck healthCheck,
        @Nullable Integer customHealthThreshold,
        Map<String, String> tags,
        Map<String, String> attributes,
        long revision,
        long createdAt,
        String creatorRequestId,
        String createdBy) {
    enum Type {
        HTTP,
        DNS_HTTP
    }

    Service {
        tags = new TreeMap<>(tags);
        attributes = new TreeMap<>(attributes);
    }

    boolean hasCustomHealth() {
        return customHealthThreshold != null;
    }

    boolean isHealthChecked() {
        return healthCheck != null || hasCustomHealth();
    }

    Service withTags(Map<String, String> newTags) {
        return new Service(
                id,
                arn,
                namespaceId,
                name,
                description,
                type,
                dnsConfig,
                healthCheck,
                customHealthThreshold,
                newTags,
                attributes,
                revision,
                createdAt,
                creatorRequestId,
                createdBy);
    }

    Service withAttributes(Map<String, String> newAttributes) {
        return new Service(
                id,
                arn,
                namespaceId,
                name,
                description,
                type,
                dnsConfig,
                healthCheck,
                customHealthThreshold,
                tags,
                newAttributes,
                revision,
                createdAt,
                creatorRequestId,
                createdBy);
    }

    Service withRevision(long newRevision) {
        return new Service(
                id,
                arn,
                namespaceId,
                name,
                description,
                type,
                dnsConfig,
                healthCheck,
                customHealthThreshold,
                tags,
                attributes,
                newRevision,
                createdAt,
                creatorRequestId,
                createdBy);
    }

    Service with(
            String newDescription,
            Type newType,
            @Nullable DnsConfig newDnsConfig,
            @Nullable HealthCheck newHealthCheck) {
        return new Service(
                id,
                arn,
                namespaceId,
                name,
                newDescription,
                newType,
                newDnsConfig,
                newHealthCheck,
                customHealthThreshold,
                tags,
                attributes,
                revision,
                createdAt,
                creatorRequestId,
                createdBy);
    }
}
