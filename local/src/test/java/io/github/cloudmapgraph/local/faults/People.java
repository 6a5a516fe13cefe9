package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.snapshot.Scope;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.neo4j.driver.Record;

/**
 * What people add to the graph, and another scope's part of it. The services that it hangs on are in a namespace which
 * the random client leaves alone.
 */
record People(Scope scope) {
    static final String NAMESPACE = "kept";

    private static final List<String> ADDITIONS = List.of(
            "MATCH (s:Service {scope: $scope, namespace: 'kept'}) SET s:Favourite, s.people_note = 'ask ' + s.name"
                    + " CREATE (:Team {name: 'team of ' + s.name})-[:OWNS {since: 2020}]->(s)",
            "MATCH (n:Namespace {scope: $scope}) CREATE (:Remark {text: 'on ' + n.name})",
            "MATCH (i:Instance {scope: $scope})-[:REGISTERED]->(:Service {namespace: 'kept'})"
                    + " SET i.people_rack = 'rack of ' + i.name CREATE (i)-[:STANDS_IN]->(:Room {name: i.name})",
            "CREATE (n:Namespace {arn: 'arn:other', scope: $other, name: 'other'})<-[:IN_NAMESPACE]-(s:Service {arn:"
                + " 'arn:other/s', scope: $other, name: 'cart', namespace: 'other'})<-[:REGISTERED]-(:Instance {key:"
                + " 'arn:other/s/i', scope: $other, name: 'i'})",
            "CREATE (:SyncState {scope: $other, version: 7})");

    private static final List<String> LOOKS = List.of(
            "MATCH (t:Team)-[o:OWNS]->(s:Service:Favourite) RETURN t.name + ' owns ' + s.name + ' since ' + o.since"
                    + " + ': ' + s.people_note AS line",
            "MATCH (r:Remark) RETURN 'remark ' + r.text AS line",
            "MATCH (i:Instance)-[:STANDS_IN]->(r:Room) RETURN i.people_rack + ' in ' + r.name AS line",
            "MATCH (i:Instance {scope: $other})-[:REGISTERED]->(s:Service {scope:"
                + " $other})-[:IN_NAMESPACE]->(n:Namespace {scope: $other}) RETURN i.key + ' ' + s.arn + ' ' + s.name"
                + " + ' ' + n.arn AS line",
            "MATCH (s:SyncState {scope: $other}) RETURN 'other scope at ' + s.version AS line");

    private Map<String, Object> parameters() {
        return Map.of("scope", scope.value(), "other", scope.value() + ":other");
    }

    /** Adds it; the registry's first snapshot is in the graph. */
    void add(BiFunction<String, Map<String, Object>, List<Record>> query) {
        for (String addition : ADDITIONS) {
            var _ = query.apply(addition, parameters());
        }
    }

    SortedSet<String> read(BiFunction<String, Map<String, Object>, List<Record>> query) {
        SortedSet<String> lines = new TreeSet<>();
        LOOKS.forEach(look -> query.apply(look, parameters())
                .forEach(row -> lines.add(row.get("line").asString())));
        return lines;
    }
}
