package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Searches all that the consumer tells, in success and failure, for what it was given to keep: it is marked. */
class SecretsAndPayloadsIT {
    /** In every secret, value, description and body here; not in ids and names, which may be told. */
    private static final String MARK = "marked";

    private static final int TIME = 150_000;

    private final Deployment deployment = new Deployment();
    private final Told told = new Told();

    @AfterEach
    void nothingMarkedIsTold() {
        try (told;
                deployment) {
            for (var dead : deployment.deadLetters()) {
                // Not its body: that is kept as it came, for who may read the queue.
                told.add(dead.messageAttributes());
            }
            told.add(deployment.log());
            NEO4J.run("DROP CONSTRAINT of_somebody IF EXISTS");
        }
        assertThat(told.all()).isNotBlank().doesNotContainIgnoringCase(MARK);
    }

    @Test
    void nothingIsTold_whenAllGoesWell() {
        NEO4J.setPassword(Deployment.USER, "marked-password");
        deployment.fillInSecret("marked-password");
        deployment.send(snapshot(1));
        deployment.sendStored(snapshot(2));

        assertThat(deployment.poll()).isEmpty();
        told.add(check());

        assertThat(deployment.log()).contains("\"applied\"", "name a service that is not there");
        assertThat(NEO4J.run("MATCH (i:Instance) RETURN i.note AS note")
                        .getFirst()
                        .get("note")
                        .asString())
                .contains(MARK);
    }

    @Test
    void nothingIsTold_whenThePasswordIsWrong() {
        deployment.fillInSecret("marked-password");

        assertStays("Neo4j refuses the credentials");
    }

    @Test
    void nothingIsTold_whenNobodyAnswers() {
        secret(Json.write(Map.of("uri", "bolt://127.0.0.1:1", "username", "sync", "password", "marked-password")));

        assertStays("Neo4j cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "marked-password",
                "\"marked-password\"",
                "{\"password\": marked-password}",
                "{\"password\": \"marked-password\"",
                "{\"password\": \"marked-password\"} marked",
                "{\"uri\": \"bolt://neo4j:marked-password@127.0.0.1\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"uri\": \"bolt://neo4j:marked[password@127.0.0.1\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"uri\": \"bolt://neo4j:marked@no_host\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"uri\": \"marked\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"uri\": \"marked://localhost\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"uri\": \"bolt://127.0.0.1:1/marked?marked=marked#marked\", \"username\": \"u\", \"password\":"
                        + " \"marked\"}",
                "{\"host\": \"marked marked\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"host\": \"localhost\", \"port\": \"marked\", \"username\": \"u\", \"password\": \"marked\"}",
                "{\"uri\": \"bolt://localhost\", \"allowUnencrypted\": \"marked\", \"username\": \"u\", \"password\":"
                        + " \"m\"}"
            })
    void nothingIsTold_whenTheSecretIsMalformed(String text) {
        secret(text);

        assertStays("\"retry_after_s\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SecretString\": marked-password}",
                "{\"SecretString\": \"{\\\"password\\\": \\\"marked-password\\\"}\"",
                "marked-password"
            })
    void nothingIsTold_whenTheAnswerOfSecretsManagerIsBroken(String answer) {
        SECRETS.answerBrokenly(deployment.name, answer);

        assertStays("cannot be read: ");
    }

    @Test
    void nothingIsTold_whenAConstraintRefusesAValue() {
        NEO4J.run("CREATE CONSTRAINT of_somebody FOR (i:Instance) REQUIRE i.note IS UNIQUE");
        String id = deployment.send(snapshot(1));
        var received = deployment.receiveAs(1);
        for (int failures = 1; failures < 20; failures++) {
            assertThat(deployment.invoke(received, TIME)).containsExactly(id);
        }
        assertThat(deployment.invoke(received, TIME)).isEmpty();

        assertThat(deployment.log())
                .contains("an update failed", "stays in the queue")
                .contains("it failed 20 times, at last: Neo.ClientError.Schema.ConstraintValidationFailed:"
                        + " a constraint on property `note` of `Instance` refuses a value");
    }

    @Test
    void nothingIsTold_whenAMessageIsUnreadable() {
        String good = body(snapshot(1));
        List<String> bodies = List.of(
                "marked-body",
                "{\"marked-body\": marked}",
                "{\"format\": \"marked\"}",
                good.replace("\"scope\":\"", "\"scope\":\"marked"),
                good.replace("\"captured_at\":\"", "\"captured_at\":\"marked"),
                good.replace("\"digest\":\"", "\"digest\":\"marked"),
                good.replace("marked-description", "marked-other"),
                good.replace("\"NO_CHECK\"", "\"marked\""),
                good.replace("\"marked-value\"", "{\"marked\": 1}"),
                good.replace("\"content\":{", "\"content\":{\"marked\":marked,"),
                good.replace("\"content\":{", "\"content_at\":{\"bucket\":\"marked\",\"key\":\"marked\"},\"other\":{"));
        bodies.forEach(deployment::send);

        // Ten at most come at once.
        assertThat(deployment.poll()).isEmpty();
        assertThat(deployment.poll()).isEmpty();

        assertThat(LogLines.of(deployment.log()))
                .filteredOn(line -> "put into the dead-letter queue".equals(line.get("message")))
                .hasSameSizeAs(bodies);
    }

