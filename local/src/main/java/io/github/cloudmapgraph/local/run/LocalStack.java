package io.github.cloudmapgraph.local.run;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.deployment.Deployment;
import io.github.cloudmapgraph.local.deployment.DeploymentOptions;
import io.github.cloudmapgraph.local.deployment.Endpoints;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.show.Graph;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** The whole system in this JVM: the servers, and one deployment on them. */
final class LocalStack implements AutoCloseable {
    private final LocalServers servers;
    private final Optional<CloudMapServer> cloudMap;
    private final Deployment deployment;
    private final Driver driver;
    private final Graph graph;

    private LocalStack(
            LocalServers servers,
            Optional<CloudMapServer> cloudMap,
            Deployment deployment,
            Driver driver,
            Graph graph) {
        this.servers = servers;
        this.cloudMap = cloudMap;
        this.deployment = deployment;
        this.driver = driver;
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
        // The endpoint sends its events to a deployment that needs the endpoint's address.
        var deployment = new CompletableFuture<Deployment>();
        Optional<CloudMapServer> cloudMap =
                source.credentials().isPresent() ? Optional.empty() : Optional.of(startCloudMap(options, deployment));
        LocalServers servers;
        try {
            servers = LocalServers.start(options);
        } catch (IOException | RuntimeException e) {
            cloudMap.ifPresent(CloudMapServer::close);
            throw e;
        }
        try {
            var deploymentOptions =
                    DeploymentOptions.of(source.account(), source.region().id());
            deployment.complete(
                    Deployment.start(deploymentOptions, endpoints(source, servers, cloudMap), log, afterUpdate));
            Driver driver = GraphDatabase.driver(
                    servers.neo4j().bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD));
            return new LocalStack(
                    servers,
                    cloudMap,
                    deployment.join(),
                    driver,
                    new Graph(driver, deploymentOptions.scope().value()));
        } catch (RuntimeException e) {
            servers.close();
            cloudMap.ifPresent(CloudMapServer::close);
            throw e;
        }
    }

    private static CloudMapServer startCloudMap(LocalOptions options, CompletableFuture<Deployment> deployment)
            throws IOException {
        var cloudMapOptions = CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                .withPort(options.port(0))
                .withEvents(event -> deployment.join().send(nonNull(Json.parseObject(event))));
        var folder = options.dataOf("cloudmap");
        return CloudMapServer.start(
                folder.isPresent() ? cloudMapOptions.withDataDirectory(folder.get()) : cloudMapOptions);
    }

    private static Endpoints endpoints(Source source, LocalServers servers, Optional<CloudMapServer> cloudMap) {
        return new Endpoints(
                builder -> pointAtCloudMap(builder, source, cloudMap),
                servers.sqs().endpoint(),
                servers.dynamoDb().endpoint(),
                servers.s3().endpoint(),
                servers.neo4j().bolt());
    }

    private static void pointAtCloudMap(
            AwsClientBuilder<?, ?> builder, Source source, Optional<CloudMapServer> cloudMap) {
        if (cloudMap.isPresent()) {
            LoopbackAws.at(builder, cloudMap.get().endpoint());
        } else {
            source.customize(builder);
        }
    }

    /** Invokes the producer as a person does, and returns its answer. */
    Map<String, Object> read(Map<String, Object> payload) {
        return deployment.read(payload);
    }

    /** Lets the schedule's event come. */
    void sendSchedule() {
        deployment.send(Map.of("source", "aws.events", "detail-type", "Scheduled Event", "detail", Map.of()));
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
        deployment.close();
        driver.close();
        cloudMap.ifPresent(CloudMapServer::close);
        servers.close();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // As Lambda gives payloads: a JSON null is a Java null there too.
    private static Map<String, Object> nonNull(Map<String, ?> payload) {
        return (Map<String, Object>) payload;
    }
}
