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
    String arn() {
        return service.arn();
    }
}
