package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.config.ConfigurationException;
import io.github.cloudmapgraph.config.Forms;
import io.github.cloudmapgraph.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The function's configuration.
 *
 * @param queueUrl where snapshots are sent
 * @param lockTable the DynamoDB table that requests are counted in
 * @param bucket where snapshots go that are too large for a message; empty where there is none
 * @param namespaces names, ids or ARNs of the namespaces to read; empty for all
 * @param deploymentName tells the deployments of one account and region apart; empty where there is one
 * @param maxMessageBytes the largest message that the queue takes
 * @param concurrency how many services are read at once
 * @param pendingOperation how long a change that is still being worked off is waited for
 * @param ratePercent the share of Cloud Map's known request rates to use; empty for the standard one
 */
record ProducerSettings(
        String queueUrl,
        String lockTable,
        String bucket,
        List<String> namespaces,
        String deploymentName,
        int maxMessageBytes,
        int concurrency,
        Duration pendingOperation,
        OptionalInt ratePercent) {
    private static final int MAX_SQS_BYTES = 1_048_576;

    private static final Pattern DEPLOYMENT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * Reads the environment.
     *
     * @throws ConfigurationException with every problem, if there is any
     */
    static ProducerSettings of(Map<String, String> environment) {
        var settings = new Settings(environment);
        var result = new ProducerSettings(
                settings.required(
                        "QUEUE_URL", Forms.QUEUE_URL, "the URL (https://...) of the queue that snapshots are sent to"),
                settings.required("LOCK_TABLE", Forms.TABLE, "the name or ARN of the lock table"),
                settings.text("SNAPSHOT_BUCKET", Forms.BUCKET, "the name of a bucket"),
                settings.list(
                        "NAMESPACES", Forms.NAMESPACE, "names, ids or ARNs of namespaces, with commas between them"),
                settings.text("DEPLOYMENT_NAME", DEPLOYMENT_NAME, "up to 64 letters, digits, '-' or '_'"),
                settings.number("MAX_MESSAGE_BYTES", MAX_SQS_BYTES, 1024, MAX_SQS_BYTES),
                settings.number("READ_CONCURRENCY", 32, 1, 256),
                settings.seconds("PENDING_OPERATION_SECONDS", 10, 0, 60),
                ratePercent(settings));
        settings.check();
        return result;
    }

    private static OptionalInt ratePercent(Settings settings) {
        String name = "REQUEST_RATE_PERCENT";
        return settings.text(name).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(settings.number(name, 100, 1, 1000));
    }
}
