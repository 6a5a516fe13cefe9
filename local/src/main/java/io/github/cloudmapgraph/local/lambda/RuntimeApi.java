package io.github.cloudmapgraph.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lambda's Runtime API for the process of one function that is invoked once; where its memory is to be saved
 * (SnapStart), also what says when.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
public final class RuntimeApi implements AutoCloseable {
    private static final String REQUEST_ID = "11111111-2222-3333-4444-555555555555";
    private static final String RUNTIME = "/2018-06-01/runtime/";
    private static final String INVOCATION = RUNTIME + "invocation/";

    /** What the runtime asks for once its memory can be saved. The answer is the first thing after it was restored. */
    private static final String RESTORE = RUNTIME + "restore/next";

    static {
        // Without it an answer on a kept connection waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Boolean> saved = new CompletableFuture<>();
    private final CountDownLatch restored = new CountDownLatch(1);
    private final CompletableFuture<Long> initialized = new CompletableFuture<>();
    private final CompletableFuture<Answer> answered = new CompletableFuture<>();
    private final String payload;
    private final String functionArn;
    private final Duration timeout;

    /** An answer and the {@link System#nanoTime} at which it was there. */
    public record Answer(String text, long at) {}

    /**
     * Starts it.
     *
     * @param timeout what the function is told that it has for its invocation
     * @param payload a JSON text
     */
    public RuntimeApi(String functionArn, Duration timeout, String payload) throws IOException {
        this.functionArn = functionArn;
        this.timeout = timeout;
        this.payload = payload;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(executor);
        http.createContext("/", this::handle);
        http.start();
    }

    /** Returns what the function is told in {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestURI().getPath()) {
                case RESTORE -> restore(exchange);
                case INVOCATION + "next" -> next(exchange, now);
                case INVOCATION + REQUEST_ID + "/response" -> {
                    answered.complete(new Answer(body, now));
                    exchange.sendResponseHeaders(202, -1);
                }
                default -> {
                    // An error of the invocation or of the initialization.
                    var failure = new IOException(exchange.getRequestURI().getPath() + ": " + body);
                    saved.completeExceptionally(failure);
                    initialized.completeExceptionally(failure);
                    answered.completeExceptionally(failure);
                    exchange.sendResponseHeaders(202, -1);
                }
            }
        }
    }

    private void restore(HttpExchange exchange) throws IOException {
        saved.complete(true);
        await(restored);
        exchange.sendResponseHeaders(200, -1);
    }

    private void next(HttpExchange exchange, long now) throws IOException {
        if (!initialized.complete(now)) {
            // The process stands still between invocations; here it ends then.
            await(closed);
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.add("Lambda-Runtime-Aws-Request-Id", REQUEST_ID);
        headers.add("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + timeout.toMillis()));
        headers.add("Content-Type", "application/json");
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all is done that a function does before its memory is saved. */
    public void awaitSaved() throws IOException, InterruptedException {
        await(saved);
    }

    /** Lets the function go on as after its memory was restored. */
    public void restore() {
        restored.countDown();
    }

    /** Waits until the function asks for its first invocation; returns the {@link System#nanoTime} of that. */
    public long initialized() throws IOException, InterruptedException {
        return await(initialized);
    }

    /** Waits for the answer. */
    public Answer answer() throws IOException, InterruptedException {
        return await(answered);
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("the function did not answer within a minute", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        restored.countDown();
        http.stop(0);
        executor.shutdownNow();
    }
}
