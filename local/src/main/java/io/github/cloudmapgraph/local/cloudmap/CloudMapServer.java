package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Cloud Map endpoint on the loopback address, for the AWS CLI and every SDK.
 *
 * <p>It speaks AWS JSON 1.1. Signatures are taken as they come and the host's name is not looked at, so that the
 * {@code data-} prefix of DiscoverInstances does no harm.
 */
public final class CloudMapServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloudMapServer.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TARGET = "Route53AutoNaming_v20170314.";

    static {
        // Without it every answer on a kept connection waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final CloudMapOptions options;
    private final Registry registry;
    private final Api api;
    private final Throttle throttle;
    private final RequestCounts counts = new RequestCounts();
    private final Random latencies;
    private final HttpServer http;
    private final ExecutorService executor;
    private final @Nullable DataDirectory data;

    private CloudMapServer(CloudMapOptions options) throws IOException {
        this.options = options;
        registry = new Registry(options);
        api = new Api(registry);
        data = options.dataDirectory() == null ? null : DataDirectory.open(options.dataDirectory(), registry);
        throttle = new Throttle(options.clock());
        latencies = new Random(options.latency().seed());
        http = bind(options.port(), data);
        executor = Executors.newVirtualThreadPerTaskExecutor();
    }

    /** Starts the endpoint; it answers until it is closed. */
    public static CloudMapServer start(CloudMapOptions options) throws IOException {
        var server = new CloudMapServer(options);
        server.http.setExecutor(server.executor);
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    /**
     * Replaces the registry's content.
     *
     * @throws IllegalArgumentException if the file does not keep the rules; says where, and the content is as before
     * @throws IOException if the data folder cannot be written
     */
    public void load(RegistryFile file) throws IOException {
        List<Change> changes = file.changes(options);
        registry.call(() -> {
            registry.replace(changes);
            return registry;
        });
        save();
    }

    /** Tells whether there is no namespace at all, such as at the first start on a data folder. */
    public boolean isEmpty() {
        return registry.call(() -> registry.content().namespaces().isEmpty());
    }

    /** Returns the address that clients are told as their endpoint. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Returns what was asked so far. */
    public RequestCounts requests() {
        return counts;
    }

    @Override
    public void close() {
        http.stop(0);
        executor.close();
        if (data != null) {
            data.close();
        }
    }

    private static HttpServer bind(int port, @Nullable DataDirectory data) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            if (data != null) {
                data.close();
            }
            throw new IOException(
                    "The Cloud Map endpoint cannot use port %d: %s".formatted(port, taken.getMessage()), taken);
        }
    }

    private void save() throws IOException {
        if (data != null) {
            data.await(registry.call(registry::changes));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        String operation = operation(exchange);
        counts.begin(operation);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            pause();
            var fault = options.faults().decide(operation, new String(body, StandardCharsets.UTF_8));
            if (fault instanceof Faults.Fault.Drop) {
                return;
            }
            Answer answer;
            try {
                answer = new Answer(200, answer(exchange, operation, requestId, body, fault), null);
            } catch (Refusal refusal) {
                answer = new Answer(refusal.status(), refusal.body(), refusal.type());
            }
            if (!(fault instanceof Faults.Fault.LoseAnswer)) {
                send(exchange, requestId, answer);
            }
        } finally {
            counts.end();
        }
    }

    private record Answer(
            int status, ObjectNode body, @Nullable String errorType) {}

    private ObjectNode answer(
            HttpExchange exchange, String operation, String requestId, byte[] body, Faults.Fault fault) {
        if (fault instanceof Faults.Fault.Answer(int status, String type, String message)) {
            throw new Refusal(status, type, message);
        }
        Api.Call call = api.call(operation)
                .orElseThrow(() -> Refusal.of(
                        "UnknownOperationException",
                        "X-Amz-Target must be %s<Operation> of the API, not '%s'"
                                .formatted(TARGET, Objects.requireNonNullElse(target(exchange), ""))));
        if (options.throttling()) {
            admit(operation);
        }
        JsonNode json = parse(body);
        try {
            ObjectNode answer = registry.call(() -> call.run().apply(Request.of(json)));
            if (call.changes()) {
                save();
                tell(new ChangeEvent(
                        operation,
                        json,
                        answer,
                        requestId,
                        exchange.getRemoteAddress().getAddress().getHostAddress(),
                        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("User-Agent"), "")));
            }
            return answer;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException | IOException broken) {
            LOG.error("{} failed", operation, broken);
            throw new Refusal(500, "InternalFailure", operation + " failed: " + broken.getMessage());
        }
    }

    private void admit(String operation) {
        try {
            throttle.admit(operation);
        } catch (Refusal refusal) {
            counts.throttled();
            throw refusal;
        }
    }

    private void tell(ChangeEvent event) {
        try {
            options.events().accept(event.json(options));
        } catch (RuntimeException failed) {
            // As in reality: an event that gets lost does not undo the change.
            LOG.warn("The event of {} was not delivered", event.operation(), failed);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? Answers.empty() : JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw Refusal.of("SerializationException", "The request is not JSON: " + notJson.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void send(HttpExchange exchange, String requestId, Answer answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer.body());
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/x-amz-json-1.1");
        headers.set("x-amzn-RequestId", requestId);
        if (answer.errorType() != null) {
            headers.set("x-amzn-ErrorType", answer.errorType());
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private void pause() {
        Duration min = options.latency().min();
        long spread = options.latency().max().minus(min).toNanos();
        long nanos = min.toNanos() + (spread == 0 ? 0 : latencies.nextLong(spread));
        if (nanos == 0) {
            return;
        }
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String operation(HttpExchange exchange) {
        String target = target(exchange);
        return target != null && target.startsWith(TARGET) ? target.substring(TARGET.length()) : "?";
    }

    private static @Nullable String target(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("X-Amz-Target");
    }
}
