package io.github.cloudmapgraph.local.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

/** Many requests, few reads, and none of them lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoalescingIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Stage stage;

    @BeforeAll
    void setStage() throws IOException {
        stage = new Stage();
    }

    @AfterAll
    void closeStage() {
        stage.close();
    }

    /** Holds the first reads of the lists until it is let go. */
    private static final class Gate implements Faults {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public Fault decide(String operation, String request) {
            if (operation.equals("ListServices")) {
                reached.countDown();
                await(open);
            }
            return new Fault.LetThrough();
        }

        void awaitReader() {
            await(reached);
        }

        void open() {
            open.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void request_whenAThousandComeDuringARead_causeOneMore() throws Exception {
        var gate = new Gate();
        try (var cloudMap = start(gate);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestProducer producer = stage.producer(cloudMap);
            Future<Map<String, Object>> reader = threads.submit(() -> producer.invoke(Map.of()));
            gate.awaitReader();

            List<Future<Map<String, Object>>> requests = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                requests.add(threads.submit(() -> producer.invoke(taskChange())));
            }
            for (Future<Map<String, Object>> request : requests) {
                assertThat(request.get()).containsEntry("outcome", "covered by another read");
            }
            gate.open();

            assertThat(reader.get()).containsEntry("outcome", "snapshot sent").containsEntry("reads", 2);
            assertThat(cloudMap.requests().of("ListNamespaces")).isEqualTo(2);
            assertThat(producer.snapshots()).hasSize(2);
        }
    }

    @Test
    void request_whenTwoEventsAreCountedBeforeEitherReads_showsWhatBothTellOf() throws Exception {
        var events = new LinkedBlockingQueue<String>();
        var options = options().withDataPlaneDelay(Duration.ofHours(1)).withEvents(events::add);
        try (var cloudMap = CloudMapServer.start(options);
                var client = Stage.client(cloudMap);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cloudMap.load(RegistryFile.parse("test", Registries.SMALL));
            TestProducer producer = stage.producer(cloudMap, new CountedTogether(2));
            List<Future<Map<String, Object>>> answers = new ArrayList<>();
            for (ServiceSummary service : client.listServices().services()) {
                String only = client.listInstances(list -> list.serviceId(service.id()))
                        .instances()
                        .getFirst()
                        .id();
                client.registerInstance(register -> register.serviceId(service.id())
                        .instanceId(only)
                        .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.10", "changed", "yes")));
                String event = events.take();
                answers.add(threads.submit(() -> producer.invoke(event)));
            }

            List<Object> outcomes = new ArrayList<>();
            for (Future<Map<String, Object>> answer : answers) {
                outcomes.add(answer.get().get("outcome"));
            }
            assertThat(outcomes).containsExactlyInAnyOrder("snapshot sent", "covered by another read");
            assertThat(producer.snapshots())
                    .singleElement()
                    .satisfies(snapshot -> assertThat(snapshot.registry().namespaces())
                            .flatMap(Namespace::services)
                            .hasSize(2)
                            .allSatisfy(service -> assertThat(service.instances())
                                    .anySatisfy(instance ->
                                            assertThat(instance.attributes()).containsEntry("changed", "yes"))));
        }
    }

    @Test
    void request_ofAPerson_isToldWhichReadCoversItAndThatReadCarriesItsOrders() throws Exception {
        var gate = new Gate();
        try (var cloudMap = start(gate);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestProducer producer = stage.producer(cloudMap);
            Future<Map<String, Object>> reader = threads.submit(() -> producer.invoke(taskChange()));
            gate.awaitReader();

            Map<String, Object> answer = producer.invoke(Map.of("fullSync", true, "allowMassDeletion", true));
            gate.open();
            reader.get();

            List<Snapshot> snapshots = producer.snapshots();
            long running = (Long) Objects.requireNonNull(answer.get("runningVersion"));
            assertThat(answer)
                    .containsEntry("outcome", "covered by another read")
                    .containsEntry("request", 2L)
                    .hasEntrySatisfying(
                            "coveredBy", text -> assertThat(text).asString().contains("a version after " + running));
            assertThat(snapshots).hasSize(2);
            assertThat(snapshots.getFirst().header())
                    .returns(running, header -> header.version())
                    .returns(Orders.NONE, header -> header.orders());
            assertThat(snapshots.getLast().header().version()).isGreaterThan(running);
            assertThat(snapshots.getLast().header().orders()).isEqualTo(new Orders(true, true));
        }
    }

    @Test
    void request_whenTheReaderDies_isReadByItsRetry() throws Exception {
        var gate = new Gate();
        try (var cloudMap = start(gate);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestProducer producer = stage.producer(cloudMap);
            String reading = UUID.randomUUID().toString();
            var dead = CompletableFuture.supplyAsync(() -> producer.invoke(Map.of(), reading, TIMEOUT), threads);
            gate.awaitReader();
            Map<String, Object> covered = producer.invoke(Map.of("fullSync", true));
            assertThat(covered).containsEntry("outcome", "covered by another read");

            // From here on the first attempt is as good as frozen; Lambda makes the invocation again.
            var retried = threads.submit(() -> producer.invoke(Map.of(), reading, TIMEOUT));
            while (cloudMap.requests().of("ListServices") < 2) {
                Thread.sleep(10);
            }
            gate.open();

            assertThat(retried.get()).containsEntry("outcome", "snapshot sent").containsEntry("fullSync", true);
            // Though it wakes up and sends, it does not take away what the retry holds.
            assertThat(dead.get()).containsKey("version");
            assertThat(producer.snapshots().getLast().header().orders()).isEqualTo(new Orders(true, false));
            assertThat(producer.invoke(Map.of())).containsEntry("reads", 1).containsEntry("fullSync", false);
        }
    }

    @Test
    void request_whoseReadFailed_comesAgainWhileAnotherReads() throws Exception {
        var gate = new Gate();
        var broken = new AtomicBoolean(true);
        Faults faults = (operation, request) -> operation.equals("ListNamespaces") && broken.get()
                ? new Faults.Fault.Answer(400, "AccessDeniedException", "not authorized")
                : gate.decide(operation, request);
        try (var cloudMap = start(faults);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestProducer producer = stage.producer(cloudMap);
            String failing = UUID.randomUUID().toString();
            assertThatThrownBy(() -> producer.invoke(Map.of("fullSync", true), failing, TIMEOUT))
                    .hasMessageContaining("servicediscovery:ListNamespaces");
            broken.set(false);
            Future<Map<String, Object>> other = threads.submit(() -> producer.invoke(taskChange()));
            gate.awaitReader();

            assertThatThrownBy(() -> producer.invoke(Map.of("fullSync", true), failing, TIMEOUT))
                    .hasMessageContaining("once more");
            gate.open();

            // What the failed one was asked for is not lost.
            assertThat(other.get()).containsEntry("outcome", "snapshot sent").containsEntry("fullSync", true);
        }
    }

    @Test
    void request_whenTooLittleTimeIsLeftForAnotherRead_leavesItToTheNext() throws Exception {
        var gate = new Gate();
        try (var cloudMap = start(gate);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestProducer producer = stage.producer(cloudMap);
            Future<Map<String, Object>> reader = threads.submit(
                    () -> producer.invoke(Map.of(), UUID.randomUUID().toString(), Duration.ofSeconds(5)));
            gate.awaitReader();
            producer.invoke(Map.of("fullSync", true));
            Thread.sleep(3_000);
            gate.open();

            assertThat(String.valueOf(reader.get().get("outcome"))).contains("than there was time for");
            assertThat(producer.snapshots()).hasSize(1);
            // The next request of any kind carries what was left to it.
            assertThat(producer.invoke(taskChange()))
                    .containsEntry("outcome", "snapshot sent")
                    .containsEntry("fullSync", true);
            assertThat(producer.snapshots()).hasSize(2);
        }
    }

    /** What one invocation met at a quiet moment must not slow the next one down: environments live for hours. */
    @Test
    void request_isNotSlowedDown_byCallsThatWereThrottledBefore() throws Exception {
        var throttled = new AtomicInteger();
        Faults faults = (operation, _) -> operation.equals("ListInstances") && throttled.getAndIncrement() < 2
                ? new Faults.Fault.Answer(400, "ThrottlingException", "Rate exceeded")
                : new Faults.Fault.LetThrough();
        try (var cloudMap = CloudMapServer.start(options().withFaults(faults))) {
            cloudMap.load(RegistryFile.parse("test", Registries.generated(1, 50, 1)));
            TestProducer producer = stage.producer(cloudMap);

            producer.invoke(taskChange());
            assertThat(throttled.get()).isGreaterThan(2);

            assertThat(producer.invoke(taskChange(), UUID.randomUUID().toString(), Duration.ofSeconds(8)))
                    .containsEntry("outcome", "snapshot sent");
        }
    }

    @Test
    void request_whoseReadIsNotDoneInTime_failsBeforeLambdaEndsIt() throws Exception {
        var slow = Duration.ofMillis(400);
        try (var cloudMap = CloudMapServer.start(options().withLatency(slow, slow))) {
            cloudMap.load(RegistryFile.parse("test", Registries.generated(1, 50, 1)));
            TestProducer producer = stage.producer(cloudMap, Map.of("READ_CONCURRENCY", "1"));

            assertThatThrownBy(() -> producer.invoke(Map.of(), "slow", Duration.ofSeconds(4)))
                    .hasMessageContaining("not done in time");
            assertThat(producer.snapshots()).isEmpty();
        }
    }

    @Test
    void request_whenTheLastVersionIsFarAheadOfTheClock_goesOnFromItWithAWarning() throws IOException {
        try (var cloudMap = start(Faults.NONE)) {
            TestProducer producer = stage.producer(cloudMap);
            long ahead = Clock.systemUTC().millis() + Duration.ofHours(1).toMillis();
            producer.setVersion(ahead);

            Map<String, Object> answer = producer.invoke(Map.of());

            assertThat(answer).containsEntry("version", ahead + 1);
            assertThat(answer.get("warnings")).asString().contains("minutes ahead of the clock");
        }
    }

    private static CloudMapServer start(Faults faults) throws IOException {
        var server = CloudMapServer.start(options().withFaults(faults));
        server.load(RegistryFile.parse("test", Registries.SMALL));
        return server;
    }

    private static CloudMapOptions options() {
        return CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id());
    }

    private static Map<String, Object> taskChange() {
        return Map.of("source", "aws.ecs", "detail-type", "ECS Task State Change", "time", "2026-11-20T14:20:05Z");
    }
}
