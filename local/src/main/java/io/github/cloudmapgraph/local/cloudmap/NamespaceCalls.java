package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls on namespaces. */
record NamespaceCalls(Registry registry) {
    /** Seconds; what Route 53 gives a zone's start of authority record. */
    static final long DEFAULT_SOA_TTL = 15;

    private static final Map<String, List<String>> FILTERS = Map.of(
            "TYPE", List.of("EQ", "BEGINS_WITH"),
            "NAME", List.of("EQ", "BEGINS_WITH"),
            "HTTP_NAME", List.of("EQ", "BEGINS_WITH"),
            "RESOURCE_OWNER", List.of("EQ"));

    ObjectNode createHttp(Request request) {
        return create(request, Namespace.Type.HTTP, request.text("Name", Rule.HTTP_NAMESPACE_NAME), null);
    }

    ObjectNode createPrivateDns(Request request) {
        String name = request.text("Name", Rule.PRIVATE_NAMESPACE_NAME);
        return create(request, Namespace.Type.DNS_PRIVATE, name, request.text("Vpc", Rule.RESOURCE_ID));
    }

    ObjectNode createPublicDns(Request request) {
        return create(request, Namespace.Type.DNS_PUBLIC, request.text("Name", Rule.PUBLIC_NAMESPACE_NAME), null);
    }

    ObjectNode get(Request request) {
        Namespace namespace = registry.namespace(request.text("Id", Rule.ARN));
        ObjectNode answer = Answers.empty();
        answer.set("Namespace", Answers.namespace(namespace, serviceCount(namespace)));
        return answer;
    }

    ObjectNode list(Request request) {
        var filters = Filters.read(request, FILTERS);
        List<Predicate<Namespace>> tests = new ArrayList<>();
        for (var filter : filters) {
            tests.add(
                    switch (filter.name()) {
                        case "TYPE" ->
                            namespace -> filter.matches(namespace.type().name());
                        case "NAME" -> namespace -> filter.matches(namespace.name());
                        case "HTTP_NAME" -> namespace -> filter.matches(namespace.httpName());
                        default -> namespace -> filter.matchesOwner(registry.isOwn(namespace));
                    });
        }
        return Page.of(
                        registry.content().namespaces(),
                        Filters.all(tests),
                        request,
                        Filters.describe("namespaces", filters),
                        registry.options())
                .answer("Namespaces", namespace -> Answers.namespaceSummary(namespace, serviceCount(namespace)));
    }

    ObjectNode updateHttp(Request request) {
        Namespace namespace = toChange(request, Namespace.Type.HTTP);
        String description = request.child("Namespace").text("Description", Rule.DESCRIPTION);
        return update(request, namespace, description, null);
    }

    ObjectNode updatePrivateDns(Request request) {
        return updateDns(request, Namespace.Type.DNS_PRIVATE);
    }

    ObjectNode updatePublicDns(Request request) {
        return updateDns(request, Namespace.Type.DNS_PUBLIC);
    }

    ObjectNode delete(Request request) {
        Namespace namespace = own(registry.namespace(request.text("Id", Rule.ARN)));
        int services = serviceCount(namespace);
        if (services > 0) {
            throw Refusal.of(
                    "ResourceInUse",
                    "The namespace %s has %d service(s): delete them first".formatted(namespace.id(), services));
        }
        return start(Operation.Type.DELETE_NAMESPACE, namespace, "", _ -> new Effect.DeleteNamespace(namespace.id()));
    }

    private ObjectNode create(Request request, Namespace.Type type, String name, @Nullable String vpc) {
        String requestId = request.textOr(
                "CreatorRequestId", Rule.RESOURCE_ID, registry.ids().operation());
        String description = request.textOr("Description", Rule.DESCRIPTION, "");
        Long soaTtl = soaTtl(request);
        var tags = Tags.read(request, name);
        String id = registry.ids().namespace();
        String account = registry.options().account();
        var wanted = new Namespace(
                id,
                registry.arns().namespace(account, id),
                account,
                name,
                httpName(name, id),
                type,
                description,
                vpc,
                type == Namespace.Type.HTTP ? null : registry.ids().hostedZone(),
                soaTtl,
                tags,
                registry.now(),
                requestId,
                null);

        String repeated = repeatedOrRefused(wanted);
        if (repeated != null) {
            return Answers.operationId(repeated);
        }
        int quota = registry.options().quotas().namespaces();
        if (ownAndComing().count() >= quota) {
            throw Refusal.of("ResourceLimitExceeded", "The account has its %d namespaces already".formatted(quota));
        }
        return start(
                Operation.Type.CREATE_NAMESPACE,
                wanted,
                requestId,
                operationId -> new Effect.CreateNamespace(wanted.createdBy(operationId)));
    }

