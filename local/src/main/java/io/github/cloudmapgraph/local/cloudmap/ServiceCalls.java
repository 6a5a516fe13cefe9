package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls on services. */
record ServiceCalls(Registry registry) {
    private static final Map<String, List<String>> FILTERS =
            Map.of("NAMESPACE_ID", List.of("EQ"), "RESOURCE_OWNER", List.of("EQ"));

    ObjectNode create(Request request) {
        String name = request.text("Name", Rule.SERVICE_NAME);
        Namespace namespace = registry.namespace(namespaceId(request));
        String requestId = request.textOr(
                "CreatorRequestId", Rule.RESOURCE_ID, registry.ids().operation());
        String description = request.textOr("Description", Rule.DESCRIPTION, "");
        var settings = ServiceSettings.read(request, namespace.type());
        var tags = Tags.read(request, name);

        Optional<Service> existing = sameName(namespace, name, settings.type());
        if (existing.isPresent()) {
            Service service = existing.get();
            if (service.name().equals(name) && service.creatorRequestId().equals(requestId)) {
                return answer(service);
            }
            throw Refusal.of("ServiceAlreadyExists", "A service with the name %s exists".formatted(service.name()))
                    .with("CreatorRequestId", service.creatorRequestId())
                    .with("ServiceId", service.id())
                    .with("ServiceArn", service.arn());
        }

        String id = registry.ids().service();
        var service = new Service(
                id,
                registry.arns().service(namespace.owner(), id),
                namespace.id(),
                name,
                description,
                settings.type(),
                settings.dnsConfig(),
                settings.healthCheck(),
                settings.customHealthThreshold(),
                tags,
                Map.of(),
                registry.nextRevision(),
                registry.now(),
                requestId,
                registry.options().account());
        registry.apply(new Change.PutService(service));
        return answer(service);
    }

    ObjectNode get(Request request) {
        return answer(registry.service(request.text("Id", Rule.ARN)));
    }

    ObjectNode list(Request request) {
        var filters = Filters.read(request, FILTERS);
        List<Predicate<Service>> tests = new ArrayList<>();
        for (var filter : filters) {
            if (filter.name().equals("NAMESPACE_ID")) {
                String wanted = filter.value();
                tests.add(service -> {
                    Namespace namespace = registry.namespaceOf(service);
                    return namespace.arn().equals(wanted)
                            || (registry.isOwn(namespace) && namespace.id().equals(wanted));
                });
            } else {
                tests.add(service -> filter.matchesOwner(registry.isOwn(registry.namespaceOf(service))));
            }
        }
        return Page.of(
                        registry.content().services(),
                        Filters.all(tests),
                        request,
                        Filters.describe("services", filters),
                        registry.options())
                .answer(
                        "Services",
                        service ->
                                Answers.serviceSummary(service, registry.namespaceOf(service), instanceCount(service)));
    }

    ObjectNode update(Request request) {
        Service service = registry.service(request.text("Id", Rule.ARN));
        Namespace namespace = registry.namespaceOf(service);
        Request change = request.child("Service");
        String description = change.textOr("Description", Rule.DESCRIPTION, service.description());
        HealthCheck check = ServiceSettings.healthCheck(change.optionalChild("HealthCheckConfig"));
        if (namespace.isHttp() && (check != null || change.has("DnsConfig"))) {
            throw Refusal.invalid(
                    "Settings of a service in an HTTP namespace can't be updated; only its Description can");
        }
        if (check != null && service.hasCustomHealth()) {
            throw Refusal.invalid("Specify either HealthCheckConfig or HealthCheckCustomConfig, not both");
        }
        if (check != null
                && service.healthCheck() != null
                && !check.type().equals(service.healthCheck().type())) {
            throw Refusal.invalid("The Type of a health check can't be changed");
        }
        DnsConfig dns = changedRecords(service, change.optionalChild("DnsConfig"));
        ServiceSettings.checkTogether(dns, check, namespace.type());
        var draft = new Operation.Draft(
                namespace.owner(), Operation.Type.UPDATE_SERVICE, namespace.id(), service.id(), null, "");
        // What is left out is deleted, says the API:
        // https://docs.aws.amazon.com/cloud-map/latest/api/API_UpdateService.html
        // In an HTTP namespace nothing but the description can be meant.
        return Answers.operationId(registry.start(
                draft,
                _ -> new Effect.UpdateService(
                        service.id(),
                        description,
                        dns == null ? Service.Type.HTTP : Service.Type.DNS_HTTP,
                        dns,
                        namespace.isHttp() ? service.healthCheck() : check)));
    }

    ObjectNode delete(Request request) {
        Service service = registry.service(request.text("Id", Rule.ARN));
        int instances = instanceCount(service);
        if (instances > 0) {
            throw Refusal.of(
                    "ResourceInUse",
                    "The service %s has %d registered instance(s): deregister them first"
                            .formatted(service.id(), instances));
        }
        registry.running(running -> service.id().equals(running.operation().serviceId()))
                .ifPresent(running -> {
                    throw Refusal.of(
                            "ResourceInUse",
                            "The operation %s on service %s is in progress"
                                    .formatted(running.operation().id(), service.id()));
                });
        registry.apply(new Change.RemoveService(service.id()));
        return Answers.empty();
    }

    private static String namespaceId(Request request) {
        String id = request.optionalText("NamespaceId", Rule.ARN);
        if (id != null) {
            return id;
        }
        Request dns = request.optionalChild("DnsConfig");
        String deprecated = dns == null ? null : dns.optionalText("NamespaceId", Rule.RESOURCE_ID);
        if (deprecated == null) {
            throw Refusal.invalid("NamespaceId must be specified");
        }
        return deprecated;
    }

    /** Names that are used in DNS must differ by more than case. */
    private Optional<Service> sameName(Namespace namespace, String name, Service.Type type) {
        if (type == Service.Type.HTTP) {
            return registry.content().serviceByName(namespace.id(), name);
        }
        return registry.content().servicesOf(namespace.id()).stream()
                .filter(service -> service.name().equals(name)
                        || (service.type() == Service.Type.DNS_HTTP
                                && service.name().equalsIgnoreCase(name)))
                .findFirst();
    }

    private static @Nullable DnsConfig changedRecords(Service service, @Nullable Request change) {
        if (change == null) {
            return null;
        }
        DnsConfig present = service.dnsConfig();
        if (present == null) {
            throw Refusal.invalid("The service %s has no DnsConfig to update".formatted(service.id()));
        }
        var changed = new DnsConfig(present.routingPolicy(), ServiceSettings.records(change));
        if (!changed.types().equals(present.types())) {
            throw Refusal.invalid("The record types of a service can't be changed; %s has %s"
                    .formatted(service.id(), present.types()));
        }
        return changed;
    }

    private ObjectNode answer(Service service) {
        ObjectNode answer = Answers.empty();
        answer.set("Service", Answers.service(service, registry.namespaceOf(service), instanceCount(service)));
        return answer;
    }

    private int instanceCount(Service service) {
        return registry.content().instanceCount(service.id());
    }
}
