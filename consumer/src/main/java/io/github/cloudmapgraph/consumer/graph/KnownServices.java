package io.github.cloudmapgraph.consumer.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
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
     * Begins to read them; asked for them, as often as one likes, waits.
     *
     * @param inDetail whether to read their relationships too; that is done anyway where the graph may be damaged
     */
    static Supplier<KnownServices> read(Cypher cypher, String scope, SyncState state, boolean inDetail) {
        Map<String, Object> ofTheScope = Map.of("scope", scope);
        Supplier<List<Record>> counts = Damage.count(cypher, scope);
        Supplier<List<Record>> rows =
                cypher.readLater(inDetail ? Statement.READ_SERVICES : Statement.READ_DIGESTS, ofTheScope);
        return new Lazy<>(() -> {
            Damage damage = Damage.of(counts.get(), state);
            return damage.found() && !inDetail
                    ? of(damage, cypher.read(Statement.READ_SERVICES, ofTheScope), true)
                    : of(damage, rows.get(), inDetail);
        });
    }

    private static KnownServices of(Damage damage, List<Record> rows, boolean inDetail) {
        Map<String, String> digests = new HashMap<>();
        Map<String, KnownService> detailed = new HashMap<>();
        for (Record row : rows) {
            String arn = row.get("arn").asString("");
            digests.put(arn, row.get("digest").asString(""));
            if (inDetail) {
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
