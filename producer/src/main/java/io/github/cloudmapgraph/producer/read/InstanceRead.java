package io.github.cloudmapgraph.producer.read;

import static io.github.cloudmapgraph.producer.read.Operation.DISCOVER_INSTANCES;
import static io.github.cloudmapgraph.producer.read.Operation.GET_INSTANCES_HEALTH_STATUS;
import static io.github.cloudmapgraph.producer.read.Operation.LIST_INSTANCES;

import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.GetInstancesHealthStatusResponse;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.HttpInstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ListInstancesResponse;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ServiceType;

/**
 * Reads the instances of one service, with attributes and health: by one call to the data plane where that gives
 * everything, else from the control plane's pages.
 */
final class InstanceRead {
    /** What one answer of DiscoverInstances holds at most; it has no pages. */
    private static final int DISCOVERED_AT_MOST = 1000;

    private static final int PAGE = 100;

    /** So often is a list read whose instances vanish while their health is asked for. */
    private static final int ATTEMPTS = 3;

    private final CloudMapCalls calls;
    private final RecentChange change;

    InstanceRead(CloudMapCalls calls, RecentChange change) {
        this.calls = calls;
        this.change = change;
    }

    /** Returns the instances in the order of their ids: the data plane answers in a random one. */
    List<Instance> read(SourceNamespace namespace, ServiceSummary service) {
        HealthCheck check = Mapping.healthCheck(service);
        Collection<Instance> instances = discover(namespace, service, check).orElseGet(() -> list(service, check));
        return instances.stream().sorted(Comparator.comparing(Instance::id)).toList();
    }

    /** Asks the data plane; empty where its answer may be incomplete or behind. */
    private Optional<Collection<Instance>> discover(
            SourceNamespace namespace, ServiceSummary service, HealthCheck check) {
        if (namespace.httpName().isEmpty()
                || service.type() == ServiceType.DNS
                || change.mayBeIn(service.id(), service.arn())) {
            return Optional.empty();
        }
        return answer(namespace, service)
                .map(DiscoverInstancesResponse::instances)
                .filter(found -> isComplete(found, service))
                .map(found -> found.stream()
                        .map(instance -> new Instance(
                                instance.instanceId(),
                                health(check, instance.healthStatusAsString()),
                                instance.attributes()))
                        .collect(Collectors.toMap(Instance::id, instance -> instance, (_, later) -> later))
                        .values());
    }

    private Optional<DiscoverInstancesResponse> answer(SourceNamespace namespace, ServiceSummary service) {
        try {
            return calls.sendIfImplemented(
                    DISCOVER_INSTANCES,
                    (client, configuration) ->
                            client.discoverInstances(request -> request.namespaceName(namespace.httpName())
                                    .serviceName(service.name())
                                    .healthStatus(HealthStatusFilter.ALL)
                                    .maxResults(DISCOVERED_AT_MOST)
                                    .ownerAccount(namespace.isShared() ? namespace.owner() : null)
                                    .overrideConfiguration(configuration)));
        } catch (CallFailedException e) {
            if (e.kind() == Kind.GONE) {
                // Gone, or too new for the data plane: the control plane tells which.
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isComplete(List<HttpInstanceSummary> found, ServiceSummary service) {
        Integer count = service.instanceCount();
        return found.size() < DISCOVERED_AT_MOST && (count == null || count == found.size());
    }

    private Collection<Instance> list(ServiceSummary service, HealthCheck check) {
        for (int attempt = 1; ; attempt++) {
            try {
                return listOnce(service, check);
            } catch (CallFailedException e) {
                if (e.kind() != Kind.INSTANCE_GONE || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Collection<Instance> listOnce(ServiceSummary service, HealthCheck check) {
        Map<String, Map<String, String>> attributes = new TreeMap<>();
        calls.eachPage(
                LIST_INSTANCES,
                (client, configuration, token) -> client.listInstances(request -> request.serviceId(service.arn())
                        .maxResults(PAGE)
                        .nextToken(token)
                        .overrideConfiguration(configuration)),
                ListInstancesResponse::nextToken,
                page -> page.instances().forEach(instance -> attributes.put(instance.id(), instance.attributes())));
        boolean checked = !(check instanceof HealthCheck.None) && !attributes.isEmpty();
        Map<String, String> statuses = checked ? statuses(service) : Map.of();
        return attributes.entrySet().stream()
                .map(instance -> new Instance(
                        instance.getKey(), health(check, statuses.get(instance.getKey())), instance.getValue()))
                .toList();
    }

    private Map<String, String> statuses(ServiceSummary service) {
        Map<String, String> statuses = new HashMap<>();
        calls.eachPageIfImplemented(
                GET_INSTANCES_HEALTH_STATUS,
                (client, configuration, token) ->
                        client.getInstancesHealthStatus(request -> request.serviceId(service.arn())
                                .maxResults(PAGE)
                                .nextToken(token)
                                .overrideConfiguration(configuration)),
                GetInstancesHealthStatusResponse::nextToken,
                page -> statuses.putAll(page.statusAsStrings()));
        return statuses;
    }

    private static Health health(HealthCheck check, @Nullable String status) {
        return check instanceof HealthCheck.None ? Health.NO_CHECK : Mapping.health(status);
    }
}
