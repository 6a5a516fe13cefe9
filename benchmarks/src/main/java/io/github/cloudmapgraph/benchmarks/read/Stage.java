package io.github.cloudmapgraph.benchmarks.read;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.producer.read.CloudMap;
import io.github.cloudmapgraph.producer.read.Deadline;
import io.github.cloudmapgraph.producer.read.Reading;
import io.github.cloudmapgraph.producer.read.RecentChange;
import io.github.cloudmapgraph.producer.read.Warnings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** An endpoint that holds a registry, with all of its buckets full, and the producer's reader of it. */
final class Stage implements AutoCloseable {
    private static final CloudMapOptions.Quotas WIDE = new CloudMapOptions.Quotas(50, 1_000_000, 1_000);

    /** As the function's own. */
    private static final int CONCURRENCY = 32;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CloudMapServer server;
    private final CloudMap cloudMap;
    private final Warnings warnings = new Warnings(new Log(System.err, InstantSource.system()));

    Stage(Size size, OptionalInt ratePercent, UnaryOperator<CloudMapOptions> options) throws IOException {
        server = CloudMapServer.start(
                options.apply(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                        .withQuotas(WIDE)));
        server.load(RegistryFile.parse(size.toString(), size.registry()));
        cloudMap = new CloudMap(
                new AwsClients((_, builder) -> LoopbackAws.at(builder, server.endpoint())),
                List.of(),
                CONCURRENCY,
                ratePercent,
                System::nanoTime);
    }

    CloudMapServer server() {
        return server;
    }

    Reading read(RecentChange change) {
        return cloudMap.read(LoopbackAws.ACCOUNT, change, Deadline.in(PATIENCE, System::nanoTime), warnings);
    }

    @Override
    public void close() {
        server.close();
    }
}
