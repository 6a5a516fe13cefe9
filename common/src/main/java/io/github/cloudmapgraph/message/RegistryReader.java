package io.github.cloudmapgraph.message;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RegistryWriter} writes; fields that it does not know are ignored. */
final class RegistryReader {
    private final JsonReader json;

    private RegistryReader(JsonReader json) {
        this.json = json;
    }

    static Registry read(JsonReader json) throws IOException {
        return new RegistryReader(json).registry();
    }

    private Registry registry() throws IOException {
        var read = new Object() {
            @Nullable
            List<Namespace> namespaces;

            List<DeniedNamespace> denied = List.of();
        };
        json.document(field -> {
            switch (field) {
                case "namespaces" -> read.namespaces = json.objects(NamespaceFields::new);
                case "denied" -> read.denied = json.objects(DeniedFields::new);
                default -> {
                    return false;
                }
            }
            return true;
        });
        List<Namespace> namespaces = json.required(read.namespaces, "namespaces");
        try {
            return new Registry(namespaces, read.denied);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the key.
            throw new JsonReader.WrongJson("it holds a namespace, a service or an instance twice");
        }
    }

    private final class NamespaceFields implements JsonReader.FieldsOf<Namespace> {
        private @Nullable String arn;
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String type;
        private String description = "";
        private @Nullable String owner;
        private String httpName = "";
        private String hostedZoneId = "";
        private @Nullable List<Service> services;

        @Override
        public boolean read(String field) throws IOException {
            switch (field) {
                case "arn" -> arn = json.text();
                case "id" -> id = json.text();
                case "name" -> name = json.text();
                case "type" -> type = json.text();
                case "description" -> description = json.text();
                case "owner" -> owner = json.text();
                case "http_name" -> httpName = json.text();
                case "hosted_zone_id" -> hostedZoneId = json.text();
                case "services" -> services = json.objects(ServiceFields::new);
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Namespace made() throws IOException {
            return new Namespace(
                    json.required(arn, "arn"),
                    json.required(id, "id"),
                    json.required(name, "name"),
                    json.required(type, "type"),
                    description,
                    json.required(owner, "owner"),
                    httpName,
                    hostedZoneId,
                    json.required(services, "services"));
        }
    }

    private final class DeniedFields implements JsonReader.FieldsOf<DeniedNamespace> {
        private @Nullable String arn;
        private String name = "";
        private String reason = "";

        @Override
        public boolean read(String field) throws IOException {
            switch (field) {
                case "arn" -> arn = json.text();
                case "name" -> name = json.text();
                case "reason" -> reason = json.text();
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public DeniedNamespace made() throws IOException {
            return new DeniedNamespace(json.required(arn, "arn"), name, reason);
        }
    }

    private final class ServiceFields implements JsonReader.FieldsOf<Service> {
        private @Nullable String arn;
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable String type;
        private String description = "";
        private Optional<Dns> dns = Optional.empty();
        private HealthCheck healthCheck = new HealthCheck.None();
        private Map<String, String> tags = Map.of();
        private Map<String, String> attributes = Map.of();
        private @Nullable List<Instance> instances;

        @Override
        public boolean read(String field) throws IOException {
            switch (field) {
                case "arn" -> arn = json.text();
                case "id" -> id = json.text();
                case "name" -> name = json.text();
                case "type" -> type = json.text();
                case "description" -> description = json.text();
                case "dns" -> dns = Optional.of(dns());
                case "health_check" -> healthCheck = healthCheck();
                case "tags" -> tags = json.texts();
                case "attributes" -> attributes = json.texts();
                case "instances" -> instances = json.objects(InstanceFields::new);
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Service made() throws IOException {
            return new Service(
                    json.required(arn, "arn"),
                    json.required(id, "id"),
                    json.required(name, "name"),
                    json.required(type, "type"),
                    description,
                    dns,
                    healthCheck,
                    tags,
                    attributes,
                    json.required(instances, "instances"));
        }
    }

    private final class InstanceFields implements JsonReader.FieldsOf<Instance> {
        private @Nullable String id;
        private @Nullable Health health;
        private Map<String, String> attributes = Map.of();

        @Override
        public boolean read(String field) throws IOException {
            switch (field) {
                case "id" -> id = json.text();
                case "health" -> health = health(json.text());
                case "attributes" -> attributes = json.texts();
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Instance made() throws IOException {
            return new Instance(json.required(id, "id"), json.required(health, "health"), attributes);
        }
    }

    private static Health health(String name) throws IOException {
        try {
            return Health.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new JsonReader.WrongJson("an instance's health is none of HEALTHY, UNHEALTHY, UNKNOWN, NO_CHECK");
        }
    }

    private Dns dns() throws IOException {
        var read = new Object() {
            String routingPolicy = "";
            List<DnsRecord> records = List.of();
        };
        json.object(field -> {
            switch (field) {
                case "routing_policy" -> read.routingPolicy = json.text();
                case "records" -> read.records = json.objects(DnsRecordFields::new);
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Dns(read.routingPolicy, read.records);
    }

    private final class DnsRecordFields implements JsonReader.FieldsOf<DnsRecord> {
        private @Nullable String type;
        private long ttl;

        @Override
        public boolean read(String field) throws IOException {
            switch (field) {
                case "type" -> type = json.text();
                case "ttl" -> ttl = json.number();
                default -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public DnsRecord made() throws IOException {
            return new DnsRecord(json.required(type, "type"), ttl);
        }
    }

    private HealthCheck healthCheck() throws IOException {
        var read = new Object() {
            String by = "";
            String type = "";
            String path = "";
            int failureThreshold = 1;
        };
        json.object(field -> {
            switch (field) {
                case "by" -> read.by = json.text();
                case "type" -> read.type = json.text();
                case "path" -> read.path = json.text();
                case "failure_threshold" -> read.failureThreshold = json.smallNumber();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return switch (read.by) {
            case "CUSTOM" -> new HealthCheck.Custom();
            case "ROUTE53" -> new HealthCheck.Route53(read.type, read.path, read.failureThreshold);
            default -> throw new JsonReader.WrongJson("a service's health check is made by none of ROUTE53, CUSTOM");
        };
    }
}
