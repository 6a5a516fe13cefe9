package io.github.cloudmapgraph.producer.read;

import static io.github.cloudmapgraph.producer.read.Operation.LIST_NAMESPACES;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicediscovery.model.ListNamespacesResponse;

/**
 * One read of everything. One thread walks the lists of namespaces and services, whose rates allow no more; what it
 * finds is read beside it.
 */
final class RegistryRead {
    private static final int PAGE = 100;

    private final CloudMapCalls calls;
    private final Warnings warnings;
    private final String account;

    RegistryRead(CloudMapCalls calls, Warnings warnings, String account) {
        this.calls = calls;
        this.warnings = warnings;
        this.account = account;
    }

    /**
     * Reads.
     *
     * @param wanted names, ids or ARNs of the namespaces to read; empty for all
     * @param concurrency how many services are read at once
     */
    Registry read(List<String> wanted, int concurrency, RecentChange change) {
        var serviceRead = new ServiceRead(calls, change);
        List<NamespaceRead> reads = new ArrayList<>();
        try (var workers = new Workers(concurrency)) {
            for (SourceNamespace namespace : only(wanted, namespaces())) {
                var read = new NamespaceRead(namespace, serviceRead);
                reads.add(read);
                read.list(calls, workers);
            }
            workers.finish();
        }
        List<DeniedNamespace> denied = reads.stream()
                .map(NamespaceRead::denied)
                .flatMap(Optional::stream)
                .toList();
        denied.forEach(namespace -> warnings.add("the shared namespace " + namespace.arn()
                + " was not read, its part of the graph stays as it is: " + namespace.reason()));
        return new Registry(
                reads.stream()
                        .map(NamespaceRead::result)
                        .flatMap(Optional::stream)
                        .toList(),
                denied);
    }

    /** Returns all namespaces in the order of their ARNs, each once even if the list moved while it was read. */
    private Collection<SourceNamespace> namespaces() {
        Map<String, SourceNamespace> found = new TreeMap<>();
        calls.eachPage(
                LIST_NAMESPACES,
                (client, configuration, token) -> client.listNamespaces(
                        request -> request.maxResults(PAGE).nextToken(token).overrideConfiguration(configuration)),
                ListNamespacesResponse::nextToken,
                page -> page.namespaces()
                        .forEach(summary -> found.put(summary.arn(), new SourceNamespace(summary, account))));
        return found.values();
    }

    private Collection<SourceNamespace> only(List<String> wanted, Collection<SourceNamespace> found) {
        if (wanted.isEmpty()) {
            return found;
        }
        for (String name : wanted) {
            if (found.stream().noneMatch(namespace -> namespace.isNamed(name))) {
                warnings.add("NAMESPACES names '" + name + "', which is no namespace's name, id or ARN here");
            }
        }
        return found.stream()
                .filter(namespace -> wanted.stream().anyMatch(namespace::isNamed))
                .toList();
    }
}
