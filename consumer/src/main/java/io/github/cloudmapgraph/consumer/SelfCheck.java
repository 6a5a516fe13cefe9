package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.check.CheckReport.Status;
import io.github.cloudmapgraph.consumer.graph.GraphCheck;
import io.github.cloudmapgraph.consumer.neo4j.AccessReading;
import io.github.cloudmapgraph.consumer.neo4j.AccessSource;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jConnection;
import io.github.cloudmapgraph.consumer.neo4j.Neo4jFailure;
import io.github.cloudmapgraph.consumer.neo4j.Use;
import java.time.Duration;

/** What the function can reach and use; nothing is changed. */
final class SelfCheck {
    private final ConsumerSettings settings;
    private final ResourceCheck resources;
    private final AccessSource access;
    private final Neo4jConnection neo4j;

    SelfCheck(ConsumerSettings settings, ResourceCheck resources, AccessSource access, Neo4jConnection neo4j) {
        this.settings = settings;
        this.resources = resources;
        this.access = access;
        this.neo4j = neo4j;
    }

    CheckReport run(Duration timeLeft) {
        var report = new CheckReport();
        report.add("Configuration", Status.OK, "complete", "");
        checkTimeout(report, timeLeft);
        resources.addTo(report, timeLeft);
        if (checkAccess(report)) {
            checkNeo4j(report);
        }
        return report;
    }

    private void checkTimeout(CheckReport report, Duration timeLeft) {
        // The invocation has only just begun; its start took less than this.
        boolean enough = timeLeft.plusSeconds(5).compareTo(settings.lease()) >= 0;
        report.add(
                "Function timeout",
                enough ? Status.OK : Status.FAILED,
                timeLeft.toSeconds() + " s left of this invocation, the lease is "
                        + settings.lease().toSeconds() + " s",
                enough ? "" : "Give the function a timeout of at least LEASE_SECONDS, or lower that.");
    }

    private boolean checkAccess(CheckReport report) {
        return switch (access.read()) {
            case AccessReading.Found(var found) -> {
                report.add("Neo4j's access", Status.OK, found.toString(), "");
                yield true;
            }
            case AccessReading.NotFilledIn(String source, var fields) -> {
                report.add(
                        "Neo4j's access",
                        Status.FAILED,
                        source + " is not filled in yet: " + String.join(", ", fields),
                        "Fill in " + source + ", in the console of Secrets Manager or with aws secretsmanager"
                                + " put-secret-value. Until then snapshots wait in the queue.");
                yield false;
            }
            case AccessReading.Wrong(String source, String problem) -> {
                report.add("Neo4j's access", Status.FAILED, source + " is not usable", "Correct it: " + problem + ".");
                yield false;
            }
            case AccessReading.Unreadable(String source, String reason) -> {
                report.add(
                        "Neo4j's access",
                        Status.FAILED,
                        source + " cannot be read: " + reason,
                        "Check NEO4J_SECRET_ARN; grant secretsmanager:GetSecretValue on the secret, and kms:Decrypt on"
                                + " its key where that is your own.");
                yield false;
            }
        };
    }

    private void checkNeo4j(CheckReport report) {
        Use<CheckReport> use = neo4j.use(graph -> {
            graph.driver().verifyConnectivity();
            var found = new CheckReport();
            found.add("Neo4j", Status.OK, "reached, signed in", "");
            new GraphCheck(graph.driver(), graph.access().database()).addTo(found);
            return found;
        });
        switch (use) {
            case Use.Done<CheckReport>(CheckReport found) ->
                found.lines().forEach(line -> report.add(line.subject(), line.status(), line.detail(), line.remedy()));
            case Use.Failed<CheckReport>(Neo4jFailure failure) ->
                report.add("Neo4j", Status.FAILED, failure.reason(), remedy(failure));
        }
    }

    private static String remedy(Neo4jFailure failure) {
        return switch (failure) {
            case Neo4jFailure.NotFilledIn _, Neo4jFailure.AccessUnknown _ -> "Correct Neo4j's address and credentials.";
            case Neo4jFailure.Unreachable _ ->
                "Check that Neo4j runs, its address and Bolt port, and that the function's network reaches it (security"
                        + " groups, subnets, name resolution).";
            case Neo4jFailure.CredentialsRefused _ -> "Check username and password.";
            case Neo4jFailure.Unusable _ ->
                "Check the scheme (neo4j+s and bolt+s are encrypted, and the server's certificate has to be of a"
                        + " known authority and name this host; neo4j and bolt are not encrypted), the database's name"
                        + " and the user's rights.";
            case Neo4jFailure.Busy _ -> "Try again.";
            case Neo4jFailure.Unexpected _ -> "See Neo4j's own log for the code above.";
        };
    }
}
