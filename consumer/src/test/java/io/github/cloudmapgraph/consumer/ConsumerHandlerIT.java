package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.lease.LeaseLock.Acquisition;
import io.github.cloudmapgraph.lease.UpdateLease;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Record;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

class ConsumerHandlerIT {
    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        assertThat(deployment.isLocked()).isFalse();
        deployment.close();
    }

    @Test
    void handle_appliesTheNewestAndDropsTheOlder_whenThreeVersionsWait() {
        deployment.send(ExampleSnapshots.version(2));
        String newest = deployment.send(ExampleSnapshots.version(3));
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).isEmpty();

        assertThat(services()).containsExactly("ServiceMail", "SrvBackMort", "SrvFrontMort");
        assertThat(updateIds()).containsExactly(newest);
        assertThat(deployment.log())
                .containsOnlyOnce("\"message\":\"applied\"")
                .contains("\"message\":\"overtaken\"")
                .contains("\"capture_to_graph_ms\"", "\"change_to_graph_ms\"", "\"scope\":\"123456789012:us-east-1\"");
        assertThat(metrics("applied"))
                .containsEntry("Applied Count", 1)
                .containsEntry("AccessNotFilledIn Count", 0)
                .hasEntrySatisfying(
                        "Changes Count", count -> assertThat(count.intValue()).isPositive())
                .containsKeys("ReadToGraph Seconds", "ChangeToGraph Seconds");
        assertThat(metrics("overtaken")).isEqualTo(Map.of("Overtaken Count", 1, "AccessNotFilledIn Count", 0));
    }

    @Test
    void handle_tellsInTheLockTableHowFreshTheGraphIs_whenAnUpdateWasApplied() {
        deployment.send(ExampleSnapshots.version(2));
        deployment.poll();
        assertThat(graphCapturedAt()).contains(capturedAt(2));

        deployment.send(ExampleSnapshots.version(1));
        deployment.poll();
        assertThat(graphCapturedAt()).contains(capturedAt(2));

        deployment.send(body(3).replace("ServiceMail", "ServiceMale"));
        deployment.poll();
        assertThat(graphCapturedAt()).contains(capturedAt(2));

        deployment.send(ExampleSnapshots.version(3));
        deployment.poll();
        assertThat(graphCapturedAt()).contains(capturedAt(3));
    }

    @Test
    void handle_tellsHowFreshTheGraphIs_whenTheMessageComesAgainAfterTheTableLostIt() {
        deployment.send(ExampleSnapshots.version(2));
        deployment.poll();
        deployment.forgetLockItem();
        deployment.send(ExampleSnapshots.version(1));
        deployment.poll();
        assertThat(graphCapturedAt()).isEmpty();

        deployment.send(ExampleSnapshots.version(2));
        deployment.poll();

        assertThat(graphCapturedAt()).contains(capturedAt(2));
    }

    @Test
    void handle_appliesWhatIsStored_whenASnapshotIsTooLargeForAMessage() {
        deployment.sendStored(ExampleSnapshots.version(3));

        assertThat(deployment.poll()).isEmpty();
        assertThat(services()).hasSize(3);
    }

    @Test
    void handle_fetchesNothing_whenWhatIsStoredIsInTheGraph() {
        deployment.sendStored(ExampleSnapshots.version(2));
        deployment.poll();
        String again = stored(ExampleSnapshots.snapshot(3, Orders.NONE, ExampleSnapshots.names(2)));
        deployment.s3.deleteObject(delete -> delete.bucket(deployment.name).key(key(again)));
        String id = deployment.send(again);

        assertThat(deployment.poll()).isEmpty();

        assertThat(deployment.deadLetters()).isEmpty();
        assertThat(services()).hasSize(2);
        assertThat(updateIds()).containsExactly(id);
        assertThat(graphCapturedAt()).contains(capturedAt(3));
    }

    @Test
    void handle_acknowledges_whenAMessageComesTwice() {
        deployment.send(ExampleSnapshots.version(2));
        deployment.poll();
        deployment.send(ExampleSnapshots.version(2));

        assertThat(deployment.poll()).isEmpty();
        assertThat(services()).hasSize(2);
        assertThat(deployment.log()).contains("\"message\":\"overtaken\"");
    }

    @Test
    void handle_neverGoesBack_whenAnOlderVersionComesLater() {
        deployment.send(ExampleSnapshots.version(3));
        deployment.poll();
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).isEmpty();
        assertThat(services()).hasSize(3);
    }

    @Test
    void handle_triesTheOlderOne_whenTheNewestIsUnreadable() {
        deployment.send(body(3).replace("ServiceMail", "ServiceMale"));
        deployment.send(ExampleSnapshots.version(2));
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).isEmpty();
        assertThat(services()).hasSize(2);
        assertThat(deployment.deadLetters()).hasSize(1);
    }

    @Test
    void handle_doesNotSkipAnOrder_whenANewerVersionWaits() {
        deployment.send(ExampleSnapshots.snapshot(1, new Orders(true, false), ExampleSnapshots.names(2)));
        deployment.send(ExampleSnapshots.version(3));

        assertThat(deployment.poll()).isEmpty();
        assertThat(deployment.log().split("\"message\":\"applied\"", -1)).hasSize(3);
        assertThat(NEO4J.run("MATCH (s:SyncState) RETURN s.full_sync_at IS NOT NULL AS done"))
                .extracting(row -> row.get("done").asBoolean())
                .containsExactly(true);
    }

    @Test
    void handle_leavesTheMessageForAMoment_whenSomebodyElseHoldsTheLock() {
        var lock = deployment.lock();
        var held = lock.tryAcquire("update#" + ExampleSnapshots.SCOPE, Duration.ofMinutes(2));
        String older = deployment.send(ExampleSnapshots.version(1));
        String newer = deployment.send(ExampleSnapshots.version(2));

        assertThat(deployment.poll()).containsExactlyInAnyOrder(older, newer);

        assertThat(services()).isEmpty();
        assertThat(deployment.isLocked()).isTrue();
        // The queue's own visibility timeout is 600 s.
        assertThat(deployment.visibleWithin(7)).isPositive();
        assertThat(deployment.deadLetters()).isEmpty();
        assertThat(deployment.log()).contains("somebody else updates this scope");
        assertThat(metrics("stays in the queue")).isEqualTo(Map.of("Waiting Count", 1, "AccessNotFilledIn Count", 0));
        lock.release(((Acquisition.Acquired) held).lease());
    }

    @Test
    void handle_takesOver_whenTheHolderDied() {
        deployment.lock().tryAcquire("update#" + ExampleSnapshots.SCOPE, Duration.ofSeconds(2));
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).hasSize(1);
        // It may come back once more before the lease is over, and then a moment after it.
        for (int polls = 0; polls < 5 && services().isEmpty(); polls++) {
            deployment.poll(8, 150_000);
        }

        assertThat(services()).containsExactly("ServiceMail");
    }

    @Test
    void handle_leavesTheMessage_whenNeo4jCannotBeReached() {
        deployment.environment.put("NEO4J_SECRET_ARN", "");
        deployment.environment.put("NEO4J_URI", "bolt://127.0.0.1:1");
        deployment.environment.put("NEO4J_USERNAME", "sync");
        deployment.environment.put("NEO4J_PASSWORD", "not-in-the-log");
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll()).hasSize(1);

        assertThat(deployment.deadLetters()).isEmpty();
        assertThat(deployment.log())
                .contains("Neo4j cannot be reached: ServiceUnavailableException")
                .doesNotContain("not-in-the-log", "\"error\"");
        assertThat(deployment.visibleWithin(8)).isOne();
    }

    @Test
    void handle_leavesTheMessage_whenTooLittleTimeIsLeft() {
        deployment.send(ExampleSnapshots.version(1));

        assertThat(deployment.poll(0, 60_000)).hasSize(1);

        assertThat(services()).isEmpty();
        assertThat(deployment.log()).contains("too little time is left: 60 s");
        assertThat(deployment.visibleWithin(8)).isOne();
    }

    @Test
    void handle_putsAside_whenAMessageIsUnreadable() {
        String noJson = deployment.send("This is not a snapshot.");
        deployment.send("{\"format\": 1}");
        deployment.send(body(1).replace("\"format\":1", "\"format\":2"));
        deployment.send(body(1).replace("123456789012:us-east-1\"", "everywhere\""));
        deployment.send(body(1).replace("ServiceMail", "ServiceMale"));
        deployment.send(stored().replace(deployment.name, "another-bucket"));
        deployment.send(stored().replace(".json.gz", ".json.gone"));

        assertThat(deployment.poll()).isEmpty();

        List<Message> dead = deployment.deadLetters();
        assertThat(dead)
                .extracting(message -> attribute(message, "reason"))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("the message is not JSON"),
                        reason -> assertThat(reason).contains("not a snapshot: "),
                        reason -> assertThat(reason).contains("its format is 2; this version reads format 1"),
                        reason -> assertThat(reason).contains("'scope' is not of the form"),
                        reason -> assertThat(reason).contains("its digest does not match its content"),
                        reason -> assertThat(reason).contains("it points into another bucket than " + deployment.name),
                        reason -> assertThat(reason).contains("it points to a stored snapshot that is not there"));
        assertThat(dead)
                .filteredOn(message -> attribute(message, "original_message_id").equals(noJson))
                .extracting(Message::body)
                .containsExactly("This is not a snapshot.");
        assertThat(services()).isEmpty();
        assertThat(deployment.log()).doesNotContain("This is not", "ServiceMale");
        // Of three of them the scope is known: of those that were read as far as to their registry.
        assertThat(LogLines.of(deployment.log()))
                .filteredOn(line -> "put into the dead-letter queue".equals(line.get("message")))
                .hasSize(7)
                .extracting(LogLines::metrics)
                .filteredOn(metrics -> !metrics.isEmpty())
                .hasSize(3)
                .containsOnly(Map.of("DeadLettered Count", 1, "AccessNotFilledIn Count", 0));
    }

    @Test
    void handle_putsAside_whenAStoredSnapshotIsDamaged() {
        String pointer = stored();
        deployment.s3.putObject(
                put -> put.bucket(deployment.name).key(key(pointer)), RequestBody.fromString("not compressed at all"));
        deployment.send(pointer);

        assertThat(deployment.poll()).isEmpty();
        assertThat(deployment.deadLetters())
                .extracting(message -> attribute(message, "reason"))
                .containsExactly("its stored snapshot is not compressed with gzip");
    }

    @Test
    void handle_leavesItToRedrive_whenAnUnreadableMessageIsTooLargeToForward() {
        String id = deployment.send("x".repeat(1_048_576));

        assertThat(deployment.poll()).containsExactly(id);
        assertThat(deployment.deadLetters()).isEmpty();
        assertThat(deployment.log()).contains("the queue's redrive moves it", "\"retry_after_s\":30");
    }

    @Test
    void handle_leavesTheMessage_whenTheDeadLetterQueueIsGone() {
        deployment.sqs.deleteQueue(delete -> delete.queueUrl(deployment.deadLetters));
        String id = deployment.send("This is not a snapshot.");

        assertThat(deployment.poll()).containsExactly(id);
        assertThat(deployment.visibleWithin(8)).isOne();
    }

    @Test
    void handle_putsAsideWhatFailedTwentyTimes_howeverOftenItWasReceived() {
        // Both instances of the second version have one address.
        NEO4J.run("CREATE CONSTRAINT of_somebody FOR (i:Instance) REQUIRE i.AWS_INSTANCE_IPV4 IS UNIQUE");
        try {
            String id = deployment.send(ExampleSnapshots.version(2));
            var received = deployment.receiveAs(33);
            for (int failures = 1; failures < 20; failures++) {
                assertThat(deployment.invoke(received, 150_000)).containsExactly(id);
            }
            assertThat(deployment.deadLetters()).isEmpty();

            assertThat(deployment.invoke(received, 150_000)).isEmpty();
            assertThat(deployment.deadLetters())
                    .extracting(message -> attribute(message, "reason"))
                    .singleElement()
                    .asString()
                    .startsWith("it failed 20 times, at last: Neo.ClientError.Schema.ConstraintValidationFailed");
            assertThat(deployment.lockItem()).doesNotContainKey("failures");
        } finally {
            NEO4J.run("DROP CONSTRAINT of_somebody");
        }
    }

    @Test
    void handle_countsEachMessagesFailures_untilAnUpdateSucceeds() {
        NEO4J.run("CREATE CONSTRAINT of_somebody FOR (i:Instance) REQUIRE i.AWS_INSTANCE_IPV4 IS UNIQUE");
        String newer;
        String older;
        try {
            newer = deployment.send(ExampleSnapshots.version(3));
            older = deployment.send(ExampleSnapshots.version(2));
            var received = deployment.receive();
            deployment.invoke(received, 150_000);
            assertThat(deployment.invoke(received, 150_000)).containsExactlyInAnyOrder(newer, older);
        } finally {
            NEO4J.run("DROP CONSTRAINT of_somebody");
        }
        assertThat(deployment
                        .lockItem()
                        .getOrDefault("failures", AttributeValue.fromM(Map.of()))
                        .m())
                .containsOnlyKeys(newer, older)
                .allSatisfy((_, count) -> assertThat(count.n()).isEqualTo("2"));

        deployment.send(ExampleSnapshots.version(4));
        assertThat(deployment.poll()).isEmpty();
        assertThat(deployment.lockItem()).doesNotContainKey("failures");
    }

    @Test
    void handle_acknowledges_whenAMassDeletionIsHeldBack() {
        deployment.send(ExampleSnapshots.version(12));
        deployment.poll();
        deployment.send(ExampleSnapshots.snapshot(13, Orders.NONE, ExampleSnapshots.names(2)));

        assertThat(deployment.poll()).isEmpty();

        assertThat(services()).hasSize(12);
        assertThat(metrics("held back")).isEqualTo(Map.of("HeldBack Count", 1, "AccessNotFilledIn Count", 0));
        assertThat(graphCapturedAt()).contains(capturedAt(12));
        assertThat(deployment.log()).contains("held back: ", "\"deletes\":10,\"of\":12,\"seen\":1,\"needed\":3");
        assertThat(deployment.deadLetters()).isEmpty();
    }

    private Map<String, Number> metrics(String message) {
        return LogLines.metrics(LogLines.of(deployment.log(), message));
    }

    private Optional<Instant> graphCapturedAt() {
        return new UpdateLease(deployment.dynamoDb, deployment.name, ExampleSnapshots.SCOPE).graphCapturedAt();
    }

    private static Instant capturedAt(int version) {
        return ExampleSnapshots.version(version).header().capturedAt();
    }

    private String body(int version) {
        return new SnapshotWriter(deployment.s3, "", 1_048_576)
                .write(ExampleSnapshots.version(version))
                .text();
    }

    private String stored() {
        return stored(ExampleSnapshots.version(1));
    }

    private String stored(Snapshot snapshot) {
        return new SnapshotWriter(deployment.s3, deployment.name, 1)
                .write(snapshot)
                .text();
    }

    private static String key(String pointer) {
        return pointer.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1");
    }

    private static String attribute(Message message, String name) {
        var value = message.messageAttributes().get(name);
        return value == null ? "" : value.stringValue();
    }

    private static List<String> services() {
        return NEO4J.run("MATCH (s:Service) RETURN s.name AS name ORDER BY name").stream()
                .map(row -> row.get("name").asString())
                .toList();
    }

    private static List<String> updateIds() {
        return NEO4J.run("MATCH (s:SyncState) RETURN s.update_id AS id").stream()
                .map((Record row) -> row.get("id").asString())
                .toList();
    }
}
