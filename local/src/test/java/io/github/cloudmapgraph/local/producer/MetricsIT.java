package io.github.cloudmapgraph.local.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** What the producer measures, on the lines of its log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {
    private static final Faults.Fault LET_THROUGH = new Faults.Fault.LetThrough();
    private static final Faults.Fault DENIED =
            new Faults.Fault.Answer(400, "AccessDeniedException", "not authorized to perform this");

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
    void read_whenItIsSent_measuresTheSnapshotAndWhatItTook() throws IOException {
        try (var cloudMap = start(Faults.NONE, Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap);

            Map<String, Object> answer = producer.invoke(Map.of());

            // Nothing was ever applied: no age.
            assertThat(producer.measured()).singleElement().satisfies(line -> {
                assertThat(line)
                        .containsEntry("message", "snapshot sent")
                        .containsEntry("scope", producer.scope())
                        .containsEntry("Namespaces", 2)
                        .containsEntry("Services", 2)
                        .containsEntry("Instances", 3)
                        .containsEntry("DeniedNamespaces", 0)
                        .containsEntry("ApiCalls", Math.toIntExact(calls(answer)))
                        .containsEntry("ReadDuration", line.get("duration_ms"))
                        .containsEntry("SnapshotBytes", line.get("content_bytes"));
                assertThat(names(line))
                        .containsExactlyInAnyOrder(
                                "ReadDuration Milliseconds",
                                "Namespaces Count",
                                "Services Count",
                                "Instances Count",
                                "DeniedNamespaces Count",
                                "ApiCalls Count",
                                "SnapshotBytes Bytes");
            });
        }
    }

    @Test
    void read_whenASharedNamespaceIsDenied_countsIt() throws IOException {
        Faults theirsDenied = (operation, request) ->
                operation.equals("DiscoverInstances") && request.contains("theirs") ? DENIED : LET_THROUGH;
        try (var cloudMap = start(theirsDenied, Registries.SHARED)) {
            TestProducer producer = stage.producer(cloudMap);

            producer.invoke(Map.of());

            assertThat(producer.measured())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("DeniedNamespaces", 1)
                            .containsEntry("Namespaces", 1));
        }
    }

    @Test
    void read_whenASnapshotWasApplied_tellsTheGraphsAgeFirst() throws IOException {
        try (var cloudMap = start(Faults.NONE, Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap);
            producer.setGraphCapturedAt(Clock.systemUTC().instant().minusSeconds(100));

            producer.invoke(Map.of());

            assertThat(producer.measured())
                    .extracting(line -> line.get("message"))
                    .containsExactly("the graph's age", "snapshot sent");
            assertThat(producer.measured().getFirst())
                    .containsEntry("scope", producer.scope())
                    .hasEntrySatisfying(
                            "GraphAge",
                            age -> assertThat(((Number) Objects.requireNonNull(age)).doubleValue())
                                    .isBetween(100.0, 130.0));
            assertThat(names(producer.measured().getFirst())).containsExactly("GraphAge Seconds");
        }
    }

    @Test
    void read_whenItFails_hasToldTheGraphsAge() throws IOException {
        Faults denied = (operation, _) -> operation.equals("ListNamespaces") ? DENIED : LET_THROUGH;
        try (var cloudMap = start(denied, Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap);
            producer.setGraphCapturedAt(Instant.EPOCH);

            assertThatThrownBy(() -> producer.invoke(Map.of())).hasMessageContaining("servicediscovery:ListNamespaces");

            assertThat(producer.measured())
                    .singleElement()
                    .satisfies(line -> assertThat(line).containsKey("GraphAge"));
        }
    }

    @Test
    void request_whenAnotherReadCoversIt_doesNotTellTheGraphsAge() throws Exception {
        try (var cloudMap = start(Faults.NONE, Registries.SMALL);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestProducer producer = stage.producer(cloudMap, new CountedTogether(3));
            producer.setGraphCapturedAt(Instant.EPOCH);
            List<Future<Map<String, Object>>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                answers.add(threads.submit(() -> producer.invoke(Map.of())));
            }
            for (Future<Map<String, Object>> answer : answers) {
                answer.get();
            }

            assertThat(producer.measured())
                    .extracting(line -> line.get("message"))
                    .containsOnlyOnce("the graph's age");
        }
    }

    @Test
    void read_whenTheLockTableMayNotBeRead_warnsAndGoesOn() throws IOException {
        try (var cloudMap = start(Faults.NONE, Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap, refusing("dynamodb:GetItem is not allowed"));

            Map<String, Object> answer = producer.invoke(Map.of());

            assertThat(answer)
                    .containsEntry("outcome", "snapshot sent")
                    .hasEntrySatisfying(
                            "warnings",
                            warnings -> assertThat(warnings)
                                    .asString()
                                    .contains("the graph's age is not known", "needs dynamodb:GetItem"));
            assertThat(producer.snapshots()).hasSize(1);
        }
    }

    @Test
    void read_whenTheNoteIsNotANumber_warnsAndGoesOn() throws IOException {
        try (var cloudMap = start(Faults.NONE, Registries.SMALL)) {
            TestProducer producer = stage.producer(cloudMap);
            producer.setGraphCapturedAt(AttributeValue.fromS("yesterday"));

            assertThat(producer.invoke(Map.of()))
                    .containsEntry("outcome", "snapshot sent")
                    .hasEntrySatisfying(
                            "warnings",
                            warnings -> assertThat(warnings).asString().contains("the graph's age is not known"));
        }
    }

    private static SdkPlugin refusing(String message) {
        return client -> {
            client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(new ExecutionInterceptor() {
                        @Override
                        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                            if (context.request() instanceof GetItemRequest) {
                                throw DynamoDbException.builder()
                                        .message(message)
                                        .statusCode(400)
                                        .build();
                            }
                        }
                    })
                    .build());
        };
    }

    private static long calls(Map<String, Object> answer) {
        return ((Map<?, ?>) Objects.requireNonNull(answer.get("apiCalls")))
                .values().stream().mapToLong(count -> (Long) count).sum();
    }

    private static List<String> names(Map<String, @Nullable Object> line) {
        List<String> names = new ArrayList<>();
        Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(line.get("_aws"));
        Map<?, ?> directive =
                (Map<?, ?>) ((List<?>) Objects.requireNonNull(metadata.get("CloudWatchMetrics"))).getFirst();
        for (Object metric : (List<?>) Objects.requireNonNull(directive.get("Metrics"))) {
            names.add(((Map<?, ?>) metric).get("Name") + " " + ((Map<?, ?>) metric).get("Unit"));
        }
        return names;
    }

    private static CloudMapServer start(Faults faults, String registry) throws IOException {
        var server =
                CloudMapServer.start(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                        .withFaults(faults));
        server.load(RegistryFile.parse("test", registry));
        return server;
    }
}
