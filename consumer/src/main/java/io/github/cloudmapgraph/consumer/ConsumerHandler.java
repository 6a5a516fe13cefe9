package io.github.cloudmapgraph.consumer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.config.ConfigurationException;
import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.json.Payload;
import io.github.cloudmapgraph.log.LibraryLog;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.snapstart.SnapStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's Lambda function: makes the graph equal to the snapshots of the queue.
 *
 * <p>Takes an event of SQS and answers with the messages that stay in the queue; or {@code {"check": true}} and answers
 * with what it can reach and use.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial batch
 *     responses</a>
 */
public final class ConsumerHandler
        implements RequestHandler<Map<String, Object>, Map<String, Object>>, RequestStreamHandler, AutoCloseable {
    private static final String ACCEPTED = "The consumer takes an event of SQS (\"Records\"), which its queue sends by"
            + " itself, or {\"check\": true}. To bring the graph up to date, invoke the producer with {}.";

    private final Setup setup;

    /** What the environment gave: a check tells what is wrong with it, so it is no reason not to start. */
    private sealed interface Setup {
        record Ready(Consumer consumer) implements Setup {}

        record Misconfigured(ConfigurationException problems) implements Setup {}
    }

    /**
     * Creates the function as Lambda does. What libraries warn of becomes lines of its log. Where the process's memory
     * is to be saved, what an invocation does is rehearsed before.
     */
    public ConsumerHandler() {
        InstantSource clock = InstantSource.system();
        var log = new Log(System.out, clock);
        LibraryLog.writeTo(log);
        this(System.getenv(), new AwsClients(), clock, System.out);
        SnapStart.rehearse(
                System.getenv(),
                clock,
                log,
                new ConsumerRehearsal(
                        () -> Consumer.of(ConsumerSettings.read(System.getenv()), new AwsClients(), clock, log),
                        clock));
    }

    /** Creates the function with an environment, clients, a clock and a place for its log lines. */
    public ConsumerHandler(Map<String, String> environment, AwsClients clients, InstantSource clock, PrintStream log) {
        setup = setUp(environment, clients, clock, new Log(log, clock));
    }

    private static Setup setUp(Map<String, String> environment, AwsClients clients, InstantSource clock, Log log) {
        try {
            return new Setup.Ready(Consumer.of(ConsumerSettings.read(environment), clients, clock, log));
        } catch (ConfigurationException e) {
            return new Setup.Misconfigured(e);
        }
    }

    /** What Lambda calls: of the two interfaces it takes this one. */
    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        Payload.write(handleRequest(Payload.read(payload, ACCEPTED), context), answer);
    }

    @Override
    public Map<String, Object> handleRequest(@Nullable Map<String, Object> payload, Context context) {
        try {
            return handle(payload, context);
        } catch (RuntimeException e) {
            throw FailureText.thrown(e);
        }
    }

    private Map<String, Object> handle(@Nullable Map<String, Object> payload, Context context) {
        // Lambda hands over null where the payload is the JSON value null.
        Map<String, Object> fields = payload == null ? Map.of() : payload;
        // Alone: an option that was misspelt would look as if it had been obeyed.
        if (fields.equals(Map.of("check", true))) {
            return check(context).toAnswer();
        }
        if (fields.get("Records") instanceof List<?> records) {
            List<QueueMessage> messages = QueueMessage.of(records);
            List<String> staying = consumer().batch().work(messages, () -> timeLeft(context));
            return Map.of(
                    "batchItemFailures",
                    staying.stream().map(id -> Map.of("itemIdentifier", id)).toList());
        }
        throw new IllegalArgumentException(ACCEPTED);
    }

    private CheckReport check(Context context) {
        return switch (setup) {
            case Setup.Ready(Consumer consumer) -> consumer.check().run(timeLeft(context));
            case Setup.Misconfigured(ConfigurationException problems) -> {
                var report = new CheckReport();
                report.add(
                        "Configuration",
                        CheckReport.Status.FAILED,
                        String.valueOf(problems.getMessage()),
                        "Correct the function's environment variables.");
                yield report;
            }
        };
    }

    private Consumer consumer() {
        return switch (setup) {
            case Setup.Ready(Consumer consumer) -> consumer;
            case Setup.Misconfigured(ConfigurationException problems) -> throw problems;
        };
    }

    private static Duration timeLeft(Context context) {
        return Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    /** Closes the connections; Lambda never does. */
    @Override
    public void close() {
        if (setup instanceof Setup.Ready(Consumer consumer)) {
            consumer.close();
        }
    }
}
