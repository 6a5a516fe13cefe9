package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.config.Forms;
import io.github.cloudmapgraph.config.Settings;
import io.github.cloudmapgraph.consumer.graph.GraphOptions;
import io.github.cloudmapgraph.consumer.neo4j.EnvironmentAccess;
import java.time.Duration;
import java.util.Map;

/**
 * The function's configuration.
 *
 * @param queueUrl the queue that the messages come from
 * @param deadLetterQueueUrl where a message goes that can never be applied
 * @param lockTable the lock table's name or ARN
 * @param snapshotBucket the only bucket that a message may point into; empty where there is none
 * @param neo4j where Neo4j is
 * @param lease how long an update may hold the scope's lock
 */
record ConsumerSettings(
        String queueUrl,
        String deadLetterQueueUrl,
        String lockTable,
        String snapshotBucket,
        Neo4jOrigin neo4j,
        Duration lease,
        GraphOptions graph) {
    /** Where Neo4j's address and credentials come from. */
    sealed interface Neo4jOrigin {
        /** A secret, by its ARN or name. */
        record Secret(String id) implements Neo4jOrigin {}

        /** The environment itself. */
        record Environment(EnvironmentAccess access) implements Neo4jOrigin {}
    }

    /**
     * Reads the configuration.
     *
     * @throws io.github.cloudmapgraph.config.ConfigurationException if it is not as it has to be, with every problem
     */
    static ConsumerSettings read(Map<String, String> environment) {
        var settings = new Settings(environment);
        // Lambda runs 900 seconds at most, and the lease may not outlast it.
        Duration lease = settings.seconds("LEASE_SECONDS", 120, 2, 900);
        Duration transactionTimeout = settings.seconds("TRANSACTION_TIMEOUT_SECONDS", 100, 1, 899);
        if (transactionTimeout.compareTo(lease) >= 0) {
            settings.problem(
                    "TRANSACTION_TIMEOUT_SECONDS",
                    "is " + transactionTimeout.toSeconds() + "; it has to be less than LEASE_SECONDS, which is "
                            + lease.toSeconds());
        }
        var read = new ConsumerSettings(
                settings.required(
                        "QUEUE_URL", Forms.QUEUE_URL, "the URL (https://...) of the queue that the messages come from"),
                settings.required(
                        "DEAD_LETTER_QUEUE_URL",
                        Forms.QUEUE_URL,
                        "the URL (https://...) of that queue's dead-letter queue"),
                settings.required("LOCK_TABLE", Forms.TABLE, "the name or ARN of the lock table"),
                settings.text("SNAPSHOT_BUCKET", Forms.BUCKET, "the name of a bucket"),
                neo4j(settings),
                lease,
                new GraphOptions(
                        transactionTimeout,
                        settings.number("MASS_DELETION_MIN_SERVICES", 10, 1, Integer.MAX_VALUE),
                        settings.number("MASS_DELETION_PERCENT", 50, 1, 100),
                        settings.number("MASS_DELETION_CONFIRMATIONS", 3, 1, 1000)));
        settings.check();
        return read;
    }

    private static Neo4jOrigin neo4j(Settings settings) {
        String secret = settings.text("NEO4J_SECRET_ARN");
        boolean inEnvironment = !settings.text("NEO4J_URI").isEmpty();
        if (secret.isEmpty() && !inEnvironment) {
            settings.problem(
                    "NEO4J_SECRET_ARN",
                    "is not set; it has to be the ARN of the secret that holds Neo4j's address and credentials, or"
                            + " NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD have to be set instead");
        } else if (!secret.isEmpty() && inEnvironment) {
            settings.problem("NEO4J_SECRET_ARN", "and NEO4J_URI are both set; it has to be one of them");
        } else if (inEnvironment) {
            return new Neo4jOrigin.Environment(EnvironmentAccess.of(settings));
        }
        return new Neo4jOrigin.Secret(
                settings.text("NEO4J_SECRET_ARN", Forms.SECRET, "the ARN or the name of a secret"));
    }
}
