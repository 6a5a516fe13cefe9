package io.github.cloudmapgraph.local.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.List$;
import scalikejdbc.ConnectionPool;

/**
 * An SQS server (ElasticMQ), with queues and messages in memory or in a database file. Queues are made through the API.
 *
 * <p>ElasticMQ keeps its database connection in a static field: a JVM holds any number of servers in memory, but only
 * one at a time that has a directory.
 */
public final class SqsServer implements AutoCloseable {

    private static final String NAME = "The SQS server";

    /** Whether a server with a directory runs: a second one would turn the first one's writes to its own file. */
    private static final AtomicBoolean ON_DISK = new AtomicBoolean();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ActorSystem actors;
    private final Optional<ActorRef> persistence;
    private final SQSRestServer server;
    private final int port;

    private SqsServer(ActorSystem actors, Optional<ActorRef> persistence, SQSRestServer server) {
        this.actors = actors;
        this.persistence = persistence;
        this.server = server;
        this.port = server.waitUntilStarted().localAddress().getPort();
    }

    /**
     * Starts it with queues and messages in memory.
     *
     * @param port 0 for any
     */
    public static SqsServer start(int port) throws IOException {
        return start(port, Optional.empty());
    }

    /**
     * Starts it with queues and messages in a directory, which is made where it is missing.
     *
     * @param port 0 for any
     */
    public static SqsServer start(int port, Path data) throws IOException {
        SqlQueuePersistenceConfig database = database(Files.createDirectories(data));
        // Tried first: the actor that opens it does not say why it could not.
        try (var connection = DriverManager.getConnection(database.uri())) {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            throw new IOException("%s cannot use %s: %s".formatted(NAME, data, e.getMessage()), e);
        }
        if (!ON_DISK.compareAndSet(false, true)) {
            throw new IOException(NAME + " can have one directory at a time in a JVM, and one is in use.");
        }
        try {
            connect(database);
            return start(port, Optional.of(database));
        } catch (IOException e) {
            disconnect();
            throw e;
        }
    }

    private static SqsServer start(int port, Optional<SqlQueuePersistenceConfig> database) throws IOException {
        ServerLogs.problemsOnly();
        Loopback.requireFree(NAME, port);
        ActorSystem actors = ActorSystem.create("sqs");
        try {
            var limits = StrictSQSLimits$.MODULE$;
            Optional<ActorRef> persistence = database.map(config -> actors.actorOf(
                    Props.create(SqlQueuePersistenceActor.class, config, List$.MODULE$.empty()), "persistence"));
            ActorRef queues = actors.actorOf(
                    Props.create(
                            QueueManagerActor.class, new NowProvider(), limits, Option.apply(persistence.orElse(null))),
                    "queues");
            if (persistence.isPresent()) {
                await(Patterns.ask(persistence.get(), new QueueEvent.Restore(queues), PATIENCE));
            }
            var builder = SQSRestServerBuilder.withActorSystem(actors)
                    .withQueueManagerActor(queues)
                    .withInterface(Loopback.HOST)
                    .withPort(port)
                    .withSQSLimits(limits)
                    .withAWSRegion(LoopbackAws.REGION.id())
                    .withAWSAccountId(LoopbackAws.ACCOUNT);
            return new SqsServer(
                    actors,
                    persistence,
                    persistence
                            .map(builder::withQueueEventListener)
                            .orElse(builder)
                            .start());
        } catch (RuntimeException | IOException e) {
            actors.terminate();
            throw new IOException(NAME + " did not start: " + e.getMessage(), e);
        }
    }

    private static SqlQueuePersistenceConfig database(Path data) {
        String file = data.toAbsolutePath().resolve("sqs").toString();
        return new SqlQueuePersistenceConfig(true, "org.h2.Driver", "jdbc:h2:file:" + file, "", "", false);
    }

    /** ElasticMQ does it only once in the life of a JVM: a later server would write to the first one's file. */
    private static void connect(SqlQueuePersistenceConfig database) {
        String uri = database.uri();
        String user = database.username();
        String password = database.password();
        // Scala's defaults of the two last parameters.
        var settings = ConnectionPool.singleton$default$4();
        var factory = ConnectionPool.singleton$default$5(uri, user, password, settings);
        ConnectionPool.singleton(uri, user, password, settings, factory);
    }

    /** Gives the database file free, which ElasticMQ never does. */
    private static void disconnect() {
        ConnectionPool.closeAll();
        ON_DISK.set(false);
    }

    public URI endpoint() {
        return Loopback.http(port);
    }

    @Override
    public void close() {
        try {
            server.stopAndWait();
            if (persistence.isPresent()) {
                // Its mailbox is worked off first: what was answered to a client is on disk.
                await(Patterns.gracefulStop(persistence.get(), PATIENCE));
            }
            actors.terminate();
            await(actors.getWhenTerminated());
        } catch (IOException e) {
            throw new IllegalStateException(NAME + " did not stop: " + e.getMessage(), e);
        } finally {
            if (persistence.isPresent()) {
                disconnect();
            }
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
