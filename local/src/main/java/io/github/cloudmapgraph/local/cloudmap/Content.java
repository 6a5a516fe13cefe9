package io.github.cloudmapgraph.local.cloudmap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Namespaces, services and instances, ordered by id. Guarded by the registry's lock. */
final class Content {
    private final NavigableMap<String, Namespace> namespaces = new TreeMap<>();
    private final NavigableMap<String, Service> services = new TreeMap<>();
    private final Map<String, NavigableMap<String, String>> serviceIdsByName = new HashMap<>();
    private final Map<String, NavigableMap<String, Instance>> instances = new HashMap<>();

    void apply(Change change) {
        switch (change) {
            case Change.PutNamespace(Namespace namespace) -> namespaces.put(namespace.id(), namespace);
            case Change.RemoveNamespace(String id) -> {
                namespaces.remove(id);
                serviceIdsByName.remove(id);
            }
            case Change.PutService(Service service) -> {
                services.put(service.id(), service);
                names(service.namespaceId()).put(service.name(), service.id());
            }
            case Change.RemoveService(String id) -> {
                Service removed = services.remove(id);
                instances.remove(id);
                if (removed != null) {
                    names(removed.namespaceId()).remove(removed.name());
                }
            }
            case Change.PutInstance(String serviceId, Instance instance) ->
                instances.computeIfAbsent(serviceId, _ -> new TreeMap<>()).put(instance.id(), instance);
            case Change.RemoveInstance(String serviceId, String instanceId) ->
                instances(serviceId).remove(instanceId);
        }
    }

    void clear() {
        namespaces.clear();
        services.clear();
        serviceIdsByName.clear();
        instances.clear();
    }

    NavigableMap<String, Namespace> namespaces() {
        return namespaces;
    }

    NavigableMap<String, Service> services() {
        return services;
    }

    NavigableMap<String, Instance> instances(String serviceId) {
        return instances.getOrDefault(serviceId, new TreeMap<>());
    }

    List<Service> servicesOf(String namespaceId) {
        return serviceIdsByName.getOrDefault(namespaceId, new TreeMap<>()).values().stream()
                .flatMap(id -> Optional.ofNullable(services.get(id)).stream())
                .toList();
    }

    Optional<Namespace> namespaceByHttpName(String owner, String httpName) {
        return namespaces.values().stream()
                .filter(namespace ->
                        namespace.owner().equals(owner) && namespace.httpName().equals(httpName))
                .findFirst();
    }

    Optional<Service> serviceByName(String namespaceId, String name) {
        return Optional.ofNullable(serviceIdsByName.get(namespaceId))
                .flatMap(names -> Optional.ofNullable(names.get(name)))
                .flatMap(id -> Optional.ofNullable(services.get(id)));
    }

    int serviceCount(String namespaceId) {
        return serviceIdsByName.getOrDefault(namespaceId, new TreeMap<>()).size();
    }

    int instanceCount(String serviceId) {
        return instances(serviceId).size();
    }

    private NavigableMap<String, String> names(String namespaceId) {
        return serviceIdsByName.computeIfAbsent(namespaceId, _ -> new TreeMap<>());
    }
}
