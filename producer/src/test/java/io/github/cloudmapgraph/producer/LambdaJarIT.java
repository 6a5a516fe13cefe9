package io.github.cloudmapgraph.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.cloudmapgraph.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opens the jar that Lambda gets, and runs it with nothing else on its class path. */
class LambdaJarIT {
    /** Lambda takes 50 MB; each further one takes longer to start. */
    private static final long MOST_BYTES = 20_000_000;

    private static final String PACKAGE = "io.github.cloudmapgraph.";
    private static final Map<String, String> SDK_SETTINGS =
            Map.of("aws.region", "eu-west-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

    private final Path jar = Path.of(System.getProperty("lambda.jar", "lambda.jar is set by the build"));
    private final HttpServer denyingEverything = deny();

    @BeforeEach
    void setSdk() {
        SDK_SETTINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrl", endpoint());
    }

    @AfterEach
    void restoreSdk() {
        SDK_SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrl");
        denyingEverything.stop(0);
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
            loader.loadClass(PACKAGE + "producer.ProducerHandler")
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
                    .contains("io/github/cloudmapgraph/producer/ProducerHandler.class", "META-INF/LICENSE")
                    .doesNotHaveDuplicates();
            assertThat(entries)
                    .filteredOn(entry -> entry.endsWith(".class"))
                    .allSatisfy(
                            entry -> assertThat(entry)
                                    .containsPattern(
                                            "^(META-INF/versions/\\d+/)?(io/github/cloudmapgraph/(aws|check|config|failure|json"
                                                + "|lease|log|message|producer|snapshot|snapstart)|software/amazon|com/amazonaws/services/lambda"
                                                + "|com/fasterxml/jackson/core|org/crac|org/jspecify|org/reactivestreams|org/slf4j)/"));
        }
    }

    @Test
    void check_runsFromTheJarAloneAndNamesWhatIsMissing() throws Exception {
        var parent = ClassLoader.getPlatformClassLoader();
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent)) {
            Class<?> clients = loader.loadClass(PACKAGE + "aws.AwsClients");
            Class<?> handlerType = loader.loadClass(PACKAGE + "producer.ProducerHandler");
            Class<?> contextType = loader.loadClass("com.amazonaws.services.lambda.runtime.Context");
            Object handler = handlerType
                    .getConstructor(Map.class, clients, InstantSource.class, PrintStream.class)
                    .newInstance(
                            environment(),
                            clients.getConstructor().newInstance(),
                            InstantSource.system(),
                            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

            Object answer = handlerType
                    .getMethod("handleRequest", Map.class, contextType)
                    .invoke(handler, Map.of("check", true), context(contextType));

            Map<String, String> remedies = remedies((Map<?, ?>) answer);
            assertThat(((Map<?, ?>) answer).get("outcome")).isEqualTo("check failed");
            assertThat(remedies)
                    .containsEntry("Configuration", "OK")
                    .hasEntrySatisfying(
                            "Cloud Map: ListNamespaces",
                            text -> assertThat(text).startsWith("FAILED").contains("servicediscovery:ListNamespaces"))
                    .hasEntrySatisfying(
                            "Queue",
                            text -> assertThat(text).startsWith("FAILED").contains("sqs:SendMessage"))
                    .hasEntrySatisfying(
                            "Lock table: reading",
                            text -> assertThat(text).startsWith("FAILED").contains("dynamodb:GetItem"))
                    .hasEntrySatisfying(
                            "Lock table: writing",
                            text -> assertThat(text).startsWith("FAILED").contains("dynamodb:UpdateItem"))
                    .hasEntrySatisfying(
                            "Bucket",
                            text -> assertThat(text).startsWith("FAILED").contains("s3:PutObject"))
                    .hasEntrySatisfying("CloudTrail", text -> assertThat(text).startsWith("WARNING"));
        }
    }

    private static Map<String, String> remedies(Map<?, ?> answer) {
        Map<String, String> remedies = new HashMap<>();
        for (Object entry : (List<?>) Objects.requireNonNull(answer.get("checks"))) {
            Map<?, ?> line = (Map<?, ?>) entry;
            Object remedy = line.get("remedy");
            remedies.put(
                    String.valueOf(line.get("subject")), line.get("status") + (remedy == null ? "" : ": " + remedy));
        }
        return remedies;
    }

    private Map<String, String> environment() {
        return Map.of(
                "QUEUE_URL", endpoint() + "/queue",
                "LOCK_TABLE", "locks",
                "SNAPSHOT_BUCKET", "snapshots");
    }

    private static Object context(Class<?> type) {
        Map<String, Object> answers = Map.of(
                "getAwsRequestId", "11111111-2222-3333-4444-555555555555",
                "getInvokedFunctionArn", "arn:aws:lambda:eu-west-1:111122223333:function:producer",
                "getRemainingTimeInMillis", 60_000);
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.get(method.getName()));
    }

    private String endpoint() {
        return "http://127.0.0.1:" + denyingEverything.getAddress().getPort();
    }

    private static HttpServer deny() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] body = "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized\"}"
                    .getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
                    exchange.sendResponseHeaders(400, hasBody ? body.length : -1);
                    if (hasBody) {
                        exchange.getResponseBody().write(body);
                    }
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
