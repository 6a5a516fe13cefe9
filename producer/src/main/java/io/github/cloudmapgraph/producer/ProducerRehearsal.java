package io.github.cloudmapgraph.producer;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.check.CheckReport;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.producer.check.ResourceCheck;
import io.github.cloudmapgraph.producer.read.Deadline;
import io.github.cloudmapgraph.producer.read.RecentChange;
import io.github.cloudmapgraph.producer.read.TooLateException;
import io.github.cloudmapgraph.producer.read.Warnings;
import io.github.cloudmapgraph.snapstart.MadeUpSnapshots;
import io.github.cloudmapgraph.snapstart.SnapStart;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What an invocation does, without its effects: it tries the queue, the lock table and the bucket as the check does,
 * reads Cloud Map, and writes snapshots that it sends to nobody.
 *
 * <p>Its clients are its own, so that those of the invocations are as new after it. Cloud Map's is one for all times:
 * its token buckets are what holds the calls below the rates.
 */
final class ProducerRehearsal implements SnapStart.Rehearsal {
    /** The queue's URL is {@code https://sqs.REGION.amazonaws.com/ACCOUNT/NAME}. */
    private static final Pattern ACCOUNT = Pattern.compile("^https?://[^/]+/(\\d{12})/");

    private final AwsClients clients;
    private final Supplier<ProducerSettings> settings;
    private final InstantSource clock;
    private final Connections lasting;
    private boolean afterChange;

    ProducerRehearsal(AwsClients clients, Supplier<ProducerSettings> settings, InstantSource clock) {
        this.clients = clients;
        this.settings = settings;
        this.clock = clock;
        this.lasting = new Connections(clients, settings);
    }

    @Override
    public void play(Duration timeLeft) {
        Deadline deadline = Deadline.in(timeLeft, System::nanoTime);
        ProducerSettings valid = settings.get();
        try (var connections = new Connections(clients, settings)) {
            tryResources(valid, connections);
        }
        var writer = new SnapshotWriter(ProducerRehearsal::nothingIsStored, "", valid.maxMessageBytes());
        MadeUpSnapshots.beforeAndAfter().forEach(writer::write);
        read(valid, deadline);
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

    /** As by the schedule and as after a change, in turn: the instances are read by other operations. */
    private void read(ProducerSettings valid, Deadline deadline) {
        RecentChange change = afterChange ? new RecentChange.Anywhere() : new RecentChange.None();
        afterChange = !afterChange;
        var unheard = new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), clock);
        try {
            lasting.cloudMap().read(account(valid), change, deadline, new Warnings(unheard));
        } catch (TooLateException e) {
            // The registry is larger than the time; what was read of it is enough.
        }
    }

    /** Returns the account, which an invocation tells and a start does not; empty at a queue that is not AWS's. */
    private static String account(ProducerSettings valid) {
        Matcher url = ACCOUNT.matcher(valid.queueUrl());
        return url.find() ? url.group(1) : "";
    }

    private static S3Client nothingIsStored() {
        throw new IllegalStateException("a rehearsal stores nothing");
    }

    @Override
    public void close() {
        lasting.close();
    }
}
