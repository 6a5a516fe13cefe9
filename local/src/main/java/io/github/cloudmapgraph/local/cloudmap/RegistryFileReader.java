package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a registry of a registry file, by the rules that hold for the API's calls. */
final class RegistryFileReader {
    private static final String CREATOR = "registry-file";

    private final String file;
    private final CloudMapOptions options;
    private final Arns arns;
    private final long now;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    RegistryFileReader(String file, CloudMapOptions options) {
        this.file = file;
        this.options = options;
        arns = new Arns(options.region());
        now = options.clock().millis();
    }

    List<Change> read(JsonNode json) {
        return at("top level", () -> {
            Request top = Request.structure(json, "", Request.Spelling.FILE);
            top.onlyHas("Namespaces");
            top.required("Namespaces");
            top.children("Namespaces").forEach(this::namespace);
            return changes;
        });
    }

    private void namespace(Request json) {
        Namespace namespace = at(json.path(), () -> readNamespace(json));
        changes.add(new Change.PutNamespace(namespace));
        json.children("Services").forEach(service -> service(service, namespace));
    }

    private Namespace readNamespace(Request json) {
        json.onlyHas("Name", "HttpName", "Type", "Description", "Vpc", "Tags", "OwnerAccount", "Services");
        json.required("Type");
        var type = Objects.requireNonNull(json.optionalChoice("Type", Namespace.Type.class));
        String name = json.text(
                "Name",
                switch (type) {
                    case HTTP -> Rule.HTTP_NAMESPACE_NAME;
                    case DNS_PRIVATE -> Rule.PRIVATE_NAMESPACE_NAME;
                    case DNS_PUBLIC -> Rule.PUBLIC_NAMESPACE_NAME;
                });
        String httpName = json.textOr("HttpName", Rule.NAMESPACE_NAME, name);
        String owner = json.textOr("OwnerAccount", Rule.ACCOUNT, options.account());
        String vpc = type == Namespace.Type.DNS_PRIVATE
                ? json.textOr("Vpc", Rule.RESOURCE_ID, "vpc-0a1b2c3d4e5f60718")
                : null;
        take("httpName", owner + "/" + httpName, httpName);
        String id = Ids.derived("ns-", owner + "/" + httpName);
        return new Namespace(
                id,
                arns.namespace(owner, id),
                owner,
                name,
                httpName,
                type,
                json.textOr("Description", Rule.DESCRIPTION, ""),
                vpc,
                type == Namespace.Type.HTTP ? null : Ids.derived("Z", id).toUpperCase(Locale.ROOT),
                null,
                tags(json, name),
                now,
                CREATOR,
                null);
    }

    private void service(Request json, Namespace namespace) {
        Service service = at(json.path(), () -> readService(json, namespace));
        changes.add(new Change.PutService(service));
        json.children("Instances").forEach(instance -> {
            Instance read = at(instance.path(), () -> readInstance(instance, service, namespace));
            changes.add(new Change.PutInstance(service.id(), read));
        });
    }

    private Service readService(Request json, Namespace namespace) {
        json.onlyHas(
                "Name",
                "Description",
                "Type",
                "Tags",
                "Attributes",
                "DnsConfig",
                "HealthCheckConfig",
                "HealthCheckCustomConfig",
                "Instances");
        String name = json.text("Name", Rule.SERVICE_NAME);
        var settings = ServiceSettings.read(json, namespace.type());
        boolean inDns = settings.type() == Service.Type.DNS_HTTP;
        take("name", namespace.id() + "/" + (inDns ? name.toLowerCase(Locale.ROOT) : name), name);
        String id = Ids.derived("srv-", namespace.id() + "/" + name);
        var attributes = json.map("Attributes", Rule.SERVICE_ATTRIBUTE_KEY, Rule.SERVICE_ATTRIBUTE_VALUE);
        return new Service(
                id,
                arns.service(namespace.owner(), id),
                namespace.id(),
                name,
                json.textOr("Description", Rule.DESCRIPTION, ""),
                settings.type(),
                settings.dnsConfig(),
                settings.healthCheck(),
                settings.customHealthThreshold(),
                tags(json, name),
                ServiceAttributeCalls.check(attributes, name),
                0,
                now,
                CREATOR,
                namespace.owner());
    }

    private Instance readInstance(Request json, Service service, Namespace namespace) {
        json.onlyHas("Id", "Attributes", "Health");
        String id = json.text("Id", Rule.INSTANCE_ID);
        take("id", service.id() + "/" + id, id);
        var attributes = InstanceRules.check(json.map("Attributes", Rule.ATTRIBUTE_KEY, Rule.ATTRIBUTE_VALUE), service);
        return new Instance(
                id,
                attributes,
                health(json.optionalChoice("Health", Instance.Health.class), attributes, service),
                CREATOR,
                namespace.owner(),
                null);
    }

    private static Instance.Health health(
            Instance.@Nullable Health given, Map<String, String> attributes, Service service) {
        if (given == null) {
            return InstanceRules.initialHealth(attributes, service);
        }
        if (!service.isHealthChecked()) {
            throw Refusal.invalid(
                    "health can be given only where the service has healthCheckConfig or" + " healthCheckCustomConfig");
        }
        if (given == Instance.Health.UNKNOWN && service.hasCustomHealth()) {
            throw Refusal.invalid("health must be HEALTHY or UNHEALTHY where the service has healthCheckCustomConfig");
        }
        return given;
    }

    private static Map<String, String> tags(Request json, String resourceName) {
        return Tags.check(json.map("Tags", Rule.TAG_KEY, Rule.TAG_VALUE), resourceName);
    }

    private void take(String member, String key, String shown) {
        if (!taken.add(member + " " + key)) {
            throw Refusal.invalid("%s '%s' stands twice; it must be unique".formatted(member, shown));
        }
    }

    private <T> T at(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (Refusal refusal) {
            String message = String.valueOf(refusal.getMessage());
            String place = message.contains(path) ? "" : path + ": ";
            throw new IllegalArgumentException(file + ": " + place + message);
        }
    }
}
