package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the registry's records as the API's structures. */
final class Answers {
    private Answers() {}

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode operationId(String id) {
        return empty().put("OperationId", id);
    }

    /** Seconds since 1970 with milliseconds, as the protocol writes times. */
    static BigDecimal time(long millis) {
        return BigDecimal.valueOf(millis, 3);
    }

    static ObjectNode namespaceSummary(Namespace namespace, int serviceCount) {
        ObjectNode json = empty().put("Id", namespace.id())
                .put("Arn", namespace.arn())
                .put("ResourceOwner", namespace.owner())
                .put("Name", namespace.name())
                .put("Type", namespace.type().name());
        putText(json, "Description", namespace.description());
        json.put("ServiceCount", serviceCount);
        ObjectNode properties = json.putObject("Properties");
        if (!namespace.isHttp()) {
            ObjectNode dns = properties.putObject("DnsProperties").put("HostedZoneId", namespace.hostedZoneId());
            Long ttl = namespace.soaTtl();
            dns.putObject("SOA").put("TTL", ttl == null ? NamespaceCalls.DEFAULT_SOA_TTL : ttl);
        }
        properties.putObject("HttpProperties").put("HttpName", namespace.httpName());
        return json.put("CreateDate", time(namespace.createdAt()));
    }

    static ObjectNode namespace(Namespace namespace, int serviceCount) {
        return namespaceSummary(namespace, serviceCount).put("CreatorRequestId", namespace.creatorRequestId());
    }

    static ObjectNode serviceSummary(Service service, Namespace namespace, int instanceCount) {
        ObjectNode json = empty().put("Id", service.id())
                .put("Arn", service.arn())
                .put("ResourceOwner", namespace.owner())
                .put("Name", service.name())
                .put("Type", service.type().name());
        putText(json, "Description", service.description());
        json.put("InstanceCount", instanceCount);
        DnsConfig dns = service.dnsConfig();
        if (dns != null) {
            ObjectNode config = json.putObject("DnsConfig").put("RoutingPolicy", dns.routingPolicy());
            ArrayNode records = config.putArray("DnsRecords");
            dns.records()
                    .forEach(one -> records.addObject().put("Type", one.type()).put("TTL", one.ttl()));
        }
        HealthCheck check = service.healthCheck();
        if (check != null) {
            ObjectNode config = json.putObject("HealthCheckConfig").put("Type", check.type());
            putText(config, "ResourcePath", check.resourcePath());
            config.put("FailureThreshold", check.failureThreshold());
        }
        if (service.hasCustomHealth()) {
            json.putObject("HealthCheckCustomConfig").put("FailureThreshold", service.customHealthThreshold());
        }
        return json.put("CreateDate", time(service.createdAt())).put("CreatedByAccount", service.createdBy());
    }

    static ObjectNode service(Service service, Namespace namespace, int instanceCount) {
        ObjectNode json = serviceSummary(service, namespace, instanceCount)
                .put("NamespaceId", namespace.id())
                .put("CreatorRequestId", service.creatorRequestId());
        if (json.get("DnsConfig") instanceof ObjectNode dns) {
            dns.put("NamespaceId", namespace.id());
        }
        return json;
    }

    static ObjectNode instanceSummary(Instance instance) {
        ObjectNode json = empty().put("Id", instance.id());
        json.set("Attributes", texts(instance.attributes()));
        return json.put("CreatedByAccount", instance.createdBy());
    }

    static ObjectNode texts(Map<String, String> map) {
        ObjectNode json = empty();
        map.forEach(json::put);
        return json;
    }

    static ArrayNode tags(Map<String, String> tags) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        tags.forEach((key, value) -> json.addObject().put("Key", key).put("Value", value));
        return json;
    }

    private static void putText(ObjectNode json, String member, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            json.put(member, text);
        }
    }
}
