package io.github.cloudmapgraph.local.faults;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.consumer.ConsumerHandler;
import io.github.cloudmapgraph.local.deployment.Resources;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.producer.ProducerHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes execution environments of the two real functions. */
final class Functions {
    private final Servers servers;
    private final URI cloudMap;
    private final Resources resources;
    private final String deployment;
    private final boolean storesSnapshots;
    private final SnapshotReader snapshots;
    private final History history;
    private final LineLog log;
    private final Mutation mutation;
    private final List<BoltWay> ways = new CopyOnWriteArrayList<>();

    Functions(
            Servers servers,
            URI cloudMap,
            Resources resources,
            String deployment,
            boolean storesSnapshots,
            SnapshotReader snapshots,
            History history,
            LineLog log,
            Mutation mutation) {
        this.servers = servers;
        this.cloudMap = cloudMap;
        this.resources = resources;
        this.deployment = deployment;
        this.storesSnapshots = storesSnapshots;
        this.snapshots = snapshots;
        this.history = history;
        this.log = log;
        this.mutation = mutation;
    }

    private static InstantSource clock(Duration off) {
        return () -> InstantSource.system().instant().plus(off);
    }

    Environment producer(String name, Duration clockOff) {
        var gate = new Gate(name, history);
        Map<String, String> variables = new HashMap<>(Map.of(
                "QUEUE_URL",
                resources.queueUrl(),
                "LOCK_TABLE",
                resources.lockTable(),
                "SNAPSHOT_BUCKET",
                resources.bucket(),
                "DEPLOYMENT_NAME",
                deployment,
                "READ_CONCURRENCY",
                "4",
                "PENDING_OPERATION_SECONDS",
                "1"));
        if (storesSnapshots) {
            variables.put("MAX_MESSAGE_BYTES", "1024");
        }
        var handler = new ProducerHandler(
                variables, clients(Step.Function.PRODUCER, name, gate), clock(clockOff), log.of(name, gate));
        return environment(name, gate, handler, Timings.PRODUCER_TIMEOUT, clockOff);
    }

    Environment consumer(String name, Duration clockOff) {
        var gate = new Gate(name, history);
        try {
            var way = new BoltWay(servers.neo4jPort(), gate);
            ways.add(way);
            Map<String, String> variables = Map.of(
                    "QUEUE_URL", resources.queueUrl(),
                    "DEAD_LETTER_QUEUE_URL", resources.deadLetterQueueUrl(),
                    "LOCK_TABLE", resources.lockTable(),
                    "SNAPSHOT_BUCKET", resources.bucket(),
                    "NEO4J_SECRET_ARN", servers.secrets.secretFor(way.port()),
                    "LEASE_SECONDS", Long.toString(Timings.LEASE.toSeconds()),
                    "TRANSACTION_TIMEOUT_SECONDS", Long.toString(Timings.TRANSACTION.toSeconds()),
                    "MASS_DELETION_MIN_SERVICES", "6");
            AwsClients clients = clients(Step.Function.CONSUMER, name, gate);
            RequestHandler<Map<String, Object>, Map<String, Object>> handler = mutation.isOfStep()
                    ? new CarelessConsumer(
                            mutation, variables, clients, clock(clockOff), way.port(), log.of(name, gate))
                    : new ConsumerHandler(variables, clients, clock(clockOff), log.of(name, gate));
            return environment(name, gate, handler, Timings.CONSUMER_TIMEOUT, clockOff);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Environment environment(
            String name,
            Gate gate,
            RequestHandler<Map<String, Object>, Map<String, Object>> handler,
            Duration timeout,
            Duration clockOff) {
        return new Environment(name, gate, history, handler, timeout, clock(clockOff), log.of(name, gate));
    }

    private AwsClients clients(Step.Function function, String name, Gate gate) {
        var calls = new FaultyCalls(function, gate, new CallNotes(name, history, resources.queueUrl(), snapshots));
        return new AwsClients((service, builder) -> {
            servers.customize(service, builder, cloudMap);
            builder.addPlugin(calls);
            if (mutation.isOfLock()) {
                builder.addPlugin(new CarelessLock(mutation));
            }
        });
    }

    /** Breaks every connection to Neo4j that an environment has. */
    void cutWaysToNeo4j() {
        ways.forEach(BoltWay::cut);
    }

    void close() {
        ways.forEach(BoltWay::close);
    }
}
