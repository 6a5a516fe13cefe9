package io.github.cloudmapgraph.benchmarks.flow;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.cloudmap.CloudMapServer;
import io.github.cloudmapgraph.local.cloudmap.RegistryFile;
import io.github.cloudmapgraph.local.deployment.Deployment;
import io.github.cloudmapgraph.local.deployment.DeploymentOptions;
import io.github.cloudmapgraph.local.deployment.Endpoints;
import io.github.cloudmapgraph.local.servers.DynamoDbServer;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import io.github.cloudmapgraph.local.servers.Neo4jServer;
import io.github.cloudmapgraph.local.servers.S3Server;
import io.github.cloudmapgraph.local.servers.SqsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/** The local stack as {@code ./run-local} starts it: all servers and both functions in this JVM. */
final class Stack implements AutoCloseable {
    /** As {@code ./run-local} has it. */
    static final Duration OPERATION_DELAY = Duration.ofMillis(200);

    private final Neo4jServer neo4j = Neo4jServer.start(0, 0);
    private final SqsServer sqs = SqsServer.start(0);
    private final DynamoDbServer dynamoDb = DynamoDbServer.start(0);
    private final S3Server s3 = S3Server.start(0);
    private final PrintStream log;
    private final Deployment deployment;

    final CloudMapServer server;
    final ServiceDiscoveryClient cloudMap;
    final Driver driver;

    /**
     * Starts it, with a graph that equals the registry.
     *
     * @param log gets the functions' log lines
     */
    Stack(String registry, Path log) throws IOException {
        OutputStream file = Files.newOutputStream(log);
        this.log = new PrintStream(file, true, StandardCharsets.UTF_8);
        var started = new CompletableFuture<Deployment>();
        server =
                CloudMapServer.start(CloudMapOptions.of(Clock.systemUTC(), LoopbackAws.ACCOUNT, LoopbackAws.REGION.id())
                        .withOperationDelay(OPERATION_DELAY)
                        .withEvents(event -> started.join().send(payload(event))));
        server.load(RegistryFile.parse("registry", registry));
        cloudMap = new AwsClients((_, builder) -> LoopbackAws.at(builder, server.endpoint()))
                .build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder());
        driver = GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(Neo4jServer.USER, Neo4jServer.PASSWORD));
        deployment = Deployment.start(
                DeploymentOptions.of(LoopbackAws.ACCOUNT, LoopbackAws.REGION.id()),
                new Endpoints(
                        builder -> LoopbackAws.at(builder, server.endpoint()),
                        sqs.endpoint(),
                        dynamoDb.endpoint(),
                        s3.endpoint(),
                        neo4j.bolt()),
                this.log,
                () -> {});
        started.complete(deployment);
        deployment.read(Map.of());
    }

    /** An event as Lambda gives it. */
    @SuppressWarnings({"unchecked", "NullAway"}) // A JSON null is a Java null there too.
    private static Map<String, Object> payload(String json) {
        return (Map<String, Object>) (Map<String, ?>) Json.parseObject(json);
    }

    @Override
    public void close() {
        cloudMap.close();
        server.close();
        deployment.close();
        driver.close();
        s3.close();
        dynamoDb.close();
        sqs.close();
        neo4j.close();
        log.close();
    }
}
