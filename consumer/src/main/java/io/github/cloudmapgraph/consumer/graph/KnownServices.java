package io.github.cloudmapgraph.consumer.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.neo4j.driver.Record;

/**
 * The services of this scope that the graph holds.
 *
 * @param damage what counts tell of the graph
 * @param digests of all of them, by their ARNs
 * @param detailed the same services, where more was read of them: where the graph may be damaged
 */
record KnownServices(Damage damage, Map<String, String> digests, Map<String, KnownService> detailed) {
    static final KnownServices NONE = new KnownServices(Damage.NONE, Map.of(), Map.of());

    /**
     * Reads them.
     *
     * @param inDetail whether to read their relationships too; that is done anyway where the graph may be damaged
     */
    static KnownServices read(Cypher cypher, String scope, SyncState state, boolean inDetail) {
        Damage damage = Damage.find(cypher, scope, state);
        Statement statement = inDetail || damage.found() ? Statement.READ_SERVICES : Statement.READ_DIGESTS;
        Map<String, String> digests = new HashMap<>();
        Map<String, KnownService> detailed = new HashMap<>();
        for (Record row : cypher.read(statement, Map.of("scope", scope))) {
            String arn = row.get("arn").asString("");
            digests.put(arn, row.get("digest").asString(""));
            if (statement == Statement.READ_SERVICES) {
                detailed.put(arn, KnownService.of(row));
            }
        }
        return new KnownServices(damage, digests, detailed);
    }

    boolean contains(String arn) {
        return digests.containsKey(arn);
    }

    /** Tells whether nothing has to be written for a service, as far as can be seen without its instances. */
    boolean match(ServiceState wanted) {
        KnownService detail = detailed.get(wanted.arn());
        return wanted.digest().equals(digests.get(wanted.arn())) && (detail == null || detail.isWhole(wanted));
    }

    /** Those of some namespaces, by their ARNs. */
    Map<String, KnownService> in(Set<String> namespaceArns) {
        Map<String, KnownService> found = new TreeMap<>();
        detailed.forEach((arn, service) -> {
            if (namespaceArns.contains(service.namespaceArn())) {
                found.put(arn, service);
            }
        });
        return found;
    }
}
