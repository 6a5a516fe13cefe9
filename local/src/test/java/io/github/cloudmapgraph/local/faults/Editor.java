package io.github.cloudmapgraph.local.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/** A random client of Cloud Map. What Cloud Map refuses, for the last change still runs, it leaves. */
final class Editor {
    private static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";
    private static final List<String> SERVICES =
            List.of("cart", "db", "mail", "search", "stock", "price", "login", "audit", "feed", "media", "tax", "bot");
    private static final List<String> VALUES = List.of("dev", "prod", "1.0.0", "two words", "ü'`\"\\ {}");

    /** A registry to begin with. */
    static final String FIRST = """
        {"namespaces": [
          {"name": "kept", "type": "HTTP", "services": [
            {"name": "kept-a", "instances": [{"id": "a-1", "attributes": {"stage": "prod"}}]},
            {"name": "kept-b", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "kept-a"}, "instances": []}]},
          {"name": "shop", "type": "HTTP", "services": [
            {"name": "cart", "healthCheckCustomConfig": {}, "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "db"},
             "instances": [{"id": "i-1", "attributes": {"stage": "dev"}}]},
            {"name": "db", "instances": [{"id": "i-1", "attributes": {"AWS_INSTANCE_IPV4": "10.0.0.9"}}]},
            {"name": "mail", "instances": []}]},
          {"name": "internal", "type": "DNS_PRIVATE", "services": [
            {"name": "db", "dnsConfig": {"dnsRecords": [{"type": "A", "ttl": 60}]},
             "instances": [{"id": "db-1", "attributes": {"AWS_INSTANCE_IPV4": "10.0.0.9"}}]}]}
        ]}
        """;

    private final ServiceDiscoveryClient api;
    private final History history;
    private final Random random;
    private String namespace = "";
    private final Map<String, String> ids = new TreeMap<>();

    Editor(ServiceDiscoveryClient api, History history, Random random) {
        this.api = api;
        this.history = history;
        this.random = random;
    }

    void run(AtomicBoolean ended) {
        find();
        while (!ended.get()) {
            try {
                edit();
                history.add(new Event.Edited());
            } catch (SdkException e) {
                // An instance that is not there, a change that still runs, a service with instances.
            }
            LockSupport.parkNanos(Duration.ofMillis(50 + random.nextInt(500)).toNanos());
        }
    }

    private void find() {
        var namespaces = api.listNamespaces().namespaces();
        namespaces.stream().filter(each -> each.name().equals("shop")).forEach(each -> namespace = each.id());
        for (var service : api.listServices().services()) {
            if (service.arn() != null && !service.name().startsWith(People.NAMESPACE)) {
                ids.put(service.name(), service.id());
            }
        }
        ids.remove("db");
    }

    private void edit() {
        String name = one(SERVICES);
        String id = ids.get(name);
        if (id == null) {
            ids.put(
                    name,
                    api.createService(create -> create.namespaceId(namespace)
                                    .name(name)
                                    .healthCheckCustomConfig(
                                            HealthCheckCustomConfig.builder().build())
                                    .tags(declared()))
                            .service()
                            .id());
            return;
        }
        String instance = "i-" + random.nextInt(3);
        switch (random.nextInt(10)) {
            case 0 -> delete(name, id);
            case 1 ->
                api.deregisterInstance(deregister -> deregister.serviceId(id).instanceId(instance));
            case 2 ->
                api.tagResource(tag -> tag.resourceARN(
                                api.getService(get -> get.id(id)).service().arn())
                        .tags(declared()));
            case 3 ->
                api.updateServiceAttributes(
                        update -> update.serviceId(id).attributes(Map.of(DEPENDS_ON, one(SERVICES), "tier", value())));
            case 4 ->
                api.updateInstanceCustomHealthStatus(update -> update.serviceId(id)
                        .instanceId(instance)
                        .status(random.nextBoolean() ? CustomHealthStatus.HEALTHY : CustomHealthStatus.UNHEALTHY));
            case 5 -> {
                if (random.nextInt(4) == 0) {
                    // More than half: such a snapshot is held back.
                    new TreeMap<>(ids).forEach(this::deleteIfThere);
                }
            }
            default ->
                api.registerInstance(register -> register.serviceId(id)
                        .instanceId(instance)
                        .attributes(Map.of("stage", value(), "number", String.valueOf(random.nextInt(100)))));
        }
    }

    private void deleteIfThere(String name, String id) {
        try {
            delete(name, id);
        } catch (SdkException e) {
            // It has an instance whose deregistration is still to take effect: the next attempt finds it gone.
        }
    }

    private void delete(String name, String id) {
        api.listInstances(list -> list.serviceId(id)).instances().forEach(instance -> {
            api.deregisterInstance(deregister -> deregister.serviceId(id).instanceId(instance.id()));
            LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
        });
        api.deleteService(delete -> delete.id(id));
        ids.remove(name);
    }

    private List<Tag> declared() {
        return List.of(
                Tag.builder().key(DEPENDS_ON).value(one(SERVICES)).build(),
                Tag.builder().key("stage").value(value()).build());
    }

    private String value() {
        return one(VALUES);
    }

    private String one(List<String> pool) {
        return new ArrayList<>(pool).get(random.nextInt(pool.size()));
    }
}
