package io.github.cloudmapgraph.benchmarks.read;

import io.github.cloudmapgraph.producer.read.Reading;
import io.github.cloudmapgraph.producer.read.RecentChange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The live heap of a read.
 *
 * @param snapshotBytes what is left of it at the end: the snapshot
 * @param mostBesideBytes the most that was live, at nine moments of the read, beside the share of the snapshot that was
 *     read by then
 */
record Memory(long snapshotBytes, long mostBesideBytes) {
    /** It is looked at after each of these parts of the services but the last. */
    private static final int PARTS = 10;

    private record Moment(long servicesRead, long liveBytes) {}

    /** Measures, with no rates and no latency: the heap does not depend on how long it takes. */
    static Memory of(Size size) throws IOException, InterruptedException, ExecutionException {
        try (var stage = new Stage(size, OptionalInt.empty(), options -> options);
                var threads = Executors.newSingleThreadExecutor()) {
            // The first read makes the connections, and loads the classes.
            stage.read(new RecentChange.None());
            stage.server().requests().reset();
            long before = liveBytes();
            List<Moment> moments = new ArrayList<>();
            Callable<Reading> read = () -> stage.read(new RecentChange.None());
            Future<Reading> running = threads.submit(read);
            for (int i = 1; i < PARTS; i++) {
                awaitServices(stage, (long) size.services() * i / PARTS, running);
                moments.add(new Moment(servicesRead(stage), liveBytes() - before));
            }
            Reading reading = running.get();
            long snapshot;
            try {
                snapshot = liveBytes() - before;
            } finally {
                Reference.reachabilityFence(reading);
            }
            return new Memory(
                    snapshot,
                    moments.stream()
                            .mapToLong(
                                    moment -> moment.liveBytes() - snapshot * moment.servicesRead() / size.services())
                            .max()
                            .orElseThrow());
        }
    }

    /** Its last call is made. */
    private static long servicesRead(Stage stage) {
        return stage.server().requests().of("GetServiceAttributes");
    }

    private static void awaitServices(Stage stage, long services, Future<?> read) throws InterruptedException {
        while (servicesRead(stage) < services && !read.isDone()) {
            Thread.sleep(1);
        }
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
