package io.github.cloudmapgraph.consumer.graph;

import org.neo4j.driver.Record;

/**
 * A service of this scope as far as the graph tells without reading an instance.
 *
 * @param registered how many {@code REGISTERED} relationships it has, whoever made them
 * @param dependencies how many of the sync's {@code DEP_ON} relationships start at it
 * @param inNamespace whether its {@code IN_NAMESPACE} relationship is there
 */
record KnownService(
        String arn,
        String name,
        String namespaceArn,
        String namespaceName,
        int registered,
        int dependencies,
        boolean inNamespace) {
    static KnownService of(Record row) {
        return new KnownService(
                row.get("arn").asString(""),
                row.get("name").asString(""),
                row.get("namespace_arn").asString(""),
                row.get("namespace").asString(""),
                row.get("registered").asInt(),
                row.get("dependencies").asInt(),
                row.get("in_namespace").asBoolean());
    }

    /** Tells whether it has as many relationships as it should. */
    boolean isWhole(ServiceState wanted) {
        return registered == wanted.service().instances().size()
                && dependencies == wanted.dependencies().resolved().size()
                && inNamespace;
    }
}
