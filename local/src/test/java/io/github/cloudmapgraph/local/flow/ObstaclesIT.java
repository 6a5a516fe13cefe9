package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.lease.LeaseLock;
import io.github.cloudmapgraph.lease.LeaseLock.Acquisition;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.Faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;

/** Bursts, locks, outages and rubbish: nothing is lost, and the graph is right in the end. */
class ObstaclesIT {
    private static final Path EVENTS = Path.of("..", "events");
    private static final int BURST = 1_000;

    @BeforeEach
    void clear() {
        TestServers.clearGraph();
    }

    @Test
    void burst_isReadTwiceAtMost_andEveryRequestIsTold() throws Exception {
        try (var flow = new Flow(FlowOptions.standard().withoutEvents());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            flow.loadExample();
            var gate = new Gate("ListServices");
            flow.setFaults(gate);
            var reading = CompletableFuture.supplyAsync(() -> flow.deployment.read(Map.of()), threads);
            gate.reached();

            Map<String, Object> manual = flow.deployment.read(Map.of());
            assertThat(manual).containsEntry("outcome", "covered by another read");
            assertThat(manual.get("coveredBy")).asString().contains("version");

            Map<String, Object> event = Flow.payload(Files.readString(EVENTS.resolve("change-tag-resource.json")));
            for (int i = 0; i < BURST; i++) {
                flow.deployment.send(event);
            }
            // Not in what is being read: the namespaces were listed before.
            flow.settle(
                    flow.cloudMap
                            .createHttpNamespace(create -> create.name("made-meanwhile"))
                            .operationId(),
                    "NAMESPACE");
            flow.await(
                    "answers to all of the burst",
                    () -> occurrences(flow.log(), "\"message\":\"covered by another read\"") >= BURST + 1);
            gate.open();
            Map<String, Object> answer = reading.get();

            assertThat(answer).containsEntry("reads", 2);
            assertThat(flow.server.requests().of("ListNamespaces")).isEqualTo(2);
            flow.awaitVersion(((Number) answer.getOrDefault("version", 0L)).longValue());
            flow.awaitEqual("the burst");
        }
    }

