package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** The calls on instances' health. */
record HealthCalls(Registry registry) {
    ObjectNode get(Request request) {
        Service service = service(request);
        Set<String> wanted = new HashSet<>(request.texts("Instances", Rule.RESOURCE_ID));
        if (request.has("Instances") && wanted.isEmpty()) {
            throw Refusal.invalid("Instances must hold at least one id");
        }
        wanted.forEach(id -> registry.instance(service, id));
        var page = Page.of(
                registry.content().instances(service.id()),
                instance -> wanted.isEmpty() || wanted.contains(instance.id()),
                request,
                "health of " + service.id() + wanted.stream().sorted().toList(),
                registry.options());
        ObjectNode answer = Answers.empty();
        ObjectNode status = answer.putObject("Status");
        page.entries()
                .forEach(entry ->
                        status.put(entry.getKey(), entry.getValue().health().name()));
        return page.withToken(answer);
    }

    ObjectNode update(Request request) {
        Service service = service(request);
        Instance instance = registry.instance(service, request.text("InstanceId", Rule.RESOURCE_ID));
        request.required("Status");
        var status = request.optionalChoice("Status", CustomStatus.class);
        if (!service.hasCustomHealth()) {
            throw Refusal.of(
                    "CustomHealthNotFound",
                    "The service %s has no custom health check: create it with HealthCheckCustomConfig"
                            .formatted(service.id()));
        }
        registry.apply(
                new Change.PutInstance(service.id(), instance.with(Instance.Health.valueOf(String.valueOf(status)))));
        return Answers.empty();
    }

    private enum CustomStatus {
        HEALTHY,
        UNHEALTHY
    }

    private Service service(Request request) {
        return registry.service(request.text("ServiceId", Rule.ARN));
    }
}
