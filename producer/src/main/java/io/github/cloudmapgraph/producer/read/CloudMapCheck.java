package io.github.cloudmapgraph.producer.read;

import static io.github.cloudmapgraph.producer.read.Operation.DISCOVER_INSTANCES;
import static io.github.cloudmapgraph.producer.read.Operation.GET_INSTANCES_HEALTH_STATUS;
import static io.github.cloudmapgraph.producer.read.Operation.GET_OPERATION;
import static io.github.cloudmapgraph.producer.read.Operation.GET_SERVICE_ATTRIBUTES;
import static io.github.cloudmapgraph.producer.read.Operation.LIST_INSTANCES;
import static io.github.cloudmapgraph.producer.read.Operation.LIST_NAMESPACES;
import static io.github.cloudmapgraph.producer.read.Operation.LIST_SERVICES;
import static io.github.cloudmapgraph.producer.read.Operation.LIST_TAGS_FOR_RESOURCE;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Tries each call that a read makes, once, on the first service that is found. */
final class CloudMapCheck {
    private static final String NO_SERVICE = "not tried: no service was found that it could be tried on";

    private final CloudMapCalls calls;
    private final CheckReport report;

    CloudMapCheck(CloudMapCalls calls, CheckReport report) {
        this.calls = calls;
        this.report = report;
    }

    void run(String account) {
        List<SourceNamespace> namespaces = new ArrayList<>();
        attempt(LIST_NAMESPACES, (client, configuration) -> {
            client.listNamespaces(request -> request.maxResults(100).overrideConfiguration(configuration))
                    .namespaces()
                    .forEach(summary -> namespaces.add(new SourceNamespace(summary, account)));
            return namespaces.size() + " namespaces on the first page";
        });
        Optional<SourceNamespace> first =
                namespaces.stream().filter(namespace -> !namespace.isShared()).findFirst();
        List<ServiceSummary> services = new ArrayList<>();
        attempt(LIST_SERVICES, (client, configuration) -> {
            services.addAll(client.listServices(request -> {
                        first.ifPresent(namespace -> request.filters(NamespaceRead.in(namespace)));
                        request.maxResults(1).overrideConfiguration(configuration);
                    })
                    .services());
            return "allowed";
        });
        if (first.isPresent() && !services.isEmpty()) {
            tryOn(first.get(), services.getFirst());
        } else {
            for (Operation operation : List.of(
                    DISCOVER_INSTANCES,
                    LIST_INSTANCES,
                    GET_INSTANCES_HEALTH_STATUS,
                    LIST_TAGS_FOR_RESOURCE,
                    GET_SERVICE_ATTRIBUTES)) {
                report.add(subject(operation), Status.WARNING, NO_SERVICE, "");
            }
        }
        attempt(GET_OPERATION, (client, configuration) -> {
            client.getOperation(request -> request.operationId("check").overrideConfiguration(configuration));
            return "allowed";
        });
    }

    private void tryOn(SourceNamespace namespace, ServiceSummary service) {
        if (namespace.httpName().isEmpty()) {
            report.add(
                    subject(DISCOVER_INSTANCES),
                    Status.WARNING,
                    "not tried: " + namespace.summary().arn() + " has no HTTP name",
                    "");
        } else {
            attempt(
                    DISCOVER_INSTANCES,
                    (client, configuration) ->
                            client.discoverInstances(request -> request.namespaceName(namespace.httpName())
                                                    .serviceName(service.name())
                                                    .healthStatus(HealthStatusFilter.ALL)
                                                    .overrideConfiguration(configuration))
                                            .instances()
                                            .size()
                                    + " instances of " + service.name());
        }
        attempt(LIST_INSTANCES, (client, configuration) -> {
            client.listInstances(request -> request.serviceId(service.arn()).overrideConfiguration(configuration));
            return "allowed";
        });
        attempt(GET_INSTANCES_HEALTH_STATUS, (client, configuration) -> {
            client.getInstancesHealthStatus(
                    request -> request.serviceId(service.arn()).overrideConfiguration(configuration));
            return "allowed";
        });
        attempt(LIST_TAGS_FOR_RESOURCE, (client, configuration) -> {
            client.listTagsForResource(
                    request -> request.resourceARN(service.arn()).overrideConfiguration(configuration));
            return "allowed";
        });
        attempt(GET_SERVICE_ATTRIBUTES, (client, configuration) -> {
            client.getServiceAttributes(
                    request -> request.serviceId(service.arn()).overrideConfiguration(configuration));
            return "allowed";
        });
    }

    private void attempt(Operation operation, CloudMapCalls.Request<String> request) {
        try {
            report.add(subject(operation), Status.OK, calls.send(operation, request), "");
        } catch (CallFailedException e) {
            switch (e.kind()) {
                // Whoever is told that it is not there was allowed to ask.
                case GONE, INSTANCE_GONE -> report.add(subject(operation), Status.OK, "allowed", "");
                case NOT_IMPLEMENTED ->
                    report.add(
                            subject(operation),
                            Status.WARNING,
                            "the configured endpoint does not implement it; the reads leave it out",
                            "");
                case DENIED, OTHER ->
                    report.add(
                            subject(operation),
                            Status.FAILED,
                            String.valueOf(e.getMessage()),
                            e.kind() == Kind.DENIED
                                    ? "Add the permission " + operation.permission() + " to the function's role."
                                    : "See that the function reaches Cloud Map: a route or VPC endpoint, its region.");
            }
        } catch (IllegalStateException e) {
            report.add(
                    subject(operation),
                    Status.FAILED,
                    "not tried: the time of this invocation is over",
                    "See what failed before it, or give the function a longer timeout.");
        }
    }

    private static String subject(Operation operation) {
        return "Cloud Map: " + operation.apiName();
    }
}
