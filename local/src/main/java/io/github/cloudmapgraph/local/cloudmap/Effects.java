package io.github.cloudmapgraph.local.cloudmap;

import org.jspecify.annotations.Nullable;

/** Lets an operation's effect come true. */
record Effects(Registry registry) {
    /** Returns why it failed, or null. */
    @Nullable
    String apply(Effect effect) {
        Content content = registry.content();
        return switch (effect) {
            case Effect.CreateNamespace(Namespace namespace) -> {
                registry.apply(new Change.PutNamespace(namespace));
                yield null;
            }
            case Effect.UpdateNamespace(String id, String description, Long soaTtl) -> {
                Namespace namespace = content.namespaces().get(id);
                if (namespace == null) {
                    yield "The namespace was deleted";
                }
                registry.apply(new Change.PutNamespace(namespace.with(description, soaTtl)));
                yield null;
            }
            case Effect.DeleteNamespace(String id) -> {
                if (content.serviceCount(id) > 0) {
                    yield "The namespace has a service that was created meanwhile";
                }
                registry.apply(new Change.RemoveNamespace(id));
                yield null;
            }
            case Effect.UpdateService update -> {
                Service service = content.services().get(update.serviceId());
                if (service == null) {
                    yield "The service was deleted";
                }
                registry.apply(new Change.PutService(service.with(
                        update.description(), update.serviceType(), update.dnsConfig(), update.healthCheck())));
                yield null;
            }
            case Effect.RegisterInstance(String serviceId, Instance instance) ->
                changeInstance(serviceId, new Change.PutInstance(serviceId, instance));
            case Effect.DeregisterInstance(String serviceId, String instanceId) ->
                changeInstance(serviceId, new Change.RemoveInstance(serviceId, instanceId));
        };
    }

    private @Nullable String changeInstance(String serviceId, Change change) {
        Service service = registry.content().services().get(serviceId);
        if (service == null) {
            return "The service was deleted";
        }
        registry.apply(change);
        registry.apply(new Change.PutService(service.withRevision(registry.nextRevision())));
        return null;
    }
}
