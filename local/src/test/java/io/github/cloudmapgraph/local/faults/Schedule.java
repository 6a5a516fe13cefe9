package io.github.cloudmapgraph.local.faults;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.deployment.Resources;
import io.github.cloudmapgraph.local.flow.Contents;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.snapshot.Scope;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** One seeded story: functions at work, faults, recovery. */
final class Schedule implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int PRODUCERS = 2;
    private static final int CONSUMERS = 3;

    /** What came of it. */
    record Story(History history, List<String> log) {}

    private final History history = new History();
    private final LineLog log = new LineLog();
    private final Random random;
    private final Scope scope;
    private final Servers servers;
    private final CloudMapServer cloudMap;
    private final ServiceDiscoveryClient api;
    private final SqsClient sqs;
    private final DynamoDbClient dynamoDb;
    private final S3Client s3;
    private final Functions functions;
    private final Witness witness;
    private final Events events;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<Slot> producers = new ArrayList<>();

    /** What a thread of this schedule itself failed of; nobody's promise is broken by it. */
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** While this is set, faults strike. */
    private final AtomicBoolean faults = new AtomicBoolean();

    private final AtomicBoolean functionsEnded = new AtomicBoolean();
    private final AtomicBoolean trialEnded = new AtomicBoolean();
    private final AtomicBoolean readersEnded = new AtomicBoolean();

    private Schedule(long seed, Servers servers, Mutation mutation) throws IOException {
        this.servers = servers;
        random = new Random(seed);
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
                random.nextBoolean(),
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

    /** Plays one schedule to its end. */
    static Story play(long seed, Servers servers) throws IOException {
        return play(seed, servers, Mutation.NONE, _ -> false);
    }

    /**
     * Plays one schedule of a consumer that may leave something out.
     *
     * @param enough says of the history whether the rest is not worth the time
     */
    static Story play(long seed, Servers servers, Mutation mutation, Predicate<History> enough) throws IOException {
        try (var schedule = new Schedule(seed, servers, mutation);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            schedule.play(threads, enough);
            if (schedule.failure.get() != null) {
                throw new IllegalStateException("the fault test itself failed", schedule.failure.get());
            }
            return new Story(schedule.history, schedule.log.lines());
        }
    }

    private Random fork() {
        return new Random(random.nextLong());
    }

    private Slot slot(Step.Function function, String name, Slot.Maker maker) {
        var slot = new Slot(function, name, fork(), maker, history, faults);
        slots.add(slot);
        return slot;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // A JSON null is a Java null in Lambda too.
    private static Map<String, Object> payload(String json) {
        return (Map<String, Object>) (Map<String, ?>) Json.parseObject(json);
    }

    private void play(ExecutorService threads, Predicate<History> enough) throws IOException {
        servers.query("MATCH (n) DETACH DELETE n", Map.of());
        cloudMap.load(RegistryFile.parse("the first registry", Editor.FIRST));
        try {
            producers.forEach(slot -> start(threads, () -> events.run(slot, functionsEnded)));
            mappings.forEach(mapping -> start(threads, () -> mapping.run(functionsEnded)));
            events.send(Map.of());
            await("the first snapshot", () -> witness.graph().equals(Contents.ofRegistry(api)));
            var people = new People(scope);
            people.add(servers::query);
            history.add(new Event.PeopleAdded(people.read(servers::query)));
            letFaultsStrike(threads, enough);
            if (!enough.test(history)) {
                recover();
                drain();
            }
        } finally {
            faults.set(false);
            trialEnded.set(true);
            functionsEnded.set(true);
            readersEnded.set(true);
        }
    }

    private void start(ExecutorService threads, Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void letFaultsStrike(ExecutorService threads, Predicate<History> enough) {
        var readers = new Readers(servers.observer, scope, history);
        start(threads, () -> readers.readWithLock(readersEnded));
        start(threads, () -> readers.readFreely(readersEnded));
        start(threads, () -> readers.readFreely(readersEnded));
        var editor = new Editor(api, fork());
        var misfortune = new Misfortune(servers, witness, functions::cutWaysToNeo4j, history, fork());
        var misfortuneIsOver = new AtomicBoolean();
        faults.set(true);
        start(threads, () -> editor.run(trialEnded));
        start(threads, () -> {
            try {
                misfortune.run(trialEnded);
            } finally {
                misfortuneIsOver.set(true);
            }
        });
        long end = System.nanoTime() + Timings.FAULTS.toNanos();
        while (System.nanoTime() < end && !enough.test(history)) {
            pause(Timings.BACKSTOP);
            events.send(order());
        }
        faults.set(false);
        trialEnded.set(true);
        await("the last misfortune", misfortuneIsOver::get);
    }

    /** The schedule's empty order, and now and then a person's. */
    private Map<String, Object> order() {
        return switch (random.nextInt(6)) {
            case 0 -> Map.of("fullSync", true);
            case 1 -> Map.of("allowMassDeletion", true);
            default -> Map.of();
        };
    }

    private void recover() {
        // The last change takes effect, and the data plane shows it.
        pause(Duration.ofMillis(700));
        long stopped = System.nanoTime();
        Contents registry = Contents.ofRegistry(api);
        long backstop = stopped;
        Contents graph = witness.graph();
        while (!graph.equals(registry) && System.nanoTime() - stopped < Timings.RECOVERY.toNanos()) {
            if (System.nanoTime() >= backstop) {
                events.send(Map.of());
                backstop = System.nanoTime() + Timings.BACKSTOP.toNanos();
            }
            pause(Duration.ofMillis(50));
            graph = witness.graph();
        }
        history.add(new Event.Recovered(System.nanoTime() - stopped, registry.without(graph), graph.without(registry)));
    }

    private void drain() {
        long end = System.nanoTime() + Timings.RECOVERY.toNanos();
        while (System.nanoTime() < end
                && (witness.messages() > 0 || !witness.locksHeld().isEmpty())) {
            // What is being worked on is seen by another, too: one more duplicate.
            witness.skipWaits();
            pause(Duration.ofMillis(300));
        }
        witness.readDeadLetters(history);
        new Readers(servers.observer, scope, history).lockedRead();
        Contents registry = Contents.ofRegistry(api);
        Contents graph = witness.graph();
        history.add(new Event.Ended(
                witness.messages(), witness.locksHeld(), registry.without(graph), graph.without(registry)));
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Timings.RECOVERY.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "in vain waited for " + what + "; the log: " + String.join("\n", log.lines()));
            }
            pause(Duration.ofMillis(50));
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        slots.forEach(Slot::close);
        functions.close();
        cloudMap.close();
        api.close();
        sqs.close();
        dynamoDb.close();
        s3.close();
    }
}
