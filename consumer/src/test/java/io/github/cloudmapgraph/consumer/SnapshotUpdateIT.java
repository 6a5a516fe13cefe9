package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.consumer.neo4j.Neo4jConnection;
import io.github.cloudmapgraph.consumer.neo4j.SecretAccess;
import io.github.cloudmapgraph.consumer.servers.ServersForTests;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.message.EnvelopeReader;
import io.github.cloudmapgraph.message.SnapshotReader;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.message.UnreadableMessageException;
import io.github.cloudmapgraph.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What no server does on demand: a connection that breaks, a memory that is full. */
class SnapshotUpdateIT {
    private static final Duration TIME_LEFT = Duration.ofSeconds(150);

    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        assertThat(deployment.isLocked()).isFalse();
        // A value of each snapshot's instances.
        assertThat(deployment.log()).doesNotContain("10.0.0.7", Deployment.PASSWORD);
        deployment.close();
    }

    @Test
    void apply_waitsAsInAnOutage_whenTheConnectionToTheBucketBreaks() throws Exception {
        List<LatestWins.Result> results = work(() -> {
            throw new IOException("Connection reset");
        });

        assertThat(results.getFirst().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Stays.class,
                        stays -> assertThat(stays.obstacle())
                                .isInstanceOf(Obstacle.Outage.class)
                                .extracting(Obstacle::reason)
                                .asString()
                                .startsWith("the bucket cannot be read: "));
        assertTheOlderOneIsApplied(results);
    }

    @Test
    void apply_goesOnWithTheRest_whenASnapshotDoesNotFitIntoMemory() throws Exception {
        List<LatestWins.Result> results = work(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        Waiting stored = results.getFirst().waiting();
        assertThat(results.getFirst().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Stays.class,
                        stays -> assertThat(stays.obstacle())
                                .isInstanceOf(Obstacle.Failure.class)
                                .extracting(Obstacle::reason)
                                .asString()
                                .startsWith("it does not fit into memory: content_bytes is "
                                        + stored.envelope().contentBytes() + ","));
        assertTheOlderOneIsApplied(results);
    }

    private void assertTheOlderOneIsApplied(List<LatestWins.Result> results) {
        assertThat(results.getLast().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Ended.class,
                        ended -> assertThat(ended.outcome()).isInstanceOf(Outcome.Applied.class));
        assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).hasSize(2);
    }

    /** Works off version 3, which is stored and read from a stream that does {@code reading}, and version 2. */
    private List<LatestWins.Result> work(Reading reading) throws UnreadableMessageException {
        try (S3Client s3 = brokenBucket(reading);
                var secrets = ServersForTests.AWS.build(SecretsManagerClient.class, SecretsManagerClient.builder())) {
            var settings = ConsumerSettings.read(deployment.environment);
            var log = new Log(deployment.logStream, InstantSource.system());
            try (var neo4j = new Neo4jConnection(
                    new SecretAccess(secrets, deployment.name), settings.graph(), InstantSource.system(), log)) {
                var update = new SnapshotUpdate(
                        deployment.lock(),
                        new SnapshotReader(s3, deployment.name),
                        neo4j,
                        new DeadLetterQueue(() -> deployment.sqs, deployment.deadLetters, log),
                        settings,
                        InstantSource.system(),
                        log);
                return LatestWins.work(
                        List.of(
                                waiting("stored", ExampleSnapshots.version(3), 1),
                                waiting("inline", ExampleSnapshots.version(2), 1_048_576)),
                        each -> update.apply(each, TIME_LEFT));
            }
        }
    }

    private Waiting waiting(String id, Snapshot snapshot, int mostBytes) throws UnreadableMessageException {
        String body = new SnapshotWriter(deployment.s3, deployment.name, mostBytes)
                .write(snapshot)
                .text();
        return new Waiting(new QueueMessage(id, "receipt", body, 1, Optional.empty()), EnvelopeReader.read(body));
    }

    private static S3Client brokenBucket(Reading reading) {
        var interceptor = new ExecutionInterceptor() {
            @Override
            public Optional<InputStream> modifyHttpResponseContent(
                    Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
                return context.request() instanceof GetObjectRequest
                        ? Optional.of(new BrokenStream(reading))
                        : context.responseBody();
            }
        };
        return ServersForTests.AWS.build(
                S3Client.class,
                S3Client.builder(),
                ClientOverrideConfiguration.builder()
                        .addExecutionInterceptor(interceptor)
                        .build());
    }

    /** What reading from the bucket does. */
    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }

    private static final class BrokenStream extends InputStream {
        private final Reading reading;

        BrokenStream(Reading reading) {
            this.reading = reading;
        }

        @Override
        public int read() throws IOException {
            return reading.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return reading.read();
        }
    }
}
