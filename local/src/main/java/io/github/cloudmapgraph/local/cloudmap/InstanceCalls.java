package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Function;

/** The calls on instances. */
record InstanceCalls(Registry registry) {
    ObjectNode register(Request request) {
        Service service = service(request);
        String id = request.text("InstanceId", Rule.INSTANCE_ID);
        String requestId = request.textOr(
                "CreatorRequestId", Rule.RESOURCE_ID, registry.ids().operation());
        request.required("Attributes");
        Map<String, String> attributes =
                InstanceRules.check(request.map("Attributes", Rule.ATTRIBUTE_KEY, Rule.ATTRIBUTE_VALUE), service);

        Instance present = registry.content().instances(service.id()).get(id);
        if (present != null
                && present.operationId() != null
                && present.creatorRequestId().equals(requestId)
                && present.attributes().equals(attributes)) {
            return Answers.operationId(present.operationId());
        }
        if (present == null) {
            checkQuotas(service, id);
        }
        return start(
                Operation.Type.REGISTER_INSTANCE,
                service,
                id,
                requestId,
                operationId -> new Effect.RegisterInstance(
                        service.id(),
                        new Instance(
                                id,
                                attributes,
                                InstanceRules.initialHealth(attributes, service),
                                requestId,
                                registry.options().account(),
                                operationId)));
    }

    ObjectNode deregister(Request request) {
        Service service = service(request);
        String id = request.text("InstanceId", Rule.RESOURCE_ID);
        registry.running(running -> running.operation().target().equals(service.id() + "/" + id))
                .ifPresent(running -> {
                    throw Refusal.duplicate(running.operation());
                });
        registry.instance(service, id);
        return start(
                Operation.Type.DEREGISTER_INSTANCE,
                service,
                id,
                "",
                _ -> new Effect.DeregisterInstance(service.id(), id));
    }

    ObjectNode get(Request request) {
        Service service = service(request);
        Instance instance = registry.instance(service, request.text("InstanceId", Rule.RESOURCE_ID));
        ObjectNode answer = Answers.empty().put("ResourceOwner", owner(service));
        answer.set("Instance", Answers.instanceSummary(instance).put("CreatorRequestId", instance.creatorRequestId()));
        return answer;
    }

    ObjectNode list(Request request) {
        Service service = service(request);
        return Page.of(
                        registry.content().instances(service.id()),
                        _ -> true,
                        request,
                        "instances of " + service.id(),
                        registry.options())
                .answer("Instances", Answers::instanceSummary)
                .put("ResourceOwner", owner(service));
    }

    private void checkQuotas(Service service, String id) {
        var quotas = registry.options().quotas();
        long inService = registry.content().instanceCount(service.id()) + coming(service.id());
        boolean isComing = registry.running(
                        running -> running.operation().target().equals(service.id() + "/" + id))
                .isPresent();
        if (isComing) {
            return;
        }
        if (inService >= quotas.instancesPerService()) {
            throw Refusal.of(
                    "ResourceLimitExceeded",
                    "The service %s has its %d instances already"
                            .formatted(service.id(), quotas.instancesPerService()));
        }
        long inNamespace = registry.content().servicesOf(service.namespaceId()).stream()
                .mapToLong(one -> registry.content().instanceCount(one.id()) + coming(one.id()))
                .sum();
        if (inNamespace >= quotas.instancesPerNamespace()) {
            throw Refusal.of(
                    "ResourceLimitExceeded",
                    "The namespace %s has its %d instances already"
                            .formatted(service.namespaceId(), quotas.instancesPerNamespace()));
        }
    }

    private long coming(String serviceId) {
        var present = registry.content().instances(serviceId);
        return registry.running().stream()
                .filter(running -> running.effect() instanceof Effect.RegisterInstance(String id, Instance instance)
                        && id.equals(serviceId)
                        && !present.containsKey(instance.id()))
                .count();
    }

    private ObjectNode start(
            Operation.Type type,
            Service service,
            String instanceId,
            String requestId,
            Function<String, Effect> effect) {
        var draft =
                new Operation.Draft(owner(service), type, service.namespaceId(), service.id(), instanceId, requestId);
        return Answers.operationId(registry.start(draft, effect));
    }

    private String owner(Service service) {
        return registry.namespaceOf(service).owner();
    }

    private Service service(Request request) {
        return registry.service(request.text("ServiceId", Rule.ARN));
    }
}