    /** Returns the operation of the same request if it was made before; refuses a name that is taken. */
    private @Nullable String repeatedOrRefused(Namespace wanted) {
        for (Registry.Running running : registry.running()) {
            if (running.effect() instanceof Effect.CreateNamespace(Namespace coming) && collide(coming, wanted)) {
                if (coming.creatorRequestId().equals(wanted.creatorRequestId())) {
                    return running.operation().id();
                }
                throw Refusal.duplicate(running.operation());
            }
        }
        for (Namespace existing : registry.content().namespaces().values()) {
            if (registry.isOwn(existing) && collide(existing, wanted)) {
                if (existing.operationId() != null
                        && existing.creatorRequestId().equals(wanted.creatorRequestId())) {
                    return existing.operationId();
                }
                throw Refusal.of("NamespaceAlreadyExists", "A namespace with the name " + wanted.name() + " exists")
                        .with("CreatorRequestId", existing.creatorRequestId())
                        .with("NamespaceId", existing.id());
            }
        }
        return null;
    }

    /** Private namespaces of one name may stand in several networks; the other types' names are unique. */
    private static boolean collide(Namespace one, Namespace other) {
        return one.type() == other.type() && one.name().equals(other.name()) && Objects.equals(one.vpc(), other.vpc());
    }

    /** A name that is in use already gets a suffix where names must be told apart, in DiscoverInstances. */
    private String httpName(String name, String id) {
        boolean taken = ownAndComing().anyMatch(other -> other.httpName().equals(name));
        return taken ? name + "-" + id.substring("ns-".length()) : name;
    }

    private Stream<Namespace> ownAndComing() {
        return Stream.concat(
                registry.content().namespaces().values().stream().filter(registry::isOwn),
                registry.running().stream()
                        .flatMap(running -> running.effect() instanceof Effect.CreateNamespace(Namespace coming)
                                ? Stream.of(coming)
                                : Stream.empty()));
    }

    private ObjectNode updateDns(Request request, Namespace.Type type) {
        Namespace namespace = toChange(request, type);
        Request change = request.child("Namespace");
        String description = change.textOr("Description", Rule.DESCRIPTION, namespace.description());
        Long soaTtl = soaTtl(change);
        return update(request, namespace, description, soaTtl == null ? namespace.soaTtl() : soaTtl);
    }

    private ObjectNode update(Request request, Namespace namespace, String description, @Nullable Long soaTtl) {
        String requestId = request.textOr(
                "UpdaterRequestId", Rule.RESOURCE_ID, registry.ids().operation());
        return start(
                Operation.Type.UPDATE_NAMESPACE,
                namespace,
                requestId,
                _ -> new Effect.UpdateNamespace(namespace.id(), description, soaTtl));
    }

    private Namespace toChange(Request request, Namespace.Type type) {
        Namespace namespace = own(registry.namespace(request.text("Id", Rule.ARN)));
        if (namespace.type() != type) {
            throw Refusal.invalid(
                    "The namespace %s is of type %s, not %s".formatted(namespace.id(), namespace.type(), type));
        }
        return namespace;
    }

    private Namespace own(Namespace namespace) {
        if (!registry.isOwn(namespace)) {
            throw Refusal.accessDenied(
                    "The namespace %s is shared by account %s: only that account may change or delete it"
                            .formatted(namespace.arn(), namespace.owner()));
        }
        return namespace;
    }

    private ObjectNode start(
            Operation.Type type, Namespace namespace, String requestId, Function<String, Effect> effect) {
        return Answers.operationId(registry.start(
                new Operation.Draft(namespace.owner(), type, namespace.id(), null, null, requestId), effect));
    }

    private int serviceCount(Namespace namespace) {
        return registry.content().serviceCount(namespace.id());
    }

    private static @Nullable Long soaTtl(Request request) {
        Request properties = request.optionalChild("Properties");
        return properties == null
                ? null
                : (Long) properties.child("DnsProperties").child("SOA").number("TTL", 0, Integer.MAX_VALUE);
    }
}
