package io.github.cloudmapgraph.message;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Writes a registry as JSON; the same registry always as the same bytes. */
final class RegistryWriter {
    private final JsonGenerator json;

    private RegistryWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes to {@code out}, and closes it. */
    static void write(Registry registry, OutputStream out) throws IOException {
        try (JsonGenerator json = MessageJson.FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            new RegistryWriter(json).registry(registry);
        }
    }

    private void registry(Registry registry) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("namespaces");
        for (Namespace namespace : registry.namespaces()) {
            namespace(namespace);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("denied");
        for (DeniedNamespace denied : registry.denied()) {
            json.writeStartObject();
            json.writeStringField("arn", denied.arn());
            json.writeStringField("name", denied.name());
            json.writeStringField("reason", denied.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void namespace(Namespace namespace) throws IOException {
        json.writeStartObject();
        json.writeStringField("arn", namespace.arn());
        json.writeStringField("id", namespace.id());
        json.writeStringField("name", namespace.name());
        json.writeStringField("type", namespace.type());
        text("description", namespace.description());
        json.writeStringField("owner", namespace.owner());
        text("http_name", namespace.httpName());
        text("hosted_zone_id", namespace.hostedZoneId());
        json.writeArrayFieldStart("services");
        for (Service service : namespace.services()) {
            service(service);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void service(Service service) throws IOException {
        json.writeStartObject();
        json.writeStringField("arn", service.arn());
        json.writeStringField("id", service.id());
        json.writeStringField("name", service.name());
        json.writeStringField("type", service.type());
        text("description", service.description());
        if (service.dns().isPresent()) {
            dns(service.dns().get());
        }
        healthCheck(service.healthCheck());
        map("tags", service.tags());
        map("attributes", service.attributes());
        json.writeArrayFieldStart("instances");
        for (Instance instance : service.instances()) {
            json.writeStartObject();
            json.writeStringField("id", instance.id());
            json.writeStringField("health", instance.health().name());
            map("attributes", instance.attributes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void dns(Dns dns) throws IOException {
        json.writeObjectFieldStart("dns");
        json.writeStringField("routing_policy", dns.routingPolicy());
        json.writeArrayFieldStart("records");
        for (DnsRecord record : dns.records()) {
            json.writeStartObject();
            json.writeStringField("type", record.type());
            json.writeNumberField("ttl", record.ttlSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void healthCheck(HealthCheck check) throws IOException {
        switch (check) {
            case HealthCheck.None() -> {}
            case HealthCheck.Custom() -> {
                json.writeObjectFieldStart("health_check");
                json.writeStringField("by", "CUSTOM");
                json.writeEndObject();
            }
            case HealthCheck.Route53(String type, String path, int failureThreshold) -> {
                json.writeObjectFieldStart("health_check");
                json.writeStringField("by", "ROUTE53");
                json.writeStringField("type", type);
                text("path", path);
                json.writeNumberField("failure_threshold", failureThreshold);
                json.writeEndObject();
            }
        }
    }

    private void text(String field, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(field, value);
        }
    }

    private void map(String field, Map<String, String> map) throws IOException {
        if (map.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
