package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.deployment.Resources;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.snapshot.Scope;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What one schedule plays on: a registry, queues, a lock table and a bucket of its own, and places for the functions.
 */
final class Stage implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int PRODUCERS = 2;
    private static final int CONSUMERS = 3;

    final History history = new History();
    final LineLog log = new LineLog();

    /** While this is set, faults strike. */
    final AtomicBoolean faults = new AtomicBoolean();

    final Scope scope;
    final Servers servers;
    final CloudMapServer cloudMap;
    final ServiceDiscoveryClient api;
    final Witness witness;
    final Targets targets;
    final Events events;
    final Functions functions;
    final List<Slot> producers = new ArrayList<>();
    final List<Mapping> mappings = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Random random;
    private final SqsClient sqs;
    private final DynamoDbClient dynamoDb;
    private final S3Client s3;

    Stage(Random random, Servers servers, Collection<Pair> spared, Mutation mutation) throws IOException {
        this.random = random;
        this.servers = servers;
        targets = new Targets(spared, fork());
        // Rare steps too: more often than not where they are aimed at.
        boolean storesSnapshots =
                random.nextInt(targets.areAt(Step.STORE) || targets.areAt(Step.READ_STORED) ? 4 : 2) > 0;
        if (!storesSnapshots) {
            targets.leaveOut(Set.of(Step.STORE, Step.READ_STORED));
        }
        String name = "s" + NUMBER.incrementAndGet();
        scope = Scope.of(LoopbackAws.ACCOUNT, LoopbackAws.REGION.id(), name);
        events = new Events(history, fork(), faults);
        cloudMap =
                CloudMapServer.start(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                        .withOperationDelay(Duration.ofMillis(50))
                        .withDataPlaneDelay(Duration.ofMillis(random.nextInt(3) * 300L))
                        .withEvents(event -> events.send(payload(event))));
        var clients = new AwsClients((service, builder) -> servers.customize(service, builder, cloudMap.endpoint()));
        api = clients.build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder());
        sqs = clients.build(SqsClient.class, SqsClient.builder());
        dynamoDb = clients.build(DynamoDbClient.class, DynamoDbClient.builder());
        s3 = clients.build(S3Client.class, S3Client.builder());
        Resources resources = Resources.create(
                "faults-" + name,
                sqs,
                clients.build(DynamoDbClient.class, DynamoDbClient.builder()),
                clients.build(S3Client.class, S3Client.builder()));
        witness = new Witness(servers, scope, resources, sqs, dynamoDb);
        functions = new Functions(
                servers,
                cloudMap.endpoint(),
                resources,
                name,
                storesSnapshots,
                new SnapshotReader(s3, resources.bucket()),
                history,
                log,
                mutation);
        for (int i = 1; i <= PRODUCERS; i++) {
            producers.add(slot(Step.Function.PRODUCER, "producer-" + i, functions::producer));
        }
        for (int i = 1; i <= CONSUMERS; i++) {
            Slot slot = slot(Step.Function.CONSUMER, "consumer-" + i, functions::consumer);
            mappings.add(new Mapping(sqs, resources.queueUrl(), slot, witness, history, fork(), faults));
        }
    }

    /** Returns a source of chance of its own, so that what one draws does not depend on what another has drawn. */
    Random fork() {
        return new Random(random.nextLong());
    }

    private Slot slot(Step.Function function, String name, Slot.Maker maker) {
        var slot = new Slot(function, name, fork(), targets, maker, history, faults);
        slots.add(slot);
        return slot;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // A JSON null is a Java null in Lambda too.
    private static Map<String, Object> payload(String json) {
        return (Map<String, Object>) (Map<String, ?>) Json.parseObject(json);
    }

    /** Ends every environment; nobody waits for what still runs. */
    void endFunctions() {
        slots.forEach(Slot::close);
    }

    @Override
    public void close() {
        functions.close();
        cloudMap.close();
        api.close();
        sqs.close();
        dynamoDb.close();
        s3.close();
    }
}
