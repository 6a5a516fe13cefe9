package io.github.cloudmapgraph.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.lease.LeaseLock.Acquisition;
import io.github.cloudmapgraph.lease.LeaseLock.Lease;
import io.github.cloudmapgraph.lease.LeaseLock.Report;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.testservers.DynamoDbTestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaseLockIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Scope SCOPE = new Scope("111122223333:eu-west-1");
    private static final Scope TAKEN_OVER = new Scope("111122223333:eu-west-1:taken-over");
    private static final String UPDATE = UpdateLease.name(SCOPE);

    private final TestClock clock = new TestClock();
    private final LostAnswers answers = new LostAnswers();
    private DynamoDbTestServer server;
    private DynamoDbClient dynamoDb;
    private LeaseLock lock;

    @BeforeAll
    void start() throws Exception {
        server = new DynamoDbTestServer();
        dynamoDb = server.client(answers);
        DynamoDbTestServer.createTable(dynamoDb);
        lock = lock(clock);
    }

    @AfterAll
    void stop() {
        dynamoDb.close();
        server.close();
    }

    @Test
    void tryAcquire_whenFree_takesTheLeaseForItsLength() {
        Lease lease = acquire("free");

        assertThat(lease.name()).isEqualTo("free");
        assertThat(lease.until()).isEqualTo(clock.instant().plus(MINUTE));
    }

    @Test
    void tryAcquire_whenHeld_tellsByWhomAndUntilWhen() {
        Lease lease = acquire("held");

        assertThat(lock.tryAcquire("held", MINUTE)).isEqualTo(new Acquisition.Held(lease.owner(), lease.until()));
    }

    @Test
    void tryAcquire_whenAnotherNameIsHeld_isFree() {
        acquire("one");

        assertThat(lock.tryAcquire("other", MINUTE)).isInstanceOf(Acquisition.Acquired.class);
    }

    @Test
    void tryAcquire_whenReleased_isFreeAgainWithAnotherOwner() {
        Lease first = acquire("again");
        lock.release(first);

        assertThat(acquire("again").owner()).isNotEqualTo(first.owner());
    }

    @Test
    void tryAcquire_whenTheLeaseHasRunOutToTheMillisecond_takesItOver() {
        Lease first = acquire("expired");
        clock.move(MINUTE.minusMillis(1));
        assertThat(lock.tryAcquire("expired", MINUTE)).isInstanceOf(Acquisition.Held.class);
        clock.move(Duration.ofMillis(1));

        assertThat(acquire("expired").owner()).isNotEqualTo(first.owner());
    }

    @Test
    void release_whenTakenOver_leavesTheNewHoldersLease() {
        Lease dead = acquire("taken over");
        clock.move(MINUTE);
        Lease holder = acquire("taken over");

        lock.release(dead);

        assertThat(lock.tryAcquire("taken over", MINUTE))
                .isEqualTo(new Acquisition.Held(holder.owner(), holder.until()));
    }

    @Test
    void release_whenReleasedBefore_doesNothing() {
        Lease lease = acquire("twice");
        lock.release(lease);

        lock.release(lease);

        assertThat(lock.tryAcquire("twice", MINUTE)).isInstanceOf(Acquisition.Acquired.class);
    }

    @Test
    void release_whenSomethingFailed_tellsTheNextHolderHowOften() {
        Lease first = acquire("failures");
        assertThat(first.failures()).isEmpty();
        lock.release(first, failed(Map.of("message-1", 19, "message-2", 1)));

        Lease second = acquire("failures");
        assertThat(second.failures()).isEqualTo(Map.of("message-1", 19, "message-2", 1));
        lock.release(second);

        Lease third = acquire("failures");
        assertThat(third.failures()).isEqualTo(second.failures());
        lock.release(third, failed(Map.of()));

        assertThat(acquire("failures").failures()).isEmpty();
    }

    @Test
    void release_whenTakenOver_leavesTheFailuresToTheNewHolder() {
        Lease first = acquire("failures of the dead");
        lock.release(first, failed(Map.of("message", 1)));
        Lease dead = acquire("failures of the dead");
        clock.move(MINUTE);
        Lease holder = acquire("failures of the dead");

        lock.release(dead, failed(Map.of("message", 2)));
        assertThat(lock.tryAcquire("failures of the dead", MINUTE)).isInstanceOf(Acquisition.Held.class);
        lock.release(holder, failed(Map.of("message", 5)));

        assertThat(holder.failures()).isEqualTo(Map.of("message", 1));
        assertThat(acquire("failures of the dead").failures()).isEqualTo(Map.of("message", 5));
    }

    @Test
    void release_whenTheAnswerIsLost_countsOnce() {
        Lease lease = acquire("lost count");
        answers.loseNext("SET failures");
        lock.release(lease, failed(Map.of("message", 1)));

        assertThat(answers.lost()).isOne();
        assertThat(acquire("lost count").failures()).isEqualTo(Map.of("message", 1));
    }

    @Test
    void tryAcquire_whenTheAnswerIsLost_recognisesItsOwnWrite() {
        answers.loseNext("SET");
        Lease lease = acquire("lost");

        assertThat(answers.lost()).isOne();
        assertThat(lock.tryAcquire("lost", MINUTE)).isEqualTo(new Acquisition.Held(lease.owner(), lease.until()));
    }

    @Test
    void release_whenTheAnswerIsLost_isReleased() {
        Lease lease = acquire("lost release");
        answers.loseNext("REMOVE");
        lock.release(lease);

        assertThat(answers.lost()).isOne();
        assertThat(lock.tryAcquire("lost release", MINUTE)).isInstanceOf(Acquisition.Acquired.class);
    }

    @Test
    void tryAcquire_whenManyTry_neverHasTwoHolders() throws Exception {
        LeaseLock contended = lock(InstantSource.system());
        var holders = new AtomicInteger();
        var most = new AtomicInteger();
        var turns = new AtomicInteger();
        List<Future<?>> attempts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 24; i++) {
                attempts.add(threads.submit(() -> {
                    for (int attempt = 0; attempt < 20; attempt++) {
                        if (contended.tryAcquire("contended", MINUTE) instanceof Acquisition.Acquired(Lease lease)) {
                            most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                            turns.incrementAndGet();
                            LockSupport.parkNanos(100_000);
                            holders.decrementAndGet();
                            contended.release(lease);
                        }
                    }
                }));
            }
        }
        for (Future<?> attempt : attempts) {
            attempt.get();
        }

        assertThat(most).hasValue(1);
        assertThat(turns).hasValueGreaterThan(1);
    }

    @Test
    void tryAcquire_whenManyFindADeadHolder_isWonByOne() throws Exception {
        acquire("dead");
        clock.move(MINUTE);
        List<Future<Acquisition>> attempts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                attempts.add(threads.submit(() -> lock.tryAcquire("dead", MINUTE)));
            }
        }
        int winners = 0;
        for (Future<Acquisition> attempt : attempts) {
            winners += attempt.get() instanceof Acquisition.Acquired ? 1 : 0;
        }

        assertThat(winners).isOne();
    }

    @Test
    void release_whenTheGraphWasUpdated_tellsOfWhenUntilTheNextUpdate() {
        Instant capturedAt = Instant.parse("2026-01-31T11:59:58.765Z");
        assertThat(updates().graphCapturedAt()).isEmpty();
        lock.release(acquire(UPDATE), new Report(Map.of("message", 1), Optional.of(capturedAt)));

        assertThat(updates().graphCapturedAt()).contains(capturedAt);
        Lease next = acquire(UPDATE);
        assertThat(next.failures()).isEqualTo(Map.of("message", 1));
        assertThat(updates().graphCapturedAt()).contains(capturedAt);
        lock.release(next);
        lock.release(acquire(UPDATE), failed(Map.of()));
        assertThat(updates().graphCapturedAt()).contains(capturedAt);

        answers.loseNext("graph_captured_at");
        lock.release(acquire(UPDATE), new Report(Map.of(), Optional.of(capturedAt.plusSeconds(1))));
        assertThat(answers.lost()).isOne();
        assertThat(updates().graphCapturedAt()).contains(capturedAt.plusSeconds(1));
        assertThat(new UpdateLease(dynamoDb, DynamoDbTestServer.TABLE, new Scope("111122223333:eu-west-1:other"))
                        .graphCapturedAt())
                .isEmpty();
    }

    @Test
    void release_whenTakenOver_tellsNothingOfTheGraph() {
        String name = UpdateLease.name(TAKEN_OVER);
        Lease dead = acquire(name);
        clock.move(MINUTE);
        lock.release(acquire(name), new Report(Map.of(), Optional.of(clock.instant())));

        lock.release(dead, new Report(Map.of(), Optional.of(clock.instant().minusSeconds(1))));

        assertThat(new UpdateLease(dynamoDb, DynamoDbTestServer.TABLE, TAKEN_OVER).graphCapturedAt())
                .contains(clock.instant());
    }

    private UpdateLease updates() {
        return new UpdateLease(dynamoDb, DynamoDbTestServer.TABLE, SCOPE);
    }

    private static Report failed(Map<String, Integer> failures) {
        return new Report(failures, Optional.empty());
    }

    private LeaseLock lock(InstantSource time) {
        return new LeaseLock(
                dynamoDb,
                DynamoDbTestServer.TABLE,
                time,
                () -> UUID.randomUUID().toString());
    }

    private Lease acquire(String name) {
        return switch (lock.tryAcquire(name, MINUTE)) {
            case Acquisition.Acquired(Lease lease) -> lease;
            case Acquisition.Held held -> throw new AssertionError(name + " is held: " + held);
        };
    }
}