    /** Holds the calls of one operation until it is opened. */
    private record Gate(String operation, CountDownLatch reachedLatch, CountDownLatch openLatch) implements Faults {
        Gate(String operation) {
            this(operation, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public Fault decide(String called, String request) {
            if (called.equals(operation)) {
                reachedLatch.countDown();
                await(openLatch);
            }
            return new Fault.LetThrough();
        }

        void reached() {
            await(reachedLatch);
        }

        void open() {
            openLatch.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int occurrences(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void snapshot_waitsForTheLease_whenItsHolderDied() throws IOException {
        try (var flow = new Flow(FlowOptions.standard().withoutEvents())) {
            flow.loadExample();
            var dead = new LeaseLock(
                    TestServers.DYNAMO_DB,
                    flow.deployment.resources().lockTable(),
                    Clock.systemUTC(),
                    () -> UUID.randomUUID().toString());
            assertThat(dead.tryAcquire("update#" + flow.scope, Duration.ofSeconds(4)))
                    .isInstanceOf(Acquisition.Acquired.class);

            flow.deployment.read(Map.of());
            flow.await("a refusal", () -> flow.log().contains("somebody else updates this scope"));
            assertThat(flow.version()).isZero();
            assertThat(flow.waiting()).isEqualTo(1);

            flow.await("the lease's end", () -> flow.version() > 0);
            flow.awaitEqual("the lease's end");
            flow.await("an empty queue", () -> flow.waiting() == 0);
            assertThat(flow.deadLetterCount()).isZero();
        }
    }

    @Test
    void snapshot_staysInTheQueue_whenNeo4jCannotBeReached() throws IOException {
        try (var way = new CuttableTcp(TestServers.neo4j());
                var flow = new Flow(FlowOptions.standard().withoutEvents().withNeo4j(way.bolt()))) {
            flow.loadExample();
            flow.readAndAwait();
            way.cut();
            flow.cloudMap.createHttpNamespace(create -> create.name("made-in-the-dark"));
            flow.await(
                    "the namespace",
                    () -> flow.cloudMap.listNamespaces().namespaces().size() == 3);
            Map<String, Object> answer = flow.deployment.read(Map.of());
            flow.await("an attempt in vain", () -> flow.log().contains("Neo4j cannot be reached"));
            assertThat(flow.waiting()).isEqualTo(1);
            way.mend();

            flow.awaitVersion(((Number) answer.getOrDefault("version", 0L)).longValue());
            flow.awaitEqual("the outage");
            assertThat(flow.deadLetterCount()).isZero();
        }
    }

    @Test
    void message_goesToTheDeadLetterQueueWithItsReason_whenItCannotBeApplied() throws IOException {
        try (var flow = new Flow(FlowOptions.standard().withoutEvents())) {
            String bucket = flow.deployment.resources().bucket();
            String good = body("sqs-batch-one-snapshot.json");
            String stored = body("sqs-batch-stored-snapshot.json");
            TestServers.S3.putObject(
                    put -> put.bucket(bucket).key("snapshots/not-compressed.json.gz"),
                    RequestBody.fromString("this is no gzip"));
            Map<String, String> reasons = new HashMap<>();
            for (var each : Map.ofEntries(
                            Map.entry("not JSON", "Hello"),
                            Map.entry("cut off", good.substring(0, good.length() / 2)),
                            Map.entry("no object", "[1, 2]"),
                            Map.entry("empty object", "{}"),
                            Map.entry("another format", good.replace("\"format\":1", "\"format\":2")),
                            Map.entry("no scope", good.replace("\"scope\"", "\"scoop\"")),
                            Map.entry("wrong scope", good.replace("123456789012:us-east-1", "somewhere")),
                            Map.entry("no version", good.replaceFirst("\"version\":\\d+,", "")),
                            Map.entry("version 0", good.replaceFirst("\"version\":\\d+", "\"version\":0")),
                            Map.entry("wrong type", good.replaceFirst("\"version\":\\d+", "\"version\":\"new\"")),
                            Map.entry("wrong time", good.replace("2026-11-20T12:00:10Z", "yesterday")),
                            Map.entry("edited content", good.replace("ServiceMail", "ServiceNail")),
                            Map.entry("no content", good.replaceFirst("\"content\":", "\"contents\":")),
                            Map.entry(
                                    "another bucket",
                                    stored.replace("cloud-map-graph-snapshots", "somebody-elses-bucket")),
                            Map.entry("no stored object", stored.replace("cloud-map-graph-snapshots", bucket)),
                            Map.entry(
                                    "a broken stored object",
                                    stored.replace("cloud-map-graph-snapshots", bucket)
                                            .replaceFirst(
                                                    "\"key\":\"[^\"]*\"",
                                                    "\"key\":\"snapshots/not-compressed.json.gz\"")))
                    .entrySet()) {
                reasons.put(flow.sendMessage(each.getValue()), each.getKey());
            }

            flow.await("all dead letters", () -> flow.deadLetterCount() == reasons.size());
            List<Message> letters = flow.deadLetters();
            Set<String> originals = new HashSet<>();
            for (Message letter : letters) {
                assertThat(attribute(letter, "reason")).as(letter.body()).hasSizeGreaterThan(10);
                originals.add(attribute(letter, "original_message_id"));
            }
            assertThat(originals).isEqualTo(reasons.keySet());
            flow.await("an empty queue", () -> flow.waiting() == 0);
            assertThat(TestServers.count("MATCH (n:Namespace|Service|Instance) RETURN count(n)"))
                    .isZero();

            flow.loadExample();
            flow.readAndAwait();
            flow.awaitEqual("the rubbish");
        }
    }

    private static String attribute(Message message, String name) {
        var value = message.messageAttributes().get(name);
        return value == null ? "" : value.stringValue();
    }

    private static String body(String file) throws IOException {
        var records =
                (List<?>) Flow.payload(Files.readString(EVENTS.resolve(file))).getOrDefault("Records", List.of());
        return String.valueOf(((Map<?, ?>) records.getFirst()).get("body"));
    }
}
