package io.github.cloudmapgraph.local.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches all that the producer tells, in success and failure, for the registry's values: they are marked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsAndPayloadsIT {
    private static final String MARK = "marked";

    private static final String REGISTRY = """
        {"namespaces": [
          {"name": "shop", "type": "HTTP", "description": "marked-description", "services": [
            {"name": "cart", "description": "marked-description %s", "healthCheckCustomConfig": {},
             "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "marked-target", "team": "marked-tag"},
             "attributes": {"team": "marked-attribute"},
             "instances": [{"id": "cart-1", "attributes": {"stage": "marked-value"}}]}]}]}
        """.formatted(", more than a small message takes".repeat(30));

    /** What is throttled or broken is tried again until little of it is left. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Faults.Fault LET_THROUGH = new Faults.Fault.LetThrough();

    private Stage stage;
    private Told told;

    @BeforeAll
    void setStage() throws IOException {
        stage = new Stage();
    }

    @AfterAll
    void closeStage() {
        stage.close();
    }

    @BeforeEach
    void listen() {
        told = new Told();
    }

    @AfterEach
    void nothingMarkedIsTold() {
        told.close();
        assertThat(told.all()).isNotBlank().doesNotContainIgnoringCase(MARK);
    }

    @Test
    void nothingIsTold_whenAllGoesWell() throws IOException {
        try (var cloudMap = start(Faults.NONE)) {
            TestProducer producer = stage.producer(cloudMap);
            told.add(producer.invoke(Map.of()));
            told.add(producer.invoke(Map.of("check", true)));
            told.add(producer.log());

            assertThat(producer.snapshots()).singleElement().asString().contains("marked-value", "marked-tag");
            assertThat(told.all()).contains("snapshot sent", "check");
        }
    }

    /** Each in turn: the read fails, or tells that it left something out. */
    @ParameterizedTest
    @ValueSource(strings = {"ListNamespaces", "DiscoverInstances"})
    void nothingIsTold_whenACallFails(String operation) throws IOException {
        for (Faults.Fault fault : List.of(
                new Faults.Fault.Answer(400, "AccessDeniedException", "not authorized to perform this"),
                new Faults.Fault.Answer(400, "ThrottlingException", "Rate exceeded"),
                new Faults.Fault.Answer(500, "InternalServiceError", "try again"),
                new Faults.Fault.Drop())) {
            try (var cloudMap = start((called, _) -> called.equals(operation) ? fault : LET_THROUGH)) {
                assertFails(stage.producer(cloudMap), Map.of());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Namespaces\": [{\"Description\": marked-description}]}",
                "{\"Namespaces\": [{\"Description\": \"marked-description",
                "{\"Namespaces\": \"marked-description\"}",
                "{\"Namespaces\": [{\"CreateDate\": \"marked-date\"}]}",
                "marked-description"
            })
    void nothingIsTold_whenAnAnswerIsBroken(String answer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            assertFails(
                    stage.producer(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Map.of()),
                    Map.of());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nothingIsTold_whenTheSnapshotCannotBeSent() throws IOException {
        try (var cloudMap = start(Faults.NONE)) {
            assertFails(
                    stage.producer(cloudMap, Map.of("QUEUE_URL", "http://127.0.0.1:1/000000000000/gone")), Map.of());
            assertFails(stage.producer(cloudMap, Map.of("MAX_MESSAGE_BYTES", "1024")), Map.of());
            assertFails(
                    stage.producer(cloudMap, Map.of("MAX_MESSAGE_BYTES", "1024", "SNAPSHOT_BUCKET", "gone")), Map.of());
            assertFails(stage.producer(cloudMap, Map.of("LOCK_TABLE", "gone")), Map.of());
        }
    }

    @Test
    void nothingIsTold_whenTheInvocationIsWrong() throws IOException {
        Map<String, Object> change = new HashMap<>(Map.of(
                "source",
                "aws.servicediscovery",
                "detail-type",
                "AWS API Call via CloudTrail",
                "time",
                "marked-time",
                "detail",
                Map.of("eventName", "TagResource", "requestParameters", Map.of("tags", "marked-tag"))));
        try (var cloudMap = start(Faults.NONE)) {
            assertFails(stage.producer(cloudMap), change);
            change.put("detail", Map.of("eventName", "TagResource", "eventTime", "marked-time"));
            assertFails(stage.producer(cloudMap), change);
            change.put("detail", "marked-detail");
            assertFails(stage.producer(cloudMap), change);
            assertFails(stage.producer(cloudMap), Map.of("fullSync", "marked-value"));
            assertFails(stage.producer(cloudMap), Map.of("password", "marked-password"));
        }
    }

    private void assertFails(TestProducer producer, Map<String, Object> payload) {
        RuntimeException thrown = catchRuntimeException(
                () -> producer.invoke(payload, UUID.randomUUID().toString(), TIMEOUT));
        assertThat(thrown).isNotNull();
        told.addThrown(thrown);
        told.add(producer.log());
        assertThat(producer.log()).contains("the invocation failed");
        assertThat(told.all()).contains(thrown.getClass().getName());
    }

    private static CloudMapServer start(Faults faults) throws IOException {
        var server =
                CloudMapServer.start(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                        .withFaults(faults));
        server.load(RegistryFile.parse("test", REGISTRY));
        return server;
    }
}
