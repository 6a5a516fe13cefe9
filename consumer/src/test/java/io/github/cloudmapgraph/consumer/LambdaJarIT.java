package io.github.cloudmapgraph.consumer;

import static io.github.cloudmapgraph.consumer.servers.ServersForTests.NEO4J;
import static io.github.cloudmapgraph.consumer.servers.ServersForTests.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Opens the jar that Lambda gets, and runs it with nothing else on its class path. */
class LambdaJarIT {
    /** Lambda takes 50 MB; each further one takes longer to start. */
    private static final long MOST_BYTES = 22_000_000;

    private static final String PACKAGE = "io.github.cloudmapgraph.";
    private static final Map<String, String> SDK_SETTINGS = Map.of(
            "aws.region", "us-east-1",
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test",
            "aws.endpointUrlSqs", endpoint(SqsClient.class).toString(),
            "aws.endpointUrlDynamoDb", endpoint(DynamoDbClient.class).toString(),
            "aws.endpointUrlS3", endpoint(S3Client.class).toString(),
            "aws.endpointUrlSecretsManager",
                    endpoint(SecretsManagerClient.class).toString());

    private final Path jar = Path.of(System.getProperty("lambda.jar", "lambda.jar is set by the build"));

    @AfterEach
    void restoreSdk() {
        SDK_SETTINGS.keySet().forEach(System::clearProperty);
    }

    @Test
    void constructor_makesLinesOfWhatLibrariesWarnOf_whenLambdaMakesTheHandler() throws Exception {
        Logger root = Logger.getLogger("");
        Handler[] handlers = root.getHandlers();
        Level level = root.getLevel();
        PrintStream out = System.out;
        var written = new ByteArrayOutputStream();
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            loader.loadClass(PACKAGE + "consumer.ConsumerHandler")
                    .getConstructor()
                    .newInstance();
            // As the SDK logs: by the slf4j of the jar, and what it is bound to there.
            Object sdkLogger = loader.loadClass("org.slf4j.LoggerFactory")
                    .getMethod("getLogger", String.class)
                    .invoke(null, "software.amazon.awssdk.profiles");
            Class<?> loggerType = loader.loadClass("org.slf4j.Logger");
            loggerType.getMethod("warn", String.class).invoke(sdkLogger, "Ignoring profile 'x' on line 3");
            loggerType.getMethod("info", String.class).invoke(sdkLogger, "nobody needs this");
        } finally {
            System.setOut(out);
            System.clearProperty("http.maxConnections");
            for (Handler handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
            for (Handler handler : handlers) {
                root.addHandler(handler);
            }
            root.setLevel(level);
        }

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(Json.parseObject(line))
                        .containsEntry("level", "WARN")
                        .containsEntry("message", "Ignoring profile 'x' on line 3")
                        .containsEntry("logger", "software.amazon.awssdk.profiles"));
    }

    @Test
    void jar_isSmall() throws IOException {
        assertThat(Files.size(jar)).isLessThan(MOST_BYTES);
    }

    @Test
    void jar_holdsOnlyWhatTheFunctionRuns() throws IOException {
        try (var opened = new JarFile(jar.toFile())) {
            List<String> entries = opened.stream().map(ZipEntry::getName).toList();

            assertThat(entries)
                    .contains("io/github/cloudmapgraph/consumer/ConsumerHandler.class", "META-INF/LICENSE")
                    .doesNotHaveDuplicates();
            // Of org.neo4j only the driver: the server is GPL.
            assertThat(entries)
                    .filteredOn(entry -> entry.endsWith(".class"))
                    .allSatisfy(entry -> assertThat(entry)
                            .containsPattern(
                                    "^(META-INF/versions/\\d+/)?(io/github/cloudmapgraph/(aws|check|config|consumer|failure|json"
                                        + "|lease|log|message|snapshot|snapstart)|software/amazon|com/amazonaws/services/lambda"
                                        + "|com/fasterxml/jackson/core|org/crac|io/netty|org/jspecify|org/neo4j/driver"
                                        + "|org/neo4j/bolt/connection|org/reactivestreams|org/slf4j|reactor)/"));
        }
    }

    @Test
    void handle_appliesASnapshot_whenTheJarIsAllThereIs() throws Exception {
        SDK_SETTINGS.forEach(System::setProperty);
        var parent = ClassLoader.getPlatformClassLoader();
        try (var deployment = new Deployment();
                var loader = new TellingLoader(jar.toUri().toURL(), parent)) {
            Class<?> clients = loader.loadClass(PACKAGE + "aws.AwsClients");
            Class<?> handlerType = loader.loadClass(PACKAGE + "consumer.ConsumerHandler");
            Class<?> contextType = loader.loadClass("com.amazonaws.services.lambda.runtime.Context");
            try (var handler = (AutoCloseable) handlerType
                    .getConstructor(Map.class, clients, InstantSource.class, PrintStream.class)
                    .newInstance(
                            deployment.environment,
                            clients.getConstructor().newInstance(),
                            InstantSource.system(),
                            deployment.logStream)) {
                deployment.send(ExampleSnapshots.version(3));

                Object answer = handlerType
                        .getMethod("handleRequest", Map.class, contextType)
                        .invoke(handler, Map.of("Records", deployment.receive()), context(contextType));

                assertThat(answer).as(deployment.log()).hasToString("{batchItemFailures=[]}");
                assertThat(NEO4J.run("MATCH (s:Service) RETURN s")).hasSize(3);
                // Their classes would be loaded at each cold start, and this update needs neither client.
                assertThat(loader.hasLoaded("software.amazon.awssdk.services.dynamodb.DefaultDynamoDbClient"))
                        .isTrue();
                assertThat(loader.hasLoaded("software.amazon.awssdk.services.s3.DefaultS3Client"))
                        .isFalse();
                assertThat(loader.hasLoaded("software.amazon.awssdk.services.sqs.DefaultSqsClient"))
                        .isFalse();
            }
        }
    }

    /** Tells which classes a function has loaded. */
    private static final class TellingLoader extends URLClassLoader {
        TellingLoader(URL jar, ClassLoader parent) {
            super(new URL[] {jar}, parent);
        }

        boolean hasLoaded(String name) {
            return findLoadedClass(name) != null;
        }
    }

    private static Object context(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> 150_000);
    }
}
