package io.github.cloudmapgraph.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.cloudmapgraph.aws.AwsClients;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A snapshot of the process may be taken once the handler is made: connections of that time would be dead after it. */
class FirstConnectionTest {
    private static final Map<String, String> SDK_SETTINGS =
            Map.of("aws.region", "eu-west-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

    private final Map<Class<? extends SdkClient>, CountingServer> servers = new HashMap<>(Map.of(
            DynamoDbClient.class, CountingServer.denying(),
            S3Client.class, CountingServer.denying(),
            ServiceDiscoveryClient.class, CountingServer.denying(),
            SqsClient.class, CountingServer.denying()));

    @BeforeEach
    void setSdk() {
        SDK_SETTINGS.forEach(System::setProperty);
    }

    @AfterEach
    void restoreSdk() {
        SDK_SETTINGS.keySet().forEach(System::clearProperty);
        servers.values().forEach(CountingServer::close);
    }

    @Test
    void connection_isOpened_byTheFirstInvocationAndNotBefore() throws Exception {
        var handler = new ProducerHandler(
                Map.of(
                        "QUEUE_URL", server(SqsClient.class).endpoint() + "/queue",
                        "LOCK_TABLE", "locks",
                        "SNAPSHOT_BUCKET", "snapshots"),
                new AwsClients((service, builder) ->
                        builder.endpointOverride(server(service).endpoint())),
                InstantSource.system(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        // For what would be opened beside the constructor.
        Thread.sleep(Duration.ofMillis(300));

        assertThat(servers.values()).noneMatch(FirstConnectionTest::hasBeenConnectedTo);

        servers.values().forEach(CountingServer::serve);
        handler.handleRequest(Map.of("check", true), context());

        assertThat(servers)
                .allSatisfy((_, server) -> assertThat(server.connections()).isPositive());
    }

    private static boolean hasBeenConnectedTo(CountingServer server) {
        try {
            return server.hasBeenConnectedTo();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CountingServer server(Class<? extends SdkClient> service) {
        return Objects.requireNonNull(servers.get(service), service.getName());
    }

    private static Context context() {
        Map<String, Object> answers = Map.of(
                "getAwsRequestId", "11111111-2222-3333-4444-555555555555",
                "getInvokedFunctionArn", "arn:aws:lambda:eu-west-1:111122223333:function:producer",
                "getRemainingTimeInMillis", 60_000);
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, method, _) -> answers.get(method.getName()));
    }
}
