package io.github.cloudmapgraph.local.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The producer's check against real endpoints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckIT {
    private static final Map<String, Object> CHECK = Map.of("check", true);
    private static final Map<String, String> BUCKET = Map.of("SNAPSHOT_BUCKET", Stage.BUCKET);

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
    void check_whenAllIsThere_passesAndChangesNothing() throws IOException {
        try (var cloudMap = start(Faults.NONE)) {
            TestProducer producer = stage.producer(cloudMap, BUCKET);

            Map<String, Object> answer = producer.invoke(CHECK);

            assertThat(answer).containsEntry("outcome", "check passed");
            assertThat(lines(answer))
                    .containsExactly(
                            Map.entry("Configuration", "OK"),
                            Map.entry("Cloud Map: ListNamespaces", "OK"),
                            Map.entry("Cloud Map: ListServices", "OK"),
                            Map.entry("Cloud Map: DiscoverInstances", "OK"),
                            Map.entry("Cloud Map: ListInstances", "OK"),
                            Map.entry("Cloud Map: GetInstancesHealthStatus", "OK"),
                            Map.entry("Cloud Map: ListTagsForResource", "OK"),
                            Map.entry("Cloud Map: GetServiceAttributes", "OK"),
                            Map.entry("Cloud Map: GetOperation", "OK"),
                            Map.entry("Queue", "OK"),
                            Map.entry("Lock table", "OK"),
                            Map.entry("Lock table: reading", "OK"),
                            Map.entry("Lock table: writing", "OK"),
                            Map.entry("Bucket", "OK"),
                            Map.entry("CloudTrail", "WARNING"));
            assertThat(producer.snapshots()).isEmpty();
            assertThat(stage.dynamoDb
                            .scan(scan -> scan.tableName(Stage.LOCK_TABLE))
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void check_whenACallIsDenied_namesThePermission() throws IOException {
        Faults denying = (operation, _) -> operation.equals("GetServiceAttributes")
                ? new Faults.Fault.Answer(400, "AccessDeniedException", "not authorized")
                : new Faults.Fault.LetThrough();
        try (var cloudMap = start(denying)) {
            Map<String, Object> answer = stage.producer(cloudMap, BUCKET).invoke(CHECK);

            assertThat(answer)
                    .containsEntry("outcome", "check failed")
                    .hasEntrySatisfying(
                            "checks",
                            checks -> assertThat(checks)
                                    .asString()
                                    .contains("Add the permission servicediscovery:GetServiceAttributes"));
            assertThat(lines(answer))
                    .containsEntry("Cloud Map: GetServiceAttributes", "FAILED")
                    .containsEntry("Cloud Map: ListTagsForResource", "OK");
        }
    }

    @Test
    void check_whenResourcesAreMissing_saysWhich() throws IOException {
        try (var cloudMap = start(Faults.NONE)) {
            TestProducer producer = stage.producer(
                    cloudMap, Map.of("LOCK_TABLE", "no-such-table", "SNAPSHOT_BUCKET", "no-such-bucket"));

            assertThat(lines(producer.invoke(CHECK)))
                    .containsEntry("Queue", "OK")
                    .containsEntry("Lock table", "FAILED")
                    .containsEntry("Lock table: reading", "FAILED")
                    .containsEntry("Lock table: writing", "FAILED")
                    .containsEntry("Bucket", "FAILED");
        }
    }

    @Test
    void check_whenTheConfigurationIsWrong_reportsAllOfIt() throws IOException {
        try (var cloudMap = start(Faults.NONE)) {
            Map<String, Object> answer = stage.producer(cloudMap, Map.of("LOCK_TABLE", "", "READ_CONCURRENCY", "0"))
                    .invoke(CHECK);

            assertThat(lines(answer)).containsExactly(Map.entry("Configuration", "FAILED"));
            assertThat(answer)
                    .hasEntrySatisfying(
                            "checks",
                            checks -> assertThat(checks)
                                    .asString()
                                    .contains("LOCK_TABLE is not set", "READ_CONCURRENCY is too small"));
        }
    }

    private static CloudMapServer start(Faults faults) throws IOException {
        var server =
                CloudMapServer.start(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                        .withFaults(faults));
        server.load(RegistryFile.parse("test", Registries.SMALL));
        return server;
    }

    private static Map<String, String> lines(Map<String, Object> answer) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Object check : (List<?>) Objects.requireNonNull(answer.get("checks"))) {
            Map<?, ?> line = (Map<?, ?>) check;
            lines.put(String.valueOf(line.get("subject")), String.valueOf(line.get("status")));
        }
        return lines;
    }
}
