package io.github.cloudmapgraph.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A snapshot of the process may be taken once the handler is made: connections of that time would be dead after it. */
class FirstConnectionTest {
    private final CountingServer neo4j = new CountingServer(400, "");
    private final Map<Class<? extends SdkClient>, CountingServer> servers = new HashMap<>(Map.of(
            DynamoDbClient.class, CountingServer.denying(),
            S3Client.class, CountingServer.denying(),
            SecretsManagerClient.class, new CountingServer(200, secret()),
            SqsClient.class, CountingServer.denying()));

    @AfterEach
    void close() {
        servers.values().forEach(CountingServer::close);
        neo4j.close();
    }

    @Test
    void connection_isOpened_byTheFirstInvocationAndNotBefore() throws Exception {
        try (var handler = new ConsumerHandler(environment(), clients(), InstantSource.system(), silent())) {
            // For what would be opened beside the constructor.
            Thread.sleep(Duration.ofMillis(300));

            assertThat(servers.values()).noneMatch(FirstConnectionTest::hasBeenConnectedTo);
            assertThat(neo4j.hasBeenConnectedTo()).isFalse();

            neo4j.serve();
            servers.values().forEach(CountingServer::serve);
            handler.handleRequest(Map.of("check", true), new ContextWithTimeLeft(150_000));

            assertThat(servers)
                    .allSatisfy((_, server) -> assertThat(server.connections()).isPositive());
            assertThat(neo4j.connections()).isPositive();
        }
    }

    private static boolean hasBeenConnectedTo(CountingServer server) {
        try {
            return server.hasBeenConnectedTo();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private AwsClients clients() {
        return new AwsClients((service, builder) -> builder.endpointOverride(
                        server(service).endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
    }

    private Map<String, String> environment() {
        return Map.of(
                "QUEUE_URL", server(SqsClient.class).endpoint() + "/queue",
                "DEAD_LETTER_QUEUE_URL", server(SqsClient.class).endpoint() + "/dead",
                "LOCK_TABLE", "locks",
                "SNAPSHOT_BUCKET", "snapshots",
                "NEO4J_SECRET_ARN", "secret");
    }

    private String secret() {
        String fields = Json.write(
                Map.of("uri", "bolt://127.0.0.1:" + neo4j.port(), "username", "sync", "password", "of-the-test"));
        return Json.write(Map.of("Name", "secret", "SecretString", fields));
    }

    private CountingServer server(Class<? extends SdkClient> service) {
        return Objects.requireNonNull(servers.get(service), service.getName());
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
