package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/**
 * Random changes through the SDK, one after the other, each followed by its event alone. (Hundreds of states, in the
 * consumer's test of the same name, go to the graph directly.)
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one.
 */
class GraphEqualsRegistryIT {
    private static final int EDITS = 40;
    private static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";
    private static final List<String> NAMESPACES = List.of("alpha", "beta", "gamma");
    private static final List<String> SERVICES = List.of("a", "b", "c", "d");
    private static final List<String> TARGETS = List.of("a", "b", "alpha/a", "beta/b c", "gamma/d nobody", "d d a");

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** Namespace ids by name. */
    private final SortedMap<String, String> namespaces = new TreeMap<>();

    /** Service ids by namespace and name. */
    private final SortedMap<String, String> services = new TreeMap<>();

    /** Instance ids by service. */
    private final SortedMap<String, SortedSet<String>> instances = new TreeMap<>();

    @Test
    void graph_equalsTheRegistry_afterEachChange() throws IOException {
        TestServers.clearGraph();
        try (var flow = new Flow(FlowOptions.standard()
                .withCloudMap(options -> options.withOperationDelay(Duration.ofMillis(20))
                        .withMaxPageSize(2)
                        .withSparsePages(true)))) {
            for (int edit = 1; edit <= EDITS; edit++) {
                String change = change(flow);
                flow.awaitEqual("%s, edit %d of seed %d".formatted(change, edit, seed));
            }
            assertThat(flow.deadLetterCount()).isZero();
        }
    }

    private String change(Flow flow) {
        var api = flow.cloudMap;
        if (namespaces.size() < 2) {
            return createNamespace(flow);
        }
        if (services.size() < 3) {
            return createService(api);
        }
        String service = one(services.keySet());
        String id = services.getOrDefault(service, "");
        return switch (random.nextInt(10)) {
            case 0 -> namespaces.size() < NAMESPACES.size() ? createNamespace(flow) : createService(api);
            case 1 -> createService(api);
            case 2 -> deleteService(flow, service, id);
            case 3 -> deregister(flow, service, id);
            case 4 -> {
                api.tagResource(tag -> tag.resourceARN(arn(api, id)).tags(declared()));
                yield "TagResource of " + service;
            }
            case 5 -> {
                api.untagResource(untag -> untag.resourceARN(arn(api, id)).tagKeys(DEPENDS_ON, "stage"));
                yield "UntagResource of " + service;
            }
            case 6 -> {
                api.updateServiceAttributes(
                        update -> update.serviceId(id).attributes(Map.of(DEPENDS_ON, one(TARGETS), "tier", text())));
                yield "UpdateServiceAttributes of " + service;
            }
            case 7 -> {
                SortedSet<String> registered = instances.getOrDefault(service, new TreeSet<>());
                if (registered.isEmpty()) {
                    yield register(flow, service, id);
                }
                api.updateInstanceCustomHealthStatus(update -> update.serviceId(id)
                        .instanceId(registered.first())
                        .status(random.nextBoolean() ? CustomHealthStatus.HEALTHY : CustomHealthStatus.UNHEALTHY));
                yield "UpdateInstanceCustomHealthStatus of " + service;
            }
            default -> register(flow, service, id);
        };
    }

    private String createNamespace(Flow flow) {
        String name = NAMESPACES.stream()
                .filter(each -> !namespaces.containsKey(each))
                .findFirst()
                .orElseThrow();
        namespaces.put(
                name,
                flow.settle(
                        flow.cloudMap
                                .createHttpNamespace(create -> create.name(name))
                                .operationId(),
                        "NAMESPACE"));
        return "CreateHttpNamespace " + name;
    }

    private String createService(ServiceDiscoveryClient api) {
        String namespace = one(namespaces.keySet());
        String name = one(SERVICES);
        String service = namespace + "/" + name;
        if (!services.containsKey(service)) {
            services.put(
                    service,
                    api.createService(create -> create.namespaceId(namespaces.get(namespace))
                                    .name(name)
                                    .healthCheckCustomConfig(
                                            HealthCheckCustomConfig.builder().build())
                                    .tags(declared()))
                            .service()
                            .id());
        }
        return "CreateService " + service;
    }

    private String deleteService(Flow flow, String service, String id) {
        while (!instances.getOrDefault(service, new TreeSet<>()).isEmpty()) {
            deregister(flow, service, id);
        }
        flow.cloudMap.deleteService(delete -> delete.id(id));
        services.remove(service);
        return "DeleteService " + service;
    }

    private String register(Flow flow, String service, String id) {
        String instance = "i-" + random.nextInt(4);
        flow.settle(
                flow.cloudMap
                        .registerInstance(register ->
                                register.serviceId(id).instanceId(instance).attributes(Map.of("stage", text())))
                        .operationId(),
                "INSTANCE");
        instances.computeIfAbsent(service, _ -> new TreeSet<>()).add(instance);
        return "RegisterInstance " + instance + " of " + service;
    }

    private String deregister(Flow flow, String service, String id) {
        SortedSet<String> registered = instances.getOrDefault(service, new TreeSet<>());
        if (registered.isEmpty()) {
            return register(flow, service, id);
        }
        String instance = registered.removeFirst();
        flow.settle(
                flow.cloudMap
                        .deregisterInstance(
                                deregister -> deregister.serviceId(id).instanceId(instance))
                        .operationId(),
                "INSTANCE");
        return "DeregisterInstance " + instance + " of " + service;
    }

    private static String arn(ServiceDiscoveryClient api, String id) {
        return api.getService(get -> get.id(id)).service().arn();
    }

    private List<Tag> declared() {
        return List.of(
                Tag.builder().key(DEPENDS_ON).value(one(TARGETS)).build(),
                Tag.builder().key("stage").value(text()).build());
    }

    private String text() {
        return one(List.of("dev", "prod", "1.0.0", "two words"));
    }

    private String one(java.util.Collection<String> pool) {
        return new ArrayList<>(pool).get(random.nextInt(pool.size()));
    }
}
