package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;

/**
 * All that the graph is to hold of a service.
 *
 * @param digest tells whether two states are the same, instances and dependencies included
 */
record ServiceState(Service service, Namespace namespace, Scope scope, Dependencies dependencies, String digest) {
    /**
     * Makes it.
     *
     * @param content the digest of what Cloud Map says of the service
     */
    static ServiceState of(
            Service service, byte[] content, Namespace namespace, Scope scope, Dependencies dependencies) {
        return new ServiceState(
                service, namespace, scope, dependencies, ServiceDigest.of(content, namespace, scope, dependencies));
    }

    String arn() {
        return service.arn();
    }
}
