package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.SpoiltMessages.SECRET;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.SpoiltMessages.Kind;
import io.github.cloudmapgraph.lease.LeaseLock.Acquisition;
import io.github.cloudmapgraph.lease.LeaseLock.Report;
import io.github.cloudmapgraph.lease.UpdateLease;
import io.github.cloudmapgraph.snapshot.Orders;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Messages that nothing can be made of, through the whole function as Lambda runs it, in one process of little memory,
 * with real servers: each is in the dead-letter queue with its reason, and the next good snapshot is applied.
 * (Thousands of others, in the test of the reader, need no servers.)
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadMessagesIT {
    /** Less than a third of what the smallest function that can be deployed has: 512 MiB, of which most is heap. */
    private static final int HEAP_MIB = 128;

    private final Deployment deployment = new Deployment();
    private final SpoiltMessages messages = new SpoiltMessages(deployment, 42);
    private final FunctionProcess function;

    /** So many were made; each is newer than the one before. */
    private int snapshots;

    BadMessagesIT() throws IOException {
        function = new FunctionProcess(deployment.environment, HEAP_MIB);
    }

    @AfterEach
    void requireNoLock() {
        assertThat(deployment.isLocked()).isFalse();
    }

    @AfterAll
    void close() {
        function.close();
        deployment.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void handle_putsAsideWithReason_andAppliesTheNextGoodSnapshot(Kind kind) {
        int logged = function.log().length();
        Map<String, String> sent = new HashMap<>();
        for (int number = 1; number <= kind.cases(); number++) {
            String body = messages.spoilt(kind, ++snapshots);
            sent.put(deployment.send(body), body);
            if (number % 10 == 0 || number == kind.cases()) {
                if (kind == Kind.FULL_OF_NAMESPACES) {
                    haveFailed(sent, 19);
                }
                assertThat(poll()).as(function.log()).isEmpty();
            }
        }
        String good = deployment.send(ExampleSnapshots.snapshot(++snapshots, Orders.NONE, ExampleSnapshots.names(3)));
        assertThat(poll()).as(function.log()).isEmpty();

        Map<String, Message> dead = deadLetters();
        assertThat(dead.keySet()).isEqualTo(sent.keySet());
        sent.forEach((id, body) -> {
            Message letter = dead.getOrDefault(id, Message.builder().build());
            assertThat(letter.body()).isEqualTo(body);
            assertThat(attribute(letter, DeadLetterQueue.REASON))
                    .containsPattern("^(" + kind.reason + ")")
                    .doesNotContain(SECRET)
                    .hasSizeLessThan(300);
        });
        assertThat(NEO4J.run("MATCH (s:SyncState) RETURN s.update_id AS id"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("id").asString()).isEqualTo(good));
        assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).hasSize(3);
        String log = function.log().substring(logged);
        assertThat(log).doesNotContain(SECRET);
        assertThat(LogLines.of(log))
                .filteredOn(line -> "put into the dead-letter queue".equals(line.get("message")))
                .hasSize(kind.cases())
                .allSatisfy(
                        line -> assertThat(String.valueOf(line.get("reason"))).containsPattern(kind.reason));
    }

    private List<String> poll() {
        List<Map<String, Object>> records = deployment.receive();
        List<String> staying = Deployment.stayingOf(function.invoke(Map.of("Records", records)));
        deployment.acknowledge(records, staying);
        return staying;
    }

    /** As if each had been tried before, which takes hours: once more, and it is put aside. */
    private void haveFailed(Map<String, String> sent, int times) {
        Map<String, Integer> failures = new HashMap<>();
        sent.keySet().forEach(id -> failures.put(id, times));
        switch (deployment.lock().tryAcquire(UpdateLease.name(ExampleSnapshots.SCOPE), Duration.ofSeconds(10))) {
            case Acquisition.Acquired acquired ->
                deployment.lock().release(acquired.lease(), new Report(failures, Optional.empty()));
            case Acquisition.Held held -> throw new AssertionError("held by " + held.owner());
        }
    }

    /** Takes them all, by their original ids. */
    private Map<String, Message> deadLetters() {
        Map<String, Message> letters = new HashMap<>();
        List<Message> batch;
        do {
            batch = deployment.deadLetters();
            for (Message letter : batch) {
                letters.put(attribute(letter, DeadLetterQueue.ORIGINAL_MESSAGE_ID), letter);
                // It would come back after its visibility timeout, among those of another kind.
                deployment.sqs.deleteMessage(
                        delete -> delete.queueUrl(deployment.deadLetters).receiptHandle(letter.receiptHandle()));
            }
        } while (!batch.isEmpty());
        return letters;
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes()
                .getOrDefault(name, MessageAttributeValue.builder().build())
                .stringValue();
    }
}
