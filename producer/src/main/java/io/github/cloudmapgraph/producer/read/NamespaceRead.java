package io.github.cloudmapgraph.producer.read;

import static io.github.cloudmapgraph.producer.read.Operation.LIST_SERVICES;

import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.servicediscovery.model.ListServicesResponse;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Reads one namespace: whole, or, where another account shares it and then denies a call, not at all. */
final class NamespaceRead {
    private static final int PAGE = 100;

    private final SourceNamespace namespace;
    private final ServiceRead serviceRead;
    /** By ARN: a list that moves while it is read may show a service twice. */
    private final Map<String, Service> services = new ConcurrentSkipListMap<>();
    /** The first failure that sets the namespace aside: it is gone, or it is shared and denied. */
    private final AtomicReference<@Nullable CallFailedException> setAside = new AtomicReference<>();

    NamespaceRead(SourceNamespace namespace, ServiceRead serviceRead) {
        this.namespace = namespace;
        this.serviceRead = serviceRead;
    }

    /** Lists the services, and has workers read each of them. */
    void list(CloudMapCalls calls, Workers workers) {
        try {
            calls.eachPage(
                    LIST_SERVICES,
                    (client, configuration, token) -> client.listServices(request -> request.filters(in(namespace))
                            .maxResults(PAGE)
                            .nextToken(token)
                            .overrideConfiguration(configuration)),
                    ListServicesResponse::nextToken,
                    page -> page.services().forEach(service -> workers.start(() -> read(service))));
        } catch (CallFailedException e) {
            setAside(e, e.kind() == Kind.GONE);
        }
    }

    static ServiceFilter in(SourceNamespace namespace) {
        return ServiceFilter.builder()
                .name(ServiceFilterName.NAMESPACE_ID)
                .values(namespace.idOrArn())
                .build();
    }

    private void read(ServiceSummary service) {
        if (setAside.get() != null) {
            return;
        }
        try {
            serviceRead.read(namespace, service).ifPresent(read -> services.put(read.arn(), read));
        } catch (CallFailedException e) {
            setAside(e, false);
        }
    }

    private void setAside(CallFailedException failure, boolean gone) {
        if (!gone && !(namespace.isShared() && failure.kind() == Kind.DENIED)) {
            throw failure;
        }
        setAside.compareAndSet(null, failure);
    }

    /** Returns the namespace, when all its services are read; empty where it is set aside. */
    Optional<Namespace> result() {
        return setAside.get() == null
                ? Optional.of(Mapping.namespace(
                        namespace.summary(),
                        namespace.owner(),
                        services.values().stream().toList()))
                : Optional.empty();
    }

    /** Returns why a shared namespace was not read; empty where it was read, or is gone. */
    Optional<DeniedNamespace> denied() {
        return Optional.ofNullable(setAside.get())
                .filter(failure -> failure.kind() == Kind.DENIED)
                .map(failure -> new DeniedNamespace(
                        namespace.summary().arn(), namespace.summary().name(), String.valueOf(failure.getMessage())));
    }
}
