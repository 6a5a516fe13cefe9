package io.github.cloudmapgraph.consumer.graph;

import java.util.List;
import java.util.Set;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.SecurityException;

/**
 * The constraints that the keys need and the indexes that the queries use.
 *
 * @see <a href="https://neo4j.com/docs/cypher-manual/current/constraints/">Constraints</a>
 */
final class Schema {
    private static final List<String> RULES = List.of(
            "namespace-arn-is-unique",
            "service-arn-is-unique",
            "instance-key-is-unique",
            "sync-state-scope-is-unique",
            "namespace-scope",
            "service-scope",
            "service-name",
            "instance-scope",
            "instance-name",
            "sync-change-scope");

    /** The rule is there already: made by a second consumer at the same moment, or by somebody under another name. */
    private static final Set<String> ALREADY_THERE = Set.of(
            "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
            "Neo.ClientError.Schema.ConstraintAlreadyExists");

    /** For an index, an index that is there already is as good; a constraint it keeps from being made. */
    private static final String INDEX_ALREADY_THERE = "Neo.ClientError.Schema.IndexAlreadyExists";

    private static final String FORBIDDEN = "Neo.ClientError.Security.Forbidden";

    private static final String CONSTRAINT = "-is-unique";

    private static final long ALL_ROWS = -1;

    private Schema() {}

    /** Returns what all sessions have in common: rows come at once, since what is asked for is read as a whole. */
    static SessionConfig session(String database) {
        var config = SessionConfig.builder().withFetchSize(ALL_ROWS);
        return (database.isEmpty() ? config : config.withDatabase(database)).build();
    }

    /** Makes what is missing, each in a transaction of its own: schema and data cannot share one. */
    static void create(Driver driver, SessionConfig config) {
        // As a rule nothing is, and each new execution environment comes here.
        if (isThere(driver, config)) {
            return;
        }
        for (String rule : RULES) {
            String cypher = Statement.load("schema/" + rule + ".cypher");
            try (Session session = driver.session(config)) {
                session.executeWriteWithoutResult(
                        transaction -> transaction.run(cypher).consume());
            } catch (ClientException e) {
                boolean asGood = !rule.endsWith(CONSTRAINT) && INDEX_ALREADY_THERE.equals(e.code());
                if (!asGood && !ALREADY_THERE.contains(e.code())) {
                    throw e;
                }
            }
        }
    }

    /** Tells by their names whether all are there, in one query. */
    private static boolean isThere(Driver driver, SessionConfig config) {
        String cypher = Statement.load("schema/read-names.cypher");
        try (Session session = driver.session(config)) {
            List<String> names = session.executeWrite(transaction ->
                    transaction.run(cypher).list(row -> row.get("name").asString()));
            return names.containsAll(RULES);
        } catch (SecurityException e) {
            // Who may make them need not be allowed to see them.
            if (FORBIDDEN.equals(e.code())) {
                return false;
            }
            throw e;
        }
    }
}
