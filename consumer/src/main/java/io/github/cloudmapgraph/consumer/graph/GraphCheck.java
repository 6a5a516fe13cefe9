package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.exceptions.Neo4jException;

/** Tells whether a database can be used, without leaving anything in it. */
public final class GraphCheck {
    private final Driver driver;
    private final SessionConfig session;

    /**
     * Creates a check.
     *
     * @param database the database's name; empty for the user's home database
     */
    public GraphCheck(Driver driver, String database) {
        this.driver = driver;
        this.session = Schema.session(database);
    }

    /** Adds a line each for the server's version, the rights, and what another program left. */
    public void addTo(CheckReport report) {
        attempt(report, "Neo4j version", "Use Neo4j 5.26 LTS, a 2025 or 2026 release, or Aura.", this::version);
        attempt(
                report,
                "Neo4j rights",
                "Give the user the right to read and write the database and to create constraints and indexes"
                        + " (role publisher or above, with CREATE CONSTRAINT and CREATE INDEX).",
                this::tryToWrite);
        addUniqueServiceNames(report);
        attempt(
                report,
                "Neo4j constraints",
                "Drop the index in Neo4j (DROP INDEX name): the constraint brings one of its own.",
                this::noIndexInTheWay);
        addForeignServices(report);
    }

    private static void attempt(CheckReport report, String subject, String remedy, Supplier<String> attempt) {
        report.attempt(subject, remedy, () -> {
            try {
                return attempt.get();
            } catch (Neo4jException e) {
                throw new IllegalStateException(Neo4jText.of(e), e);
            }
        });
    }

    private String version() {
        Record row = read("components");
        String version = row.get("version").asString();
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        int minor = Integer.parseInt(version.split("[.-]", 3)[1].replaceAll("\\D.*", ""));
        if (major < 5 || (major == 5 && minor < 26)) {
            throw new IllegalStateException("version " + version + " is older than 5.26");
        }
        return row.get("name").asString() + " " + version + " "
                + row.get("edition").asString();
    }

    private String tryToWrite() {
        for (String statement : List.of("try-to-write", "try-to-create-an-index")) {
            try (Session open = driver.session(session);
                    Transaction transaction = open.beginTransaction()) {
                transaction.run(cypher(statement)).consume();
                transaction.rollback();
            }
        }
        return "data and indexes can be written (tried, and rolled back)";
    }

    /** The article's program knew services by their name; Cloud Map may hold two of one name in two namespaces. */
    private void addUniqueServiceNames(CheckReport report) {
        String subject = "Constraint of the article's program";
        try (Session open = driver.session(session)) {
            List<String> names = open.executeRead(transaction -> transaction
                    .run(cypher("find-unique-service-names"))
                    .list(row -> row.get("name").asString()));
            if (names.isEmpty()) {
                report.add(subject, Status.OK, "Service.name is not unique, as it has to be", "");
            } else {
                report.add(
                        subject,
                        Status.FAILED,
                        "the constraint " + names.getFirst() + " makes Service.name unique: two services of one name,"
                                + " in two namespaces, could not be stored",
                        "Run in Neo4j: DROP CONSTRAINT " + names.getFirst());
            }
        } catch (Neo4jException e) {
            report.add(
                    subject,
                    Status.WARNING,
                    "the constraints cannot be listed: " + e.code(),
                    "Give the user the right SHOW CONSTRAINT, or see for yourself that Service.name is not unique.");
        }
    }

    /** Neo4j makes no unique constraint where somebody made a plain index on the same property. */
    private String noIndexInTheWay() {
        try (Session open = driver.session(session)) {
            List<String> names = open.executeRead(transaction -> transaction
                    .run(cypher("find-indexes-in-the-way"))
                    .list(row -> row.get("name").asString()));
            if (!names.isEmpty()) {
                throw new IllegalStateException(
                        "the index " + String.join(", ", names) + " is in the way of a unique constraint on a key");
            }
        }
        return "nothing is in their way";
    }

    private void addForeignServices(CheckReport report) {
        attempt(report, "Services of other programs", "Give the user the right to read the database.", () -> {
            long foreign = read("count-foreign-services").get("services").asLong();
            return foreign == 0
                    ? "none"
                    : foreign + " Service nodes have no scope: another program, or a person, made them; the sync leaves"
                            + " them alone (MATCH (s:Service) WHERE s.scope IS NULL RETURN s)";
        });
    }

    private Record read(String statement) {
        try (Session open = driver.session(session)) {
            return open.executeRead(
                    transaction -> transaction.run(cypher(statement), Map.of()).single());
        }
    }

    private static String cypher(String statement) {
        return Statement.load("check/" + statement + ".cypher");
    }
}
