package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.message.BadMessages.Kind;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.testservers.TestAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Thousands of spoilt messages, each refused with its reason or read as what it says.
 *
 * <p>A failure names kind and seed; {@code -Dseed=N} runs that seed alone, {@code -Dcases=N} more or fewer of each
 * kind.
 */
class BadMessagesTest {
    private static final com.sun.management.ThreadMXBean THREAD =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a message may allocate, garbage included: this, and so much a character. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final long MOST_BYTES_A_CHARACTER = 64;

    /** Of processor time, so that a busy machine fails no test; one case takes far less than a millisecond. */
    private static final Duration MOST_TIME = Duration.ofSeconds(5);

    /** The others may leave a message that says something else, and says it right. */
    private static final Set<Kind> ALWAYS_REFUSED =
            EnumSet.of(Kind.TRUNCATED, Kind.WRONG_DIGEST, Kind.EMPTY, Kind.NOT_JSON);

    private static final S3Client UNUSED = unused();
    private static final List<String> REAL = real();

    private final SnapshotReader reader = new SnapshotReader(UNUSED, "");

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void read_refusesOrReadsWhatItSays(Kind kind, TestReporter reporter) {
        int cases = Integer.getInteger("cases", 400);
        Long chosen = Long.getLong("seed");
        long first = chosen == null ? 1 : chosen;
        long last = chosen == null ? cases : chosen;
        int read = 0;
        long start = System.nanoTime();
        long reading = 0;
        for (long seed = first; seed <= last; seed++) {
            String body = new BadMessages(seed * 1_000 + kind.name().hashCode()).spoil(kind, REAL.get((int)
                    Math.floorMod(seed, (long) REAL.size())));
            long before = System.nanoTime();
            read += reads(body, kind + ", seed " + seed) ? 1 : 0;
            reading += System.nanoTime() - before;
        }
        if (ALWAYS_REFUSED.contains(kind)) {
            assertThat(read).as("messages that were read").isZero();
        }
        reporter.publishEntry(Map.of(
                "kind", kind.name(),
                "cases", Long.toString(last - first + 1),
                "read as what they say", Integer.toString(read),
                "cases a second", Long.toString((last - first + 1) * 1_000_000_000 / Math.max(1, reading)),
                "ms", Long.toString((System.nanoTime() - start) / 1_000_000)));
    }

    /** Tells whether it was read. */
    private boolean reads(String body, String as) {
        long bytes = THREAD.getCurrentThreadAllocatedBytes();
        long time = THREAD.getCurrentThreadCpuTime();
        Object result = result(body);
        assertThat(THREAD.getCurrentThreadCpuTime() - time)
                .as("nanoseconds, %s", as)
                .isLessThan(MOST_TIME.toNanos());
        assertThat(THREAD.getCurrentThreadAllocatedBytes() - bytes)
                .as("bytes allocated, %s", as)
                .isLessThan(MOST_BYTES + MOST_BYTES_A_CHARACTER * body.length());
        if (result instanceof Throwable refusal) {
            Verdicts.assertReason(refusal, as);
            return false;
        }
        String content = Json.write(
                Map.of("v", Objects.requireNonNull(Json.parseObject(body).get("content"))));
        assertThat(result)
                .as(as)
                .isEqualTo(Verdicts.said(body, content.substring("{\"v\":".length(), content.length() - 1)));
        assertThat(((Snapshot) result).registry().counts()).as(as).isEqualTo(Verdicts.saidCounts(body));
        return true;
    }

    /** A snapshot, or whatever was thrown: a stack that overflows would end the invocation as well. */
    private Object result(String body) {
        try {
            return reader.read(EnvelopeReader.read(body));
        } catch (Throwable e) {
            return e;
        }
    }

    /** Messages of the folder {@code events}, of random registries, and one of some size. */
    private static List<String> real() {
        List<String> real = new ArrayList<>();
        for (String file : List.of("one-snapshot", "three-versions", "stored-snapshot")) {
            try {
                String event = Files.readString(Path.of("..", "events", "sqs-batch-" + file + ".json"));
                for (Object message :
                        (List<?>) Objects.requireNonNull(Json.parseObject(event).get("Records"))) {
                    real.add(String.valueOf(((Map<?, ?>) message).get("body")));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var writer = new SnapshotWriter(UNUSED, "", Integer.MAX_VALUE);
        for (long seed = 1; seed <= 15; seed++) {
            real.add(writer.write(new Snapshot(Messages.HEADER, new RandomRegistries(seed).registry()))
                    .text());
        }
        real.add(writer.write(Messages.snapshot(50)).text());
        return real;
    }

    private static S3Client unused() {
        TestAws.configure();
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
