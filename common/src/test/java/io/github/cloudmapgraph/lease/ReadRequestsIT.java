package io.github.cloudmapgraph.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.cloudmapgraph.lease.ReadRequests.Next;
import io.github.cloudmapgraph.lease.ReadRequests.ReadLease;
import io.github.cloudmapgraph.lease.ReadRequests.Turn;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.testservers.DynamoDbTestServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadRequestsIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Orders FULL_SYNC = new Orders(true, false);
    private static final Orders MASS_DELETION = new Orders(false, true);

    private final LostAnswers answers = new LostAnswers();
    private DynamoDbTestServer server;
    private DynamoDbClient dynamoDb;
    private TestClock clock;
    private Scope scope;
    private ReadRequests requests;

    @BeforeAll
    void start() throws Exception {
        server = new DynamoDbTestServer();
        dynamoDb = server.client(answers);
        DynamoDbTestServer.createTable(dynamoDb);
    }

    @AfterAll
    void stop() {
        dynamoDb.close();
        server.close();
    }

    @BeforeEach
    void scope(TestInfo test) {
        clock = new TestClock();
        scope = Scope.of(
                "111122223333",
                "eu-west-1",
                "t" + Integer.toHexString(test.getDisplayName().hashCode()));
        requests = requests(clock);
    }

    @Test
    void request_whenNobodyReads_readsWithTheClocksVersion() {
        ReadLease read = read("a", Orders.NONE);

        assertThat(read.version()).isEqualTo(clock.instant().toEpochMilli());
        assertThat(read.covers()).isOne();
        assertThat(read.coversOthers()).isFalse();
        assertThat(read.orders()).isEqualTo(Orders.NONE);
        assertThat(read.until()).isEqualTo(clock.instant().plus(MINUTE));
        assertThat(requests.complete(read, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void request_whenSomeoneReads_isCoveredByTheReadAfterIt() {
        ReadLease first = read("a", Orders.NONE);

        assertThat(request("b")).isEqualTo(new Turn.Covered(2, first.version(), first.until(), false));

        ReadLease second = readAgain(first);
        assertThat(second.covers()).isEqualTo(2);
        assertThat(second.coversOthers()).isTrue();
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(requests.complete(second, MINUTE)).isEqualTo(new Next.Done());

        assertThat(read("c", Orders.NONE).coversOthers()).isFalse();
    }

    @Test
    void request_whenCountedBeforeTheReadBegan_isCoveredByThatVeryRead() {
        // Another invocation takes the lease between this one's two writes: just before its second.
        var rival = requests(clock);
        var turns = new ArrayList<Turn>();
        var late = new ReadRequests(dynamoDb, DynamoDbTestServer.TABLE, scope, clock, () -> {
            turns.add(rival.request("rival", Orders.NONE, MINUTE));
            return UUID.randomUUID().toString();
        });

        Turn turn = late.request("late", Orders.NONE, MINUTE);

        assertThat(turns).singleElement().isInstanceOf(Turn.Read.class);
        ReadLease rivals = ((Turn.Read) turns.getFirst()).lease();
        assertThat(turn).isEqualTo(new Turn.Covered(1, rivals.version(), rivals.until(), true));
        assertThat(rivals.covers()).isEqualTo(2);
        assertThat(rivals.coversOthers()).isTrue();
        assertThat(requests.complete(rivals, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void request_whenAThousandComeDuringARead_costsOneMoreRead() throws Exception {
        ReadLease first = read("reader", Orders.NONE);
        List<Future<Turn>> turns = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                String invocation = "change-" + i;
                turns.add(threads.submit(() -> request(invocation)));
            }
        }
        for (Future<Turn> turn : turns) {
            assertThat(turn.get()).asInstanceOf(type(Turn.Covered.class)).returns(false, Turn.Covered::byRunningRead);
        }

        ReadLease second = readAgain(first);

        assertThat(second.covers()).isEqualTo(1001);
        assertThat(requests.complete(second, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void request_whenManyComeAtOnceAndReadersWork_nothingStaysUncovered() throws Exception {
        ReadRequests live = requests(InstantSource.system());
        List<Future<List<ReadLease>>> works = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                String invocation = "change-" + i;
                works.add(threads.submit(() -> work(live, invocation)));
            }
        }
        List<ReadLease> reads = new ArrayList<>();
        for (Future<List<ReadLease>> work : works) {
            reads.addAll(work.get());
        }

        assertThat(reads).extracting(ReadLease::version).doesNotHaveDuplicates();
        assertThat(reads).extracting(ReadLease::covers).doesNotHaveDuplicates().contains(100L);
        assertThat(item().owner()).isEmpty();
        assertThat(item().number("done")).isEqualTo(100);
    }

    @Test
    void version_whenTheClockStandsStillOrGoesBack_rises() {
        List<Long> versions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ReadLease read = read("i" + i, Orders.NONE);
            versions.add(read.version());
            request("more" + i);
            ReadLease again = readAgain(read);
            versions.add(again.version());
            requests.complete(again, MINUTE);
            clock.move(i < 3 ? Duration.ZERO : Duration.ofHours(-1));
        }

        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void version_whenTheTableWasLost_isStillHigher() {
        ReadLease before = read("a", Orders.NONE);
        requests.complete(before, MINUTE);
        loseTheTable();
        clock.move(Duration.ofMillis(1));

        assertThat(read("b", Orders.NONE).version()).isGreaterThan(before.version());
    }

    @Test
    void complete_whenTheTableWasLost_isTakenOver() {
        ReadLease read = read("a", Orders.NONE);
        loseTheTable();

        assertThat(requests.complete(read, MINUTE)).isEqualTo(new Next.TakenOver());
        clock.move(Duration.ofMillis(1));
        assertThat(read("b", Orders.NONE).version()).isGreaterThan(read.version());
    }

    @Test
    void request_whenItsOwnEarlierAttemptDied_takesOverAtOnce() {
        ReadLease dead = read("a", FULL_SYNC);

        ReadLease retry = read("a", FULL_SYNC);

        assertThat(retry.owner()).isNotEqualTo(dead.owner());
        assertThat(retry.version()).isGreaterThan(dead.version());
        assertThat(requests.complete(dead, MINUTE)).isEqualTo(new Next.TakenOver());
        assertThat(requests.complete(retry, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void request_whenTheReaderDied_isCoveredUntilTheLeaseRunsOutAndThenReads() {
        ReadLease dead = read("a", FULL_SYNC);
        clock.move(MINUTE.minusMillis(1));
        assertThat(request("b")).isInstanceOf(Turn.Covered.class);
        clock.move(Duration.ofMillis(1));

        ReadLease read = read("c", Orders.NONE);

        assertThat(read.covers()).isEqualTo(3);
        assertThat(read.coversOthers()).isTrue();
        assertThat(read.version()).isGreaterThan(dead.version());
        assertThat(read.orders()).isEqualTo(FULL_SYNC);
    }

    @Test
    void request_whenItsEarlierAttemptDiedAndAnotherTookOver_comesAgain() {
        read("dead", Orders.NONE);
        clock.move(MINUTE);
        ReadLease other = read("other", Orders.NONE);

        assertThat(request("dead")).isEqualTo(new Turn.ComeAgain(other.until()));
    }

    @Test
    void request_whenItsEarlierAttemptWasAbandonedAndAnotherReads_comesAgain() {
        requests.abandon(read("a", Orders.NONE));
        ReadLease other = read("b", Orders.NONE);

        assertThat(request("a")).isEqualTo(new Turn.ComeAgain(other.until()));

        ReadLease again = readAgain(other);
        assertThat(requests.complete(again, MINUTE)).isEqualTo(new Next.Done());
        read("a", Orders.NONE);
    }

    @Test
    void request_whenItsAttemptFailedBeforeAReadThatIsDone_isCoveredLikeAnyOther() {
        requests.abandon(read("a", Orders.NONE));
        ReadLease other = read("b", Orders.NONE);
        request("c");
        readAgain(other);

        assertThat(request("a")).isInstanceOf(Turn.Covered.class);
    }

    @Test
    void handOver_leavesTheReadAndItsOrdersToTheNextRequest() {
        ReadLease first = read("a", Orders.NONE);
        requests.request("b", FULL_SYNC, MINUTE);

        requests.handOver(readAgain(first));

        ReadLease next = read("c", Orders.NONE);
        assertThat(next.orders()).isEqualTo(FULL_SYNC);
        assertThat(next.coversOthers()).isTrue();
        assertThat(request("a")).isInstanceOf(Turn.Covered.class);
    }

    @Test
    void request_whenItsEarlierAttemptWasAbandonedAndNobodyReads_reads() {
        requests.abandon(read("a", MASS_DELETION));

        ReadLease retry = read("a", Orders.NONE);

        assertThat(retry.covers()).isEqualTo(2);
        assertThat(retry.orders()).isEqualTo(MASS_DELETION);
    }

    @Test
    void abandon_whenReadsFailForMonths_keepsTheItemSmall() {
        for (int i = 0; i < 250; i++) {
            requests.abandon(read("failing-" + i, Orders.NONE));
        }

        assertThat(item().size("failed")).isBetween(1, 101);
    }

    @Test
    void request_whenReadersDieForMonths_keepsTheItemSmall() {
        for (int i = 0; i < 250; i++) {
            read("dying-" + i, Orders.NONE);
            clock.move(MINUTE);
        }

        assertThat(item().size("failed")).isBetween(1, 101);
    }

    @Test
    void request_whenTheItemHasAnOwnerAndNoEnd_takesOver() {
        dynamoDb.putItem(put -> put.tableName(DynamoDbTestServer.TABLE)
                .item(Map.of(
                        "pk", AttributeValue.fromS("read#" + scope), "owner", AttributeValue.fromS("edited by hand"))));

        assertThat(request("a")).isInstanceOf(Turn.Read.class);
    }

    @Test
    void orders_whenTheirRequestWasCovered_areCarriedByTheNextReadOnce() {
        ReadLease first = read("a", Orders.NONE);
        requests.request("b", FULL_SYNC, MINUTE);
        requests.request("c", MASS_DELETION, MINUTE);
        request("d");

        ReadLease second = readAgain(first);
        assertThat(second.orders()).isEqualTo(new Orders(true, true));
        request("e");
        ReadLease third = readAgain(second);
        assertThat(third.orders()).isEqualTo(Orders.NONE);
        assertThat(requests.complete(third, MINUTE)).isEqualTo(new Next.Done());

        assertThat(read("f", Orders.NONE).orders()).isEqualTo(Orders.NONE);
    }

    @Test
    void orders_whenTheReadThatCarriedThemFailed_areCarriedAgain() {
        ReadLease first = read("a", Orders.NONE);
        requests.request("b", FULL_SYNC, MINUTE);
        ReadLease second = readAgain(first);
        requests.abandon(second);

        ReadLease retry = read("a", Orders.NONE);

        assertThat(retry.orders()).isEqualTo(FULL_SYNC);
        assertThat(requests.complete(retry, MINUTE)).isEqualTo(new Next.Done());
        assertThat(read("c", Orders.NONE).orders()).isEqualTo(Orders.NONE);
    }

    @Test
    void complete_whenTakenOverDuringTheRead_leavesTheNewReadersLease() {
        ReadLease paused = read("a", Orders.NONE);
        clock.move(MINUTE);
        ReadLease other = read("b", Orders.NONE);

        assertThat(requests.complete(paused, MINUTE)).isEqualTo(new Next.TakenOver());
        requests.abandon(paused);

        assertThat(request("c")).isInstanceOf(Turn.Covered.class);
        assertThat(readAgain(other).covers()).isEqualTo(3);
    }

    @Test
    void complete_whenTheLeaseRanOutAndNobodyTookOver_isDone() {
        ReadLease read = read("a", Orders.NONE);
        clock.move(MINUTE.multipliedBy(2));

        assertThat(requests.complete(read, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void request_whenTheAnswerToItsCountIsLost_isCountedTwiceAndReadOnce() {
        answers.loseNext("requests = if_not_exists");
        ReadLease read = read("a", FULL_SYNC);

        assertThat(answers.lost()).isOne();
        assertThat(read.covers()).isEqualTo(2);
        assertThat(read.orders()).isEqualTo(FULL_SYNC);
        assertThat(requests.complete(read, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void request_whenTheAnswerToItsLeaseIsLost_recognisesItsOwn() {
        answers.loseNext("covered = requests");
        ReadLease read = read("a", Orders.NONE);

        assertThat(answers.lost()).isOne();
        // Not by a takeover from itself, which would draw another one.
        assertThat(read.version()).isEqualTo(clock.instant().toEpochMilli());
        assertThat(requests.complete(read, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void complete_whenTheAnswerIsLost_isDone() {
        ReadLease read = read("a", Orders.NONE);
        answers.loseNext("REMOVE");

        assertThat(requests.complete(read, MINUTE)).isEqualTo(new Next.Done());
        assertThat(answers.lost()).isOne();
    }

    @Test
    void complete_whenTheAnswerToReadingAgainIsLost_readsAgain() {
        ReadLease first = read("a", Orders.NONE);
        requests.request("b", FULL_SYNC, MINUTE);
        answers.loseNext("SET done = :covered, covered = requests");

        ReadLease second = readAgain(first);

        assertThat(answers.lost()).isOne();
        assertThat(second.covers()).isEqualTo(2);
        assertThat(second.orders()).isEqualTo(FULL_SYNC);
        assertThat(requests.complete(second, MINUTE)).isEqualTo(new Next.Done());
    }

    @Test
    void abandon_whenTheAnswerIsLost_freesTheLeaseAndMarksTheInvocation() {
        ReadLease read = read("a", Orders.NONE);
        answers.loseNext("ADD failed");
        requests.abandon(read);

        assertThat(answers.lost()).isOne();
        read("b", Orders.NONE);
        assertThat(request("a")).isInstanceOf(Turn.ComeAgain.class);
    }

    private ReadRequests requests(InstantSource time) {
        return new ReadRequests(
                dynamoDb,
                DynamoDbTestServer.TABLE,
                scope,
                time,
                () -> UUID.randomUUID().toString());
    }

    private Turn request(String invocation) {
        return requests.request(invocation, Orders.NONE, MINUTE);
    }

    private ReadLease read(String invocation, Orders orders) {
        return switch (requests.request(invocation, orders, MINUTE)) {
            case Turn.Read(ReadLease lease) -> lease;
            case Turn turn -> throw new AssertionError("not to read, but " + turn);
        };
    }

    private ReadLease readAgain(ReadLease read) {
        return switch (requests.complete(read, MINUTE)) {
            case Next.ReadAgain(ReadLease lease) -> lease;
            case Next next -> throw new AssertionError("not to read again, but " + next);
        };
    }

    /** What the producer does with a request, without the reading. */
    private static List<ReadLease> work(ReadRequests requests, String invocation) {
        List<ReadLease> reads = new ArrayList<>();
        if (requests.request(invocation, Orders.NONE, MINUTE) instanceof Turn.Read(ReadLease lease)) {
            reads.add(lease);
            while (requests.complete(reads.getLast(), MINUTE) instanceof Next.ReadAgain(ReadLease again)) {
                reads.add(again);
            }
        }
        return reads;
    }

    private LockItem item() {
        return new LockItem(dynamoDb.getItem(get -> get.tableName(DynamoDbTestServer.TABLE)
                        .consistentRead(true)
                        .key(Map.of("pk", AttributeValue.fromS("read#" + scope))))
                .item());
    }

    private void loseTheTable() {
        dynamoDb.deleteItem(delete ->
                delete.tableName(DynamoDbTestServer.TABLE).key(Map.of("pk", AttributeValue.fromS("read#" + scope))));
    }
}
