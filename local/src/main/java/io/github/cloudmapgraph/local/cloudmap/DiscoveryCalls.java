package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The data plane: what applications ask at run time. It may lag behind the other calls. */
record DiscoveryCalls(Registry registry) {
    private enum Wanted {
        HEALTHY,
        UNHEALTHY,
        ALL,
        HEALTHY_OR_ELSE_ALL
    }

    private record Found(Namespace namespace, Service service) {}

    ObjectNode discover(Request request) {
        long max = Objects.requireNonNullElse(request.optionalNumber("MaxResults", 1, 1000), 100L);
        var query = request.map("QueryParameters", Rule.ATTRIBUTE_KEY, Rule.ATTRIBUTE_VALUE);
        var optional = request.map("OptionalParameters", Rule.ATTRIBUTE_KEY, Rule.ATTRIBUTE_VALUE);
        Wanted wanted =
                Objects.requireNonNullElse(request.optionalChoice("HealthStatus", Wanted.class), Wanted.HEALTHY);
        Found found = find(request);

        List<Instance> matching = registry
                .discoverable()
                .instances(found.service().id())
                .values()
                .stream()
                .filter(instance -> instance.matches(query))
                .toList();
        List<Instance> preferred =
                matching.stream().filter(instance -> instance.matches(optional)).toList();
        List<Instance> chosen =
                new ArrayList<>(byHealth(preferred.isEmpty() ? matching : preferred, wanted, found.service()));
        // The real service's order is random too, so that callers spread their load.
        Collections.shuffle(chosen);

        ObjectNode answer = Answers.empty();
        ArrayNode instances = answer.putArray("Instances");
        chosen.stream().limit(max).forEach(instance -> {
            ObjectNode json = instances
                    .addObject()
                    .put("InstanceId", instance.id())
                    .put("NamespaceName", found.namespace().httpName())
                    .put("ServiceName", found.service().name())
                    .put("HealthStatus", instance.health().name());
            json.set("Attributes", Answers.texts(instance.attributes()));
        });
        return answer.put("InstancesRevision", found.service().revision());
    }

    ObjectNode revision(Request request) {
        return Answers.empty().put("InstancesRevision", find(request).service().revision());
    }

    private static List<Instance> byHealth(List<Instance> instances, Wanted wanted, Service service) {
        if (!service.isHealthChecked()) {
            return instances;
        }
        return switch (wanted) {
            case ALL -> instances;
            case HEALTHY -> of(instances, Instance.Health.HEALTHY);
            case UNHEALTHY -> of(instances, Instance.Health.UNHEALTHY);
            case HEALTHY_OR_ELSE_ALL -> {
                List<Instance> healthy = of(instances, Instance.Health.HEALTHY);
                yield healthy.isEmpty() ? instances : healthy;
            }
        };
    }

    private static List<Instance> of(List<Instance> instances, Instance.Health health) {
        return instances.stream()
                .filter(instance -> instance.health() == health)
                .toList();
    }

    private Found find(Request request) {
        String namespaceName = request.text("NamespaceName", Rule.NAMESPACE_NAME);
        String serviceName = request.text("ServiceName", Rule.SERVICE_NAME);
        String owner =
                request.textOr("OwnerAccount", Rule.ACCOUNT, registry.options().account());
        Content content = registry.discoverable();
        Namespace namespace = content.namespaceByHttpName(owner, namespaceName)
                .orElseThrow(() -> Refusal.of(
                        "NamespaceNotFound",
                        "No namespace of account %s exists with the HttpName %s".formatted(owner, namespaceName)));
        Service service = content.serviceByName(namespace.id(), serviceName)
                .orElseThrow(() -> Refusal.of(
                        "ServiceNotFound",
                        "No service exists with the name %s in %s".formatted(serviceName, namespaceName)));
        return new Found(namespace, service);
    }
}
