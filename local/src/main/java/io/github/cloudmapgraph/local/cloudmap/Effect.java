package io.github.cloudmapgraph.local.cloudmap;

import org.jspecify.annotations.Nullable;

/** What an operation does to the registry when it succeeds. */
sealed interface Effect {
    /** The namespace comes into being. */
    record CreateNamespace(Namespace namespace) implements Effect {}

    /** The namespace's description and, for DNS, its SOA time to live change. */
    record UpdateNamespace(
            String namespaceId,
            String description,
            @Nullable Long soaTtl) implements Effect {}

    /** The namespace goes, unless it got a service meanwhile. */
    record DeleteNamespace(String namespaceId) implements Effect {}

    /** The service's settings become these. */
    record UpdateService(
            String serviceId,
            String description,
            Service.Type serviceType,
            @Nullable DnsConfig dnsConfig,
            @Nullable HealthCheck healthCheck)
            implements Effect {}

    /** The instance is there, with these attributes. */
    record RegisterInstance(String serviceId, Instance instance) implements Effect {}

    /** The instance goes. */
    record DeregisterInstance(String serviceId, String instanceId) implements Effect {}
}
