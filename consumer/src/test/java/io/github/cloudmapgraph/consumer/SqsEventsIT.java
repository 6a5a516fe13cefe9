package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The payloads in {@code events/} are what the producer writes today, and the function takes them. */
class SqsEventsIT {
    private final Deployment deployment = new Deployment();

    @BeforeEach
    void makeTheBucket() throws IOException {
        if (deployment.s3.listBuckets().buckets().stream()
                .noneMatch(bucket -> bucket.name().equals(SqsEvents.BUCKET))) {
            deployment.s3.createBucket(create -> create.bucket(SqsEvents.BUCKET));
        }
        deployment.environment.put("SNAPSHOT_BUCKET", SqsEvents.BUCKET);
        if (Boolean.getBoolean("events.write")) {
            SqsEvents.write(deployment.s3);
        }
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    /** Where the format changed: {@code ./mvnw verify -pl consumer -am -Devents.write=true} writes them anew. */
    @Test
    void files_areWhatTheWriterMakes() throws IOException {
        for (var file : SqsEvents.files(deployment.s3).entrySet()) {
            assertThat(SqsEvents.FOLDER.resolve(file.getKey())).hasContent(file.getValue());
        }
        try (Stream<Path> folder = Files.list(SqsEvents.FOLDER)) {
            assertThat(folder.map(path -> path.getFileName().toString()).filter(name -> name.startsWith("sqs-batch-")))
                    .containsExactlyInAnyOrderElementsOf(
                            SqsEvents.files(deployment.s3).keySet());
        }
    }

    @Test
    void oneSnapshot_isApplied() throws IOException {
        assertThat(handle("sqs-batch-one-snapshot.json")).isEmpty();
        assertThat(services()).isEqualTo(1);
    }

    @Test
    void threeVersions_areAppliedAndOvertaken() throws IOException {
        assertThat(handle("sqs-batch-three-versions.json")).isEmpty();
        assertThat(services()).isEqualTo(3);
        assertThat(deployment.log()).containsOnlyOnce("\"message\":\"applied\"").contains("\"message\":\"overtaken\"");
    }

    @Test
    void unreadable_goesToTheDeadLetterQueue() throws IOException {
        assertThat(handle("sqs-batch-unreadable.json")).isEmpty();
        assertThat(deployment.deadLetters()).hasSize(4);
        assertThat(services()).isZero();
    }

    @Test
    void storedSnapshot_isFetched() throws IOException {
        SqsEvents.files(deployment.s3);
        assertThat(handle("sqs-batch-stored-snapshot.json")).isEmpty();
        assertThat(services()).isEqualTo(5);
    }

    private List<String> handle(String file) throws IOException {
        Map<String, Object> payload = Json.parseObject(Files.readString(SqsEvents.FOLDER.resolve(file)));
        return Deployment.stayingOf(deployment.handler().handleRequest(payload, new ContextWithTimeLeft(150_000)));
    }

    private static long services() {
        return NEO4J.run("MATCH (s:Service) RETURN count(s) AS n")
                .getFirst()
                .get("n")
                .asLong();
    }
}
