package io.github.cloudmapgraph.producer.read;

import static io.github.cloudmapgraph.producer.read.Operation.GET_SERVICE_ATTRIBUTES;
import static io.github.cloudmapgraph.producer.read.Operation.LIST_TAGS_FOR_RESOURCE;

import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Reads what ListServices does not tell of a service: instances, tags, service attributes. */
final class ServiceRead {
    private final CloudMapCalls calls;
    private final InstanceRead instances;

    ServiceRead(CloudMapCalls calls, RecentChange change) {
        this.calls = calls;
        this.instances = new InstanceRead(calls, change);
    }

    /** Returns the service; empty where it vanished meanwhile. */
    Optional<Service> read(SourceNamespace namespace, ServiceSummary summary) {
        try {
            List<Instance> registered = instances.read(namespace, summary);
            Map<String, String> tags = tags(summary);
            Map<String, String> attributes = attributes(summary);
            return Optional.of(new Service(
                    summary.arn(),
                    summary.id(),
                    summary.name(),
                    Mapping.orEmpty(summary.typeAsString()),
                    Mapping.orEmpty(summary.description()),
                    Mapping.dns(summary),
                    Mapping.healthCheck(summary),
                    tags,
                    attributes,
                    registered));
        } catch (CallFailedException e) {
            if (e.kind() == Kind.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<String, String> tags(ServiceSummary summary) {
        Map<String, String> tags = new HashMap<>();
        calls.sendIfImplemented(
                        LIST_TAGS_FOR_RESOURCE,
                        (client, configuration) -> client.listTagsForResource(
                                request -> request.resourceARN(summary.arn()).overrideConfiguration(configuration)))
                .ifPresent(answer -> answer.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
        return tags;
    }

    private Map<String, String> attributes(ServiceSummary summary) {
        return calls.sendIfImplemented(
                        GET_SERVICE_ATTRIBUTES,
                        (client, configuration) -> client.getServiceAttributes(
                                request -> request.serviceId(summary.arn()).overrideConfiguration(configuration)))
                .filter(answer -> answer.serviceAttributes() != null)
                .map(answer -> answer.serviceAttributes().attributes())
                .orElse(Map.of());
    }
}
