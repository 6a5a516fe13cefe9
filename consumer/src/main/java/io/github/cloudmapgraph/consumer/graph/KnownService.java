package io.github.cloudmapgraph.consumer.graph;

import java.util.Map;
import java.util.TreeMap;
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
        String digest,
        int registered,
        int dependencies,
        boolean inNamespace) {
    static Map<String, KnownService> readAll(Cypher cypher, String scope) {
        Map<String, KnownService> services = new TreeMap<>();
        for (Record row : cypher.read(Statement.READ_SERVICES, Map.of("scope", scope))) {
            var service = new KnownService(
                    row.get("arn").asString(""),
                    row.get("name").asString(""),
                    row.get("namespace_arn").asString(""),
                    row.get("namespace").asString(""),
                    row.get("digest").asString(""),
                    row.get("registered").asInt(),
                    row.get("dependencies").asInt(),
                    row.get("in_namespace").asBoolean());
            services.put(service.arn(), service);
        }
        return services;
    }

    /** Tells whether nothing has to be written for the service, as far as can be seen from outside. */
    boolean matches(ServiceState wanted) {
        return digest.equals(wanted.digest())
                && registered == wanted.service().instances().size()
                && dependencies == wanted.dependencies().resolved().size()
                && inNamespace;
    }
}
