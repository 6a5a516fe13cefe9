package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.producer.check.ResourceCheck;
import io.github.cloudmapgraph.producer.read.CloudMap;
import io.github.cloudmapgraph.producer.read.Deadline;
import io.github.cloudmapgraph.producer.read.RecentChange;
import io.github.cloudmapgraph.producer.read.Warnings;
import io.github.cloudmapgraph.snapstart.MadeUpSnapshots;
import io.github.cloudmapgraph.snapstart.SnapStart;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What an invocation does, without its effects: it tries the queue, the lock table and the bucket as the check does,
 * reads Cloud Map, and writes snapshots that it sends to nobody.
 *
 * <p>Its clients are its own, those of the invocations are as new after it; Cloud Map's is one for all times, since its
 * token buckets are what holds the calls below the rates.
 */
final class ProducerRehearsal implements SnapStart.Rehearsal {
    /**
     * Nobody knows the account before the first invocation. So all namespaces are read as those of other accounts are:
     * by their ARNs, with their owners' accounts.
     */
    private static final String NO_ACCOUNT = "";

    private final AwsClients clients;
    private final Supplier<ProducerSettings> settings;
    private final InstantSource clock;
    private final Supplier<CloudMap> cloudMap;
    private boolean afterChange;

    ProducerRehearsal(AwsClients clients, Supplier<ProducerSettings> settings, InstantSource clock) {
        this.clients = clients;
        this.settings = settings;
        this.clock = clock;
        this.cloudMap = new Connections(clients, settings)::cloudMap;
    }

    @Override
    public void play(Duration timeLeft) {
        Deadline deadline = Deadline.in(timeLeft, System::nanoTime);
        ProducerSettings valid = settings.get();
        tryResources(valid, new Connections(clients, settings));
        read(deadline);
        var writer = new SnapshotWriter(ProducerRehearsal::nothingIsStored, "", valid.maxMessageBytes());
        MadeUpSnapshots.beforeAndAfter().forEach(writer::write);
    }

    /** What fails of this, the check tells: it is part of setting the function up. */
    private static void tryResources(ProducerSettings valid, Connections connections) {
        var resources = new ResourceCheck(new CheckReport());
        resources.queue(connections.sqs(), valid.queueUrl(), valid.maxMessageBytes());
        resources.lockTable(connections.dynamoDb(), valid.lockTable());
        if (!valid.bucket().isEmpty()) {
            resources.bucket(connections.s3(), valid.bucket());
        }
    }

    /** As after a change and as by the schedule, in turn: the instances are read by other operations. */
    private void read(Deadline deadline) {
        afterChange = !afterChange;
        RecentChange change = afterChange ? new RecentChange.Anywhere() : new RecentChange.None();
        var unheard = new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), clock);
        try {
            cloudMap.get().read(NO_ACCOUNT, change, deadline, new Warnings(unheard));
        } catch (IllegalStateException e) {
            // The registry is larger than the time; what was read of it is enough.
        }
    }

    private static S3Client nothingIsStored() {
        throw new IllegalStateException("a rehearsal stores nothing");
    }
}
