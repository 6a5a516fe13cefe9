package io.github.cloudmapgraph.producer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.aws.Lazy;
import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.json.Payload;
import io.github.cloudmapgraph.lease.ReadRequests;
import io.github.cloudmapgraph.lease.UpdateLease;
import io.github.cloudmapgraph.log.LibraryLog;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.producer.trigger.Trigger;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapstart.SnapStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The producer's Lambda function: reads all of Cloud Map and sends it to the queue as one snapshot.
 *
 * <p>It takes events of EventBridge (changes of Cloud Map by way of CloudTrail, task state changes of ECS, a schedule)
 * and manual payloads: {@code {}}, or the options {@code fullSync}, {@code allowMassDeletion} and {@code check}. The
 * answer says what was done; a failure is thrown, so that Lambda makes the invocation again.
 */
public final class ProducerHandler
        implements RequestHandler<Map<String, Object>, Map<String, Object>>, RequestStreamHandler {
    private final InstantSource clock;
    private final Log log;
    private final Lazy<ProducerSettings> settings;
    private final Connections connections;

    /**
     * Creates the function as Lambda does. What libraries warn of becomes lines of its log. Where the process's memory
     * is to be saved, what an invocation does is rehearsed before.
     */
    public ProducerHandler() {
        LibraryLog.writeTo(new Log(System.out, InstantSource.system()));
        this(keepingConnections(System.getenv()), new AwsClients(), InstantSource.system(), System.out);
        SnapStart.rehearse(System.getenv(), clock, log, new ProducerRehearsal(new AwsClients(), settings, clock));
    }

    /** Creates the function with an environment, clients, a clock and a log of one's own. */
    public ProducerHandler(Map<String, String> environment, AwsClients clients, InstantSource clock, PrintStream log) {
        this.clock = clock;
        this.log = new Log(log, clock);
        this.settings = new Lazy<>(() -> ProducerSettings.of(environment));
        this.connections = new Connections(clients, settings);
    }

    /** What Lambda calls: of the two interfaces it takes this one. */
    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        Payload.write(handleRequest(Payload.read(payload, Trigger.ACCEPTED), context), answer);
    }

    @Override
    public Map<String, Object> handleRequest(@Nullable Map<String, Object> input, Context context) {
        Log invocationLog = log.with("request_id", context.getAwsRequestId());
        try {
            Map<String, Object> answer = answer(Trigger.of(input), context, invocationLog);
            invocationLog.info(String.valueOf(answer.get("outcome")), "answer", answer);
            return answer;
        } catch (RuntimeException e) {
            invocationLog.error("the invocation failed", e);
            throw FailureText.thrown(e);
        } catch (Error e) {
            invocationLog.error("the invocation failed", e);
            throw e;
        }
    }

    private Map<String, Object> answer(Trigger trigger, Context context, Log invocationLog) {
        Deployment deployment = Deployment.of(context.getInvokedFunctionArn());
        if (trigger instanceof Trigger.Check) {
            return new ProducerCheck(settings, connections)
                    .run(deployment.account(), new Invocation(context).remaining(), invocationLog);
        }
        Scope scope = deployment.scope(settings.get().deploymentName());
        if (trigger instanceof Trigger.NoChange(String reason)) {
            return Answers.nothingToDo(scope, reason);
        }
        return run(deployment, scope, new Invocation(context), invocationLog.with("scope", scope.value()))
                .produce(trigger);
    }

    private SnapshotRun run(Deployment deployment, Scope scope, Invocation invocation, Log runLog) {
        return new SnapshotRun(
                scope,
                deployment.account(),
                invocation,
                connections.cloudMap(),
                new ReadRequests(
                        connections.dynamoDb(),
                        settings.get().lockTable(),
                        scope,
                        clock,
                        () -> UUID.randomUUID().toString()),
                new UpdateLease(connections.dynamoDb(), settings.get().lockTable(), scope),
                connections.queue(),
                settings.get().pendingOperation(),
                clock,
                runLog);
    }

    /**
     * Has the JVM keep as many idle connections to one host as are used at once. It keeps 5 unless told otherwise
     * before the first request, and would then open, with TLS, nearly every connection anew.
     *
     * @see <a
     *     href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">
     *     Networking properties</a>
     */
    private static Map<String, String> keepingConnections(Map<String, String> environment) {
        System.getProperties().putIfAbsent("http.maxConnections", "256");
        return environment;
    }
}
