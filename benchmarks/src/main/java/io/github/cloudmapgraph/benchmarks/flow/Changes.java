package io.github.cloudmapgraph.benchmarks.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Makes changes, each of another value, and waits until a reader over Bolt sees them. */
final class Changes {
    /** The reader asks again after that. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServiceDiscoveryClient cloudMap;
    private final Session reader;
    private final List<ServiceSummary> services;

    Changes(ServiceDiscoveryClient cloudMap, Session reader) {
        this.cloudMap = cloudMap;
        this.reader = reader;
        services = cloudMap.listServicesPaginator().stream()
                .flatMap(page -> page.services().stream())
                .toList();
    }

    /**
     * Makes the change of this number, and returns the time from Cloud Map's answer until the graph showed it.
     *
     * @param number of the change; other numbers change other things
     */
    Duration measure(Kind kind, int number) throws InterruptedException, TimeoutException {
        // Each hundred one further: an instance is removed once.
        ServiceSummary service = services.get((number + number / services.size()) % services.size());
        String instance = "i-" + number % Registries.INSTANCES;
        String key = service.arn() + "/" + instance;
        String value = Integer.toString(number);
        return switch (kind) {
            case HEALTH -> {
                String now = text("MATCH (n:Instance {key: $key}) RETURN n.health", key);
                String other = now.equals("HEALTHY") ? "UNHEALTHY" : "HEALTHY";
                cloudMap.updateInstanceCustomHealthStatus(update -> update.serviceId(service.id())
                        .instanceId(instance)
                        .status(CustomHealthStatus.fromValue(other)));
                yield await("MATCH (n:Instance {key: $key}) RETURN n.health", key, other);
            }
            case SERVICE_ATTRIBUTES -> {
                cloudMap.updateServiceAttributes(
                        update -> update.serviceId(service.id()).attributes(Map.of("tier", value)));
                yield await("MATCH (n:Service {arn: $key}) RETURN n.tier", service.arn(), value);
            }
            case CHANGED -> {
                register(service, instance, value);
                yield await("MATCH (n:Instance {key: $key}) RETURN n.change", key, value);
            }
            case ADDED -> {
                register(service, "new", value);
                yield await("MATCH (n:Instance {key: $key}) RETURN n.change", service.arn() + "/new", value);
            }
            case REMOVED -> {
                cloudMap.deregisterInstance(
                        deregister -> deregister.serviceId(service.id()).instanceId(instance));
                yield await("RETURN CASE WHEN EXISTS {MATCH (:Instance {key: $key})} THEN '1' ELSE '0' END", key, "0");
            }
        };
    }

    /** Asks for another value of an instance that is there, and waits for nothing. */
    void change(int number, String value) {
        register(services.get(number / Registries.INSTANCES), "i-" + number % Registries.INSTANCES, value);
    }

    /** Waits until so many instances have the value. */
    void awaitInstances(long count, String value) throws InterruptedException, TimeoutException {
        await("MATCH (n:Instance {change: $key}) RETURN toString(count(n))", value, Long.toString(count));
    }

    private void register(ServiceSummary service, String instance, String value) {
        cloudMap.registerInstance(register -> register.serviceId(service.id())
                .instanceId(instance)
                .attributes(Map.of(
                        "AWS_INSTANCE_IPV4", "10.0.0.1",
                        "AWS_INSTANCE_PORT", "8080",
                        "AVAILABILITY_ZONE", "us-east-1a",
                        "REGION", "us-east-1",
                        "change", value)));
    }

    private Duration await(String query, String key, String wanted) throws InterruptedException, TimeoutException {
        long answered = System.nanoTime();
        while (!text(query, key).equals(wanted)) {
            if (System.nanoTime() - answered > PATIENCE.toNanos()) {
                throw new TimeoutException("the graph does not show " + key + " as " + wanted);
            }
            Thread.sleep(PAUSE);
        }
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    private String text(String query, String key) {
        return reader.run(query, Map.of("key", key)).stream()
                .map(row -> row.get(0))
                .filter(value -> !value.isNull())
                .map(Value::asString)
                .findFirst()
                .orElse("");
    }
}
