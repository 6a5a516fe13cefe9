package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.consumer.ConsumerHandler;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.lambda.AsynchronousInvoker;
import io.github.cloudmapgraph.local.lambda.Function;
import io.github.cloudmapgraph.local.lambda.FunctionName;
import io.github.cloudmapgraph.local.lambda.QueuePoller;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.show.Graph;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.producer.ProducerHandler;
import io.github.cloudmapgraph.snapshot.Scope;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The whole system in this JVM: the servers, the two real handlers, and between them what Lambda and EventBridge do.
 */
final class LocalStack implements AutoCloseable {
    /** As the deployed functions': an invocation knows how long it may take. */
    private static final Duration PRODUCER_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration CONSUMER_TIMEOUT = Duration.ofMinutes(3);

    private final LocalServers servers;
    private final Optional<CloudMapServer> cloudMap;
    private final Driver driver;
    private final SqsClient sqs;
    private final ConsumerHandler consumer;
    private final Function producer;
    private final AsynchronousInvoker events;
    private final QueuePoller poller;
    private final Graph graph;

    private LocalStack(
            LocalServers servers,
            Optional<CloudMapServer> cloudMap,
            Driver driver,
            SqsClient sqs,
            ConsumerHandler consumer,
            Function producer,
            AsynchronousInvoker events,
            QueuePoller poller,
            Graph graph) {
        this.servers = servers;
        this.cloudMap = cloudMap;
        this.driver = driver;
        this.sqs = sqs;
        this.consumer = consumer;
        this.producer = producer;
        this.events = events;
        this.poller = poller;
        this.graph = graph;
    }

    /**
     * Starts everything; the queue is polled, and no read has happened yet.
     *
     * @param log gets the functions' log lines
     * @param afterUpdate runs after each batch that the consumer worked on
     * @throws IOException if a server cannot start; the message says why
     */
    static LocalStack start(LocalOptions options, Source source, PrintStream log, Runnable afterUpdate)
            throws IOException {
        // The endpoint tells its events to an invoker that needs the endpoint's address.
        var invoker = new CompletableFuture<AsynchronousInvoker>();
        Optional<CloudMapServer> cloudMap =
                source.credentials().isPresent() ? Optional.empty() : Optional.of(startCloudMap(options, invoker));
        LocalServers servers;
        try {
            servers = LocalServers.start(options);
        } catch (IOException | RuntimeException e) {
            cloudMap.ifPresent(CloudMapServer::close);
            throw e;
        }
        try {
            return connect(source, servers, cloudMap, invoker, log, afterUpdate);
        } catch (RuntimeException e) {
            servers.close();
            cloudMap.ifPresent(CloudMapServer::close);
            throw e;
        }
    }

    private static CloudMapServer startCloudMap(LocalOptions options, CompletableFuture<AsynchronousInvoker> invoker)
            throws IOException {
        var cloudMapOptions = CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                .withPort(options.port(0))
                .withEvents(event -> invoker.join().send(nonNull(Json.parseObject(event))));
        var folder = options.dataOf("cloudmap");
        return CloudMapServer.start(
                folder.isPresent() ? cloudMapOptions.withDataDirectory(folder.get()) : cloudMapOptions);
    }

    private static LocalStack connect(
            Source source,
            LocalServers servers,
            Optional<CloudMapServer> cloudMap,
            CompletableFuture<AsynchronousInvoker> invoker,
            PrintStream log,
            Runnable afterUpdate) {
        Clock clock = Clock.systemUTC();
        var lines = new Log(log, clock);
        var clients = new AwsClients((service, builder) -> customize(service, builder, source, servers, cloudMap));
        SqsClient sqs = clients.build(SqsClient.class, SqsClient.builder());
        var resources = LocalResources.create(
                sqs,
                clients.build(DynamoDbClient.class, DynamoDbClient.builder()),
                clients.build(S3Client.class, S3Client.builder()));

        String region = source.region().id();
        var producer = new Function(
                new FunctionName(source.account(), region, "cloud-map-graph-producer"),
                new ProducerHandler(resources.producerEnvironment(), clients, clock, log),
                PRODUCER_TIMEOUT,
                clock,
                log);
        var consumer = new ConsumerHandler(
                resources.consumerEnvironment(servers.neo4j().bolt(), Neo4jServer.USER, Neo4jServer.PASSWORD),
                clients,
                clock,
                log);
        var events = new AsynchronousInvoker(producer, lines);
        invoker.complete(events);
        var poller = new QueuePoller(
                sqs,
                resources.queueUrl(),
                resources.queueArn(),
                region,
                new Function(
                        new FunctionName(source.account(), region, "cloud-map-graph-consumer"),
                        consumer,
                        CONSUMER_TIMEOUT,
                        clock,
                        log),
                afterUpdate,
                lines);
        poller.start();
        Driver driver =
                GraphDatabase.driver(servers.neo4j().bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD));
        var graph = new Graph(driver, Scope.of(source.account(), region, "").value());
        return new LocalStack(servers, cloudMap, driver, sqs, consumer, producer, events, poller, graph);
    }

    private static void customize(
            Class<? extends SdkClient> service,
            AwsClientBuilder<?, ?> builder,
            Source source,
            LocalServers servers,
            Optional<CloudMapServer> cloudMap) {
        if (service == ServiceDiscoveryClient.class && cloudMap.isEmpty()) {
            source.customize(builder);
            return;
        }
        URI endpoint;
        if (service == ServiceDiscoveryClient.class) {
            endpoint = cloudMap.orElseThrow().endpoint();
        } else if (service == SqsClient.class) {
            endpoint = servers.sqs().endpoint();
        } else if (service == DynamoDbClient.class) {
            endpoint = servers.dynamoDb().endpoint();
        } else if (service == S3Client.class) {
            endpoint = servers.s3().endpoint();
        } else {
            throw new IllegalArgumentException("the local run has no " + service.getSimpleName());
        }
        LoopbackAws.at(builder, endpoint);
    }

    /** Invokes the producer as a person does, and returns its answer. */
    Map<String, Object> read(Map<String, Object> payload) {
        return producer.invoke(payload, UUID.randomUUID().toString());
    }

    /** Lets the schedule's event come. */
    void sendSchedule() {
        events.send(Map.of("source", "aws.events", "detail-type", "Scheduled Event", "detail", Map.of()));
    }

    Graph graph() {
        return graph;
    }

    LocalServers servers() {
        return servers;
    }

    /** Returns the embedded Cloud Map endpoint; empty where a real account is the source. */
    Optional<CloudMapServer> cloudMap() {
        return cloudMap;
    }

    @Override
    public void close() {
        events.close();
        poller.close();
        consumer.close();
        driver.close();
        sqs.close();
        cloudMap.ifPresent(CloudMapServer::close);
        servers.close();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // As Lambda gives payloads: a JSON null is a Java null there too.
    private static Map<String, Object> nonNull(Map<String, ?> payload) {
        return (Map<String, Object>) payload;
    }
}