    @Test
    void nothingIsTold_whenWhatIsStoredIsBroken() throws IOException {
        byte[] whole = gzip("{\"namespaces\": [{\"arn\": \"marked\", marked");
        for (byte[] stored : List.of(
                "marked-content".getBytes(StandardCharsets.UTF_8), whole, Arrays.copyOf(whole, whole.length - 9))) {
            String pointer = new SnapshotWriter(deployment.s3, deployment.name, 1)
                    .write(snapshot(1))
                    .text();
            String key = pointer.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1");
            deployment.s3.putObject(put -> put.bucket(deployment.name).key(key), RequestBody.fromBytes(stored));
            deployment.send(pointer);
            assertThat(deployment.poll()).isEmpty();
        }

        assertThat(deployment.log()).contains("its stored snapshot is", "its content is not JSON");
    }

    @Test
    void nothingIsTold_whenNothingIsThere() {
        deployment.environment.put("DEAD_LETTER_QUEUE_URL", deployment.queue + "-gone");
        deployment.environment.put("LOCK_TABLE", "gone");
        deployment.send("marked-body");

        assertStays("the dead-letter queue does not take it");
        assertThat(deployment.log()).contains("the lock table cannot be used: ");
    }

    @Test
    void nothingIsTold_whenTheInvocationIsWrong() {
        Map<String, Object> record = new HashMap<>(Map.of(
                "eventSource",
                "aws:sqs",
                "messageId",
                "1",
                "receiptHandle",
                "marked",
                "body",
                "marked-body",
                "attributes",
                Map.of("ApproximateReceiveCount", "marked", "SentTimestamp", "marked")));
        assertThrows(Map.of("Records", List.of(record)), "ApproximateReceiveCount is not a whole number");
        record.remove("receiptHandle");
        assertThrows(Map.of("Records", List.of(record)), "a message of SQS has no receiptHandle");
        assertThrows(Map.of("Records", List.of(Map.of("body", "marked-body"))), "a record is not a message of SQS");
        assertThrows(Map.of("password", "marked-password"), "The consumer takes an event of SQS");
    }

    @Test
    void nothingIsTold_whenTheEnvironmentIsWrong() {
        deployment.environment.putAll(Map.of(
                "NEO4J_SECRET_ARN", "",
                "NEO4J_URI", "bolt://neo4j:marked-password@127.0.0.1",
                "NEO4J_USERNAME", "sync",
                "NEO4J_PASSWORD", "marked-password"));

        assertThrows(Map.of("Records", List.of()), "NEO4J_URI is not usable: uri holds a user");
    }

    /** Shows that the search can fail: it looks into all places where something may be told. */
    @Test
    void search_finds_whatIsToldAnywhere() {
        try (var here = new Told()) {
            System.out.println("out: marked");
            System.err.println("err: marked");
            Logger.getLogger("library").log(Level.WARNING, "library: marked");
            here.addThrown(new IllegalStateException("outer", new IllegalStateException("cause: marked")));
            assertThat(here.all())
                    .contains("out: marked", "err: marked", "\"message\":\"library: marked\"", "cause: marked");
        }
        told.add("nothing else");
    }

    private void assertStays(String reason) {
        deployment.send(snapshot(1));
        assertThat(deployment.poll()).isNotEmpty();
        told.add(check());
        assertThat(deployment.log()).contains(reason);
    }

    private void assertThrows(Map<String, Object> payload, String text) {
        RuntimeException thrown =
                catchRuntimeException(() -> deployment.handler().handleRequest(payload, new ContextWithTimeLeft(TIME)));
        assertThat(thrown).hasMessageContaining(text);
        told.addThrown(thrown);
        told.add(check());
    }

    private Map<String, Object> check() {
        return deployment.handler().handleRequest(Map.of("check", true), new ContextWithTimeLeft(TIME));
    }

    private void secret(String text) {
        SECRETS.put(deployment.name, text);
    }

    private static String body(Snapshot snapshot) {
        return new SnapshotWriter(
                        () -> {
                            throw new AssertionError("it fits into a message");
                        },
                        "",
                        1_048_576)
                .write(snapshot)
                .text();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Returns a snapshot whose values are all marked; two instances have the same note. */
    private static Snapshot snapshot(int number) {
        Map<String, String> attributes = Map.of("note", "marked-value", "AWS_INSTANCE_IPV4", "10.0.0.7");
        Snapshot example = ExampleSnapshots.version(number);
        Namespace namespace = example.registry().namespaces().getFirst();
        Service service = namespace.services().getFirst();
        var marked = new Service(
                service.arn(),
                service.id(),
                service.name(),
                service.type(),
                "marked-description",
                Optional.empty(),
                new HealthCheck.Route53("HTTP", "/marked-path", 1),
                Map.of("NEO4J_RELATIONSHIP_TO_SERVICE", "marked-target", "team", "marked-tag"),
                Map.of("owner", "marked-attribute"),
                List.of(
                        new Instance("a", Health.NO_CHECK, attributes),
                        new Instance("b", Health.NO_CHECK, attributes)));
        return new Snapshot(
                new SnapshotHeader(
                        ExampleSnapshots.SCOPE,
                        example.header().version(),
                        example.header().capturedAt(),
                        Optional.empty(),
                        Orders.NONE),
                new Registry(
                        List.of(new Namespace(
                                namespace.arn(),
                                namespace.id(),
                                namespace.name(),
                                namespace.type(),
                                "marked-description",
                                namespace.owner(),
                                namespace.httpName(),
                                namespace.hostedZoneId(),
                                List.of(marked))),
                        List.of()));
    }
}
