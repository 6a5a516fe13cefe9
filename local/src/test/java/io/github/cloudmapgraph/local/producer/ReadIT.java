package io.github.cloudmapgraph.local.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;

/** What the producer makes of a registry, through the SDK and the wire protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadIT {
    private static final String OTHER_ACCOUNT = "111122223333";
    private static final Faults.Fault LET_THROUGH = new Faults.Fault.LetThrough();
    private static final Faults.Fault DENIED =
            new Faults.Fault.Answer(400, "AccessDeniedException", "not authorized to perform this");
    private static final Faults.Fault UNKNOWN =
            new Faults.Fault.Answer(400, "UnknownOperationException", "no such operation");

    private Stage stage;

    @BeforeAll
    void setStage() throws IOException {
        stage = new Stage();
    }

    @AfterAll
    void closeStage() {
        stage.close();
    }

    @Test
    void read_holdsEverythingThatCloudMapKnows() throws IOException {
        try (var cloudMap = start(UnaryOperator.identity(), Registries.SMALL)) {
            Snapshot snapshot = stage.producer(cloudMap).read();

            Namespace shop = namespace(snapshot, "shop");
            assertThat(shop)
                    .returns("HTTP", Namespace::type)
                    .returns("The shop", Namespace::description)
                    .returns("shop", Namespace::httpName)
                    .returns(LoopbackAws.ACCOUNT, Namespace::owner);
            assertThat(namespace(snapshot, "internal"))
                    .returns("DNS_PRIVATE", Namespace::type)
                    .satisfies(namespace -> assertThat(namespace.hostedZoneId()).startsWith("Z"));
            Service cart = service(snapshot, "cart");
            assertThat(cart)
                    .returns("HTTP", Service::type)
                    .returns("Keeps what a customer chose", Service::description)
                    .returns(new HealthCheck.Custom(), Service::healthCheck)
                    .returns(Map.of("NEO4J_RELATIONSHIP_TO_SERVICE", "db"), Service::tags)
                    .returns(Map.of("team", "checkout"), Service::attributes);
            assertThat(cart.instances())
                    .containsExactly(
                            new Instance("cart-1", Health.HEALTHY, Map.of("stage", "dev", "version", "1.0.0")),
                            new Instance("cart-2", Health.UNHEALTHY, Map.of("stage", "dev")));
            Service db = service(snapshot, "db");
            assertThat(db).returns("DNS_HTTP", Service::type).returns(new HealthCheck.None(), Service::healthCheck);
            assertThat(db.dns())
                    .hasValueSatisfying(dns -> assertThat(dns.records())
                            .singleElement()
                            .satisfies(record -> assertThat(record.ttlSeconds()).isEqualTo(60)));
            assertThat(db.instances())
                    .containsExactly(new Instance("db-1", Health.NO_CHECK, Map.of("AWS_INSTANCE_IPV4", "10.0.0.9")));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "100, false", "1, true", "2, true", "3, true"})
    void read_isTheSameWhateverThePages(int pageSize, boolean sparse) throws IOException {
        String registry = Registries.generated(5, 7, 5);
        try (var cloudMap = start(options -> options, registry);
                var paged = start(options -> options.withMaxPageSize(pageSize).withSparsePages(sparse), registry)) {
            Registry whole = stage.producer(cloudMap).read().registry();
            Snapshot fromPages = stage.producer(paged).read();

            assertThat(whole.counts()).isEqualTo(new Counts(5, 35, 175));
            assertThat(fromPages.registry()).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void read_isTheSameThroughTheControlPlane(int pageSize) throws IOException {
        String registry = Registries.generated(2, 4, 7);
        Faults noDataPlane = (operation, _) -> operation.equals("DiscoverInstances") ? UNKNOWN : LET_THROUGH;
        try (var cloudMap = start(options -> options, registry);
                var paged = start(options -> options.withMaxPageSize(pageSize).withFaults(noDataPlane), registry)) {
            Registry whole = stage.producer(cloudMap).read().registry();
            Snapshot fromPages = stage.producer(paged).read();

            assertThat(whole.counts()).isEqualTo(new Counts(2, 8, 56));
            assertThat(fromPages.registry()).isEqualTo(whole);
            assertThat(paged.requests().of("ListInstances")).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void read_takesNoMoreCallsThanThreePerServiceAndTheLists() throws IOException {
        try (var cloudMap = start(options -> options, Registries.generated(3, 4, 2))) {
            Map<String, Object> answer = stage.producer(cloudMap).invoke(Map.of());

            assertThat(answer.get("apiCalls"))
                    .isEqualTo(Map.of(
                            "ListNamespaces", 1L,
                            "ListServices", 3L,
                            "DiscoverInstances", 12L,
                            "ListTagsForResource", 12L,
                            "GetServiceAttributes", 12L))
                    .isEqualTo(cloudMap.requests().byOperation());
        }
    }

    @Test
    void read_staysBelowItsBoundOfCallsAtOnce() throws IOException {
        var latency = Duration.ofMillis(10);
        try (var cloudMap = start(options -> options.withLatency(latency, latency), Registries.generated(2, 40, 1))) {
            stage.producer(cloudMap, Map.of("READ_CONCURRENCY", "4")).read();

            // One more walks the lists.
            assertThat(cloudMap.requests().mostAtOnce()).isBetween(2, 5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ListNamespaces",
                "ListServices",
                "DiscoverInstances",
                "ListTagsForResource",
                "GetServiceAttributes"
            })
    void read_whenACallIsDenied_sendsNothingAndNamesThePermission(String denied) throws IOException {
        var calls = new AtomicInteger();
        var denying = new AtomicInteger(1);
        boolean isList = denied.startsWith("List") && !denied.equals("ListTagsForResource");
        Faults late = (operation, _) ->
                operation.equals(denied) && calls.incrementAndGet() > (isList ? 0 : 10) && denying.get() == 1
                        ? DENIED
                        : LET_THROUGH;
        try (var cloudMap = start(options -> options.withFaults(late), Registries.generated(3, 7, 2))) {
            TestProducer producer = stage.producer(cloudMap);

            assertThatThrownBy(() -> producer.invoke(Map.of()))
                    .hasMessageStartingWith(denied + " was denied")
                    .hasMessageContaining("servicediscovery:" + denied);
            assertThat(producer.snapshots()).isEmpty();

            denying.set(0);
            assertThat(producer.read().registry().counts()).isEqualTo(new Counts(3, 21, 42));
        }
    }

    @Test
    void read_whenTheAnswerGetsLost_asksAgain() throws IOException {
        var lost = new AtomicInteger();
        Faults losing = (operation, _) -> operation.equals("DiscoverInstances") && lost.getAndIncrement() < 3
                ? new Faults.Fault.LoseAnswer()
                : LET_THROUGH;
        try (var cloudMap = start(options -> options.withFaults(losing), Registries.generated(1, 5, 1))) {
            assertThat(stage.producer(cloudMap).read().registry().counts()).isEqualTo(new Counts(1, 5, 5));
        }
    }

    @Test
    void read_whenThrottled_slowsDownAndIsComplete() throws IOException {
        try (var cloudMap = start(options -> options.withThrottling(true), Registries.generated(13, 3, 1))) {
            TestProducer producer = stage.producer(cloudMap);
            Map<String, Object> answer = producer.invoke(Map.of());

            assertThat(producer.snapshots().getLast().registry().counts()).isEqualTo(new Counts(13, 39, 39));
            // More than one each: some were refused, and tried again.
            assertThat(cloudMap.requests().of("ListServices")).isGreaterThan(13);
            assertThat(answer.get("apiCalls")).isEqualTo(cloudMap.requests().byOperation());
        }
    }

    @Test
    void read_withinTheKnownRates_isNeverThrottled() throws IOException {
        try (var cloudMap = start(options -> options.withThrottling(true), Registries.generated(12, 10, 1))) {
            TestProducer producer = stage.producer(cloudMap, Map.of("REQUEST_RATE_PERCENT", "80"));
            producer.invoke(Map.of());

            assertThat(producer.snapshots().getLast().registry().counts()).isEqualTo(new Counts(12, 120, 120));
            assertThat(cloudMap.requests().byOperation())
                    .isEqualTo(Map.of(
                            "ListNamespaces", 1L,
                            "ListServices", 12L,
                            "DiscoverInstances", 120L,
                            "ListTagsForResource", 120L,
                            "GetServiceAttributes", 120L));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DiscoverInstances, ServiceNotFound, 1",
        "ListTagsForResource, ResourceNotFoundException, 0",
        "GetServiceAttributes, ServiceNotFound, 0"
    })
    void read_whenAServiceVanishes_goesOnWithoutIt(String operation, String error, int stillThere) throws IOException {
        var once = new AtomicInteger();
        Faults vanishing = (called, _) -> called.equals(operation) && once.getAndIncrement() == 0
                ? new Faults.Fault.Answer(400, error, "it is gone")
                : LET_THROUGH;
        try (var cloudMap = start(options -> options.withFaults(vanishing), Registries.generated(1, 6, 1))) {
            // What the data plane does not know is asked of the control plane, which knows it here.
            assertThat(stage.producer(cloudMap).read().registry().counts())
                    .isEqualTo(new Counts(1, 5 + stillThere, 5 + stillThere));
        }
    }

    @Test
    void read_whenAnInstanceVanishes_readsItsServiceAgain() throws IOException {
        var once = new AtomicInteger();
        Faults vanishing = (called, _) -> switch (called) {
            case "DiscoverInstances" -> UNKNOWN;
            case "GetInstancesHealthStatus" ->
                once.getAndIncrement() == 0
                        ? new Faults.Fault.Answer(400, "InstanceNotFound", "it is gone")
                        : LET_THROUGH;
            default -> LET_THROUGH;
        };
        try (var cloudMap = start(options -> options.withFaults(vanishing), Registries.SMALL)) {
            assertThat(service(stage.producer(cloudMap).read(), "cart").instances())
                    .extracting(Instance::health)
                    .containsExactly(Health.HEALTHY, Health.UNHEALTHY);
        }
    }

    @Test
    void read_whenANamespaceVanishes_goesOnWithoutIt() throws IOException {
        var once = new AtomicInteger();
        Faults vanishing = (called, _) -> called.equals("ListServices") && once.getAndIncrement() == 0
                ? new Faults.Fault.Answer(400, "NamespaceNotFound", "it is gone")
                : LET_THROUGH;
        try (var cloudMap = start(options -> options.withFaults(vanishing), Registries.generated(3, 2, 1))) {
            assertThat(stage.producer(cloudMap).read().registry().counts()).isEqualTo(new Counts(2, 4, 4));
        }
    }

    @Test
    void read_holdsSharedNamespaces() throws IOException {
        try (var cloudMap = start(options -> options, Registries.SHARED)) {
            Snapshot snapshot = stage.producer(cloudMap).read();

            assertThat(namespace(snapshot, "theirs").owner()).isEqualTo(OTHER_ACCOUNT);
            assertThat(service(snapshot, "billing").instances()).hasSize(2);
            assertThat(snapshot.registry().denied()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListServices", "DiscoverInstances", "ListTagsForResource", "GetServiceAttributes"})
    void read_whenASharedNamespaceIsDenied_leavesItOutAsAWhole(String denied) throws IOException {
        Faults theirsDenied = (operation, request) ->
                operation.equals(denied) && request.contains(OTHER_ACCOUNT) ? DENIED : LET_THROUGH;
        try (var cloudMap = start(options -> options.withFaults(theirsDenied), Registries.SHARED)) {
            TestProducer producer = stage.producer(cloudMap);
            Map<String, Object> answer = producer.invoke(Map.of());

            Snapshot snapshot = producer.snapshots().getLast();
            assertThat(snapshot.registry().namespaces())
                    .extracting(Namespace::name)
                    .containsExactly("ours");
            assertThat(snapshot.registry().denied())
                    .singleElement()
                    .returns("theirs", DeniedNamespace::name)
                    .satisfies(namespace -> assertThat(namespace.reason()).startsWith(denied));
            assertThat(answer.get("deniedNamespaces")).asString().contains(OTHER_ACCOUNT);
            assertThat(answer.get("warnings")).asString().contains("was not read", OTHER_ACCOUNT);
        }
    }

    @Test
    void read_whenTheEndpointDoesNotImplementAnOperation_leavesItOutWithAWarning() throws IOException {
        List<String> unknown =
                List.of("DiscoverInstances", "ListTagsForResource", "GetServiceAttributes", "GetInstancesHealthStatus");
        Faults lacking = (operation, _) -> unknown.contains(operation) ? UNKNOWN : LET_THROUGH;
        try (var cloudMap = start(options -> options.withFaults(lacking), Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap);
            Map<String, Object> answer = producer.invoke(Map.of());

            assertThat((List<?>) Objects.requireNonNull(answer.get("warnings")))
                    .hasSize(4)
                    .allSatisfy(warning -> assertThat(warning).asString().contains("does not implement it"));
            Service cart = service(producer.snapshots().getLast(), "cart");
            assertThat(cart.tags()).isEmpty();
            assertThat(cart.instances()).extracting(Instance::health).containsOnly(Health.UNKNOWN);
        }
    }

    @Test
    void read_takesOnlyTheNamespacesThatAreWanted() throws IOException {
        try (var cloudMap = start(options -> options, Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap, Map.of("NAMESPACES", "shop, nowhere"));
            Map<String, Object> answer = producer.invoke(Map.of());

            assertThat(producer.snapshots().getLast().registry().namespaces())
                    .extracting(Namespace::name)
                    .containsExactly("shop");
            assertThat(answer.get("warnings")).asString().contains("'nowhere'");
        }
    }

    @Test
    void read_whenTheDataPlaneIsBehind_showsTheChangeThatCausedIt() throws IOException {
        List<String> events = new CopyOnWriteArrayList<>();
        try (var cloudMap = start(
                        options ->
                                options.withDataPlaneDelay(Duration.ofHours(1)).withEvents(events::add),
                        Registries.SMALL);
                var client = Stage.client(cloudMap)) {
            TestProducer producer = stage.producer(cloudMap);
            String cart = service(producer.read(), "cart").id();

            client.registerInstance(
                    register -> register.serviceId(cart).instanceId("cart-3").attributes(Map.of("stage", "dev")));
            producer.invoke(events.removeLast());
            assertThat(instances(producer)).extracting(Instance::id).containsExactly("cart-1", "cart-2", "cart-3");

            client.registerInstance(
                    register -> register.serviceId(cart).instanceId("cart-3").attributes(Map.of("stage", "prod")));
            producer.invoke(events.removeLast());
            assertThat(instance(producer, "cart-3").attributes()).containsEntry("stage", "prod");

            client.updateInstanceCustomHealthStatus(
                    update -> update.serviceId(cart).instanceId("cart-1").status(CustomHealthStatus.UNHEALTHY));
            producer.invoke(events.removeLast());
            assertThat(instance(producer, "cart-1").health()).isEqualTo(Health.UNHEALTHY);

            client.deregisterInstance(deregister -> deregister.serviceId(cart).instanceId("cart-2"));
            producer.invoke(events.removeLast());
            assertThat(instances(producer)).extracting(Instance::id).containsExactly("cart-1", "cart-3");
        }
    }

    @Test
    void read_whenTheDataPlaneIsBehind_showsThatEcsReplacedATask() throws IOException {
        try (var cloudMap = start(options -> options.withDataPlaneDelay(Duration.ofHours(1)), Registries.SMALL);
                var client = Stage.client(cloudMap)) {
            TestProducer producer = stage.producer(cloudMap);
            String cart = service(producer.read(), "cart").id();
            await(
                    client,
                    client.deregisterInstance(
                                    deregister -> deregister.serviceId(cart).instanceId("cart-2"))
                            .operationId());
            await(
                    client,
                    client.registerInstance(register -> register.serviceId(cart)
                                    .instanceId("cart-3")
                                    .attributes(Map.of("stage", "dev")))
                            .operationId());

            producer.invoke(Map.of(
                    "source", "aws.ecs", "detail-type", "ECS Task State Change", "time", "2026-11-20T14:20:05Z"));

            assertThat(instances(producer)).extracting(Instance::id).containsExactly("cart-1", "cart-3");
        }
    }

    @Test
    void read_isCapturedWhenItBegins() throws IOException {
        List<Instant> calls = new CopyOnWriteArrayList<>();
        Faults noting = (_, _) -> {
            calls.add(InstantSource.system().instant());
            return LET_THROUGH;
        };
        try (var cloudMap = start(options -> options.withFaults(noting), Registries.SMALL)) {
            Instant before = InstantSource.system().instant();

            assertThat(stage.producer(cloudMap).read().header().capturedAt()).isBetween(before, calls.getFirst());
        }
    }

    @Test
    void read_whenTheDataPlaneIsBehind_isToldByTheCountAtTheScheduleToo() throws IOException {
        try (var cloudMap = start(options -> options.withDataPlaneDelay(Duration.ofHours(1)), Registries.SMALL);
                var client = Stage.client(cloudMap)) {
            TestProducer producer = stage.producer(cloudMap);
            Service cart = service(producer.read(), "cart");
            String operation = client.registerInstance(register ->
                            register.serviceId(cart.id()).instanceId("cart-3").attributes(Map.of("stage", "dev")))
                    .operationId();
            await(client, operation);

            assertThat(service(producer.read(), "cart").instances()).hasSize(3);
        }
    }

    @Test
    void read_waitsForTheOperationThatTheEventTellsOf() throws IOException {
        List<String> events = new CopyOnWriteArrayList<>();
        try (var cloudMap = start(
                        options -> options.withOperationDelay(Duration.ofSeconds(1))
                                .withEvents(events::add),
                        Registries.SMALL);
                var client = Stage.client(cloudMap)) {
            TestProducer waiting = stage.producer(cloudMap);
            TestProducer notWaiting = stage.producer(cloudMap, Map.of("PENDING_OPERATION_SECONDS", "0"));
            client.createHttpNamespace(create -> create.name("new"));
            String event = events.getFirst();

            notWaiting.invoke(event);
            waiting.invoke(event);

            assertThat(notWaiting.snapshots().getLast().registry().counts().namespaces())
                    .isEqualTo(2);
            assertThat(waiting.snapshots().getLast().registry().counts().namespaces())
                    .isEqualTo(3);
            assertThat(waiting.snapshots().getLast().header().changedAt()).isPresent();
        }
    }

    @Test
    void read_thatDoesNotFitIntoAMessage_isStored() throws IOException {
        try (var cloudMap = start(options -> options, Registries.generated(2, 10, 3))) {
            TestProducer producer =
                    stage.producer(cloudMap, Map.of("MAX_MESSAGE_BYTES", "1024", "SNAPSHOT_BUCKET", Stage.BUCKET));
            Map<String, Object> answer = producer.invoke(Map.of());

            assertThat(answer).containsKey("storedAt");
            assertThat(producer.snapshots().getLast().registry().counts()).isEqualTo(new Counts(2, 20, 60));
        }
    }

    @Test
    void read_thatCannotBeSent_failsAndLeavesTheWayFree() throws IOException {
        try (var cloudMap = start(options -> options, Registries.generated(2, 10, 3))) {
            TestProducer producer = stage.producer(cloudMap, Map.of("MAX_MESSAGE_BYTES", "1024"));

            assertThatThrownBy(() -> producer.invoke(Map.of())).hasMessageContaining("SNAPSHOT_BUCKET");
            assertThatThrownBy(() -> producer.invoke(Map.of())).hasMessageContaining("SNAPSHOT_BUCKET");
            assertThat(producer.snapshots()).isEmpty();
        }
    }

    private static void await(ServiceDiscoveryClient client, String operation) {
        while (client.getOperation(get -> get.operationId(operation))
                        .operation()
                        .status()
                != OperationStatus.SUCCESS) {
            Thread.onSpinWait();
        }
    }

    private static List<Instance> instances(TestProducer producer) {
        return service(producer.snapshots().getLast(), "cart").instances();
    }

    private static Instance instance(TestProducer producer, String id) {
        return instances(producer).stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static CloudMapServer start(UnaryOperator<CloudMapOptions> configure, String registry) throws IOException {
        var server = CloudMapServer.start(
                configure.apply(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())));
        server.load(RegistryFile.parse("test", registry));
        server.requests().reset();
        return server;
    }

    private static Namespace namespace(Snapshot snapshot, String name) {
        return snapshot.registry().namespaces().stream()
                .filter(namespace -> namespace.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Service service(Snapshot snapshot, String name) {
        return snapshot.registry().namespaces().stream()
                .flatMap(namespace -> namespace.services().stream())
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
