package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.deployment.Deployment;
import io.github.cloudmapgraph.local.deployment.DeploymentOptions;
import io.github.cloudmapgraph.local.deployment.Endpoints;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.snapshot.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A Cloud Map endpoint and a deployment that keeps the shared Neo4j equal to it. */
public final class Flow implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Far longer than anything takes; a machine may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    public final CloudMapServer server;
    public final ServiceDiscoveryClient cloudMap;
    public final Deployment deployment;
    public final Scope scope;
    private volatile Faults faults = Faults.NONE;

    public Flow(FlowOptions options) throws IOException {
        var started = new CompletableFuture<Deployment>();
        CloudMapOptions standard = CloudMapOptions.of(Clock.systemUTC(), options.account(), LoopbackAws.REGION.id())
                .withOperationDelay(Duration.ofMillis(50))
                .withFaults((operation, request) -> faults.decide(operation, request));
        server = CloudMapServer.start(options.cloudMap()
                .apply(
                        options.events()
                                ? standard.withEvents(event -> started.join().send(payload(event)))
                                : standard));
        cloudMap = new AwsClients((_, builder) -> LoopbackAws.at(builder, server.endpoint()))
                .build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder());
        var deploymentOptions = new DeploymentOptions(
                options.account(),
                LoopbackAws.REGION.id(),
                "flow-" + NUMBER.incrementAndGet(),
                options.producer(),
                options.consumer());
        scope = deploymentOptions.scope();
        deployment = Deployment.start(
                deploymentOptions,
                new Endpoints(
                        builder -> LoopbackAws.at(builder, server.endpoint()),
                        TestServers.sqs(),
                        TestServers.dynamoDb(),
                        TestServers.s3(),
                        options.neo4j()),
                new PrintStream(logged, true, StandardCharsets.UTF_8),
                () -> {});
        started.complete(deployment);
    }

    /** An event as Lambda gives it. */
    @SuppressWarnings({"unchecked", "NullAway"}) // A JSON null is a Java null there too.
    static Map<String, Object> payload(String json) {
        return (Map<String, Object>) (Map<String, ?>) Json.parseObject(json);
    }

    /** Decides from now on what becomes of Cloud Map's requests. */
    public void setFaults(Faults decided) {
        faults = decided;
    }

    public void load(String registry) throws IOException {
        server.load(RegistryFile.parse("registry of the test", registry));
    }

    public void loadExample() throws IOException {
        server.load(RegistryFile.example());
    }

    /** Waits until an asynchronous operation took effect, and returns what it made or changed. */
    public String settle(String operationId, String target) {
        await(
                "operation " + operationId,
                () -> cloudMap.getOperation(get -> get.operationId(operationId))
                                .operation()
                                .status()
                        == OperationStatus.SUCCESS);
        return String.valueOf(cloudMap.getOperation(get -> get.operationId(operationId))
                .operation()
                .targetsAsStrings()
                .get(target));
    }

    /** Waits until the graph is what the registry is. */
    public void awaitEqual(String what) {
        Contents registry = Contents.ofRegistry(cloudMap);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !Contents.ofGraph(scope).equals(registry)) {
            pause();
        }
        Contents graph = Contents.ofGraph(scope);
        assertThat(registry.without(graph))
                .as("missing after %s; the log:%n%s", what, log())
                .isEmpty();
        assertThat(graph.without(registry))
                .as("left over after %s; the log:%n%s", what, log())
                .isEmpty();
    }

    /** Reads once, and waits until that snapshot, or a newer one, is in the graph. */
    public Map<String, Object> readAndAwait() {
        Map<String, Object> answer = deployment.read(Map.of());
        awaitVersion(((Number) answer.getOrDefault("version", 0L)).longValue());
        return answer;
    }

    public void awaitVersion(long version) {
        await("version " + version + " in the graph", () -> version() >= version);
    }

    /** The version that the graph holds of this scope; 0 for none. */
    public long version() {
        return TestServers.run("MATCH (s:SyncState {scope: $scope}) RETURN s.version", Map.of("scope", scope.value()))
                .stream()
                .map(row -> row.get(0).asLong(0))
                .findFirst()
                .orElse(0L);
    }

    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; the log:%n%s", what, log())
                    .isLessThan(end);
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
    }

    /** How many messages the queue holds, those that are worked on included. */
    public int waiting() {
        return messages(deployment.resources().queueUrl());
    }

    public int deadLetterCount() {
        return messages(deployment.resources().deadLetterQueueUrl());
    }

    private static int messages(String url) {
        return TestServers.SQS
                .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey() == QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES
                        || entry.getKey() == QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                .mapToInt(entry -> Integer.parseInt(entry.getValue()))
                .sum();
    }

    /** Takes what is in the dead-letter queue. */
    public List<Message> deadLetters() {
        List<Message> taken = new ArrayList<>();
        List<Message> batch;
        do {
            batch = TestServers.SQS
                    .receiveMessage(
                            receive -> receive.queueUrl(deployment.resources().deadLetterQueueUrl())
                                    .maxNumberOfMessages(10)
                                    .messageAttributeNames("All"))
                    .messages();
            taken.addAll(batch);
        } while (!batch.isEmpty());
        return taken;
    }

    /** Puts a message into the queue, and returns its id. */
    public String sendMessage(String body) {
        return TestServers.SQS
                .sendMessage(
                        send -> send.queueUrl(deployment.resources().queueUrl()).messageBody(body))
                .messageId();
    }

    public String log() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        faults = Faults.NONE;
        server.close();
        deployment.close();
        cloudMap.close();
    }
}
