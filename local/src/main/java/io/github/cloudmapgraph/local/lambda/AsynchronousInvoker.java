package io.github.cloudmapgraph.local.lambda;

import io.github.cloudmapgraph.log.Log;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Invokes a function for events, as EventBridge does: the sender does not wait, and an invocation that fails is tried
 * twice more. Lambda waits one and two minutes before that; here it is seconds, for somebody is watching.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">Asynchronous
 *     invocation</a>
 */
public final class AsynchronousInvoker implements AutoCloseable {
    private static final Duration[] RETRY_AFTER = {Duration.ofSeconds(1), Duration.ofSeconds(2)};

    /** Far below an account's thousand, and enough for any burst. */
    private static final int CONCURRENT = 100;

    private final Function function;
    private final Log log;
    private final Semaphore concurrent = new Semaphore(CONCURRENT);
    private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();

    /** Creates the invoker of one function; {@code log} gets what was tried in vain. */
    public AsynchronousInvoker(Function function, Log log) {
        this.function = function;
        this.log = log;
    }

    /** Takes an event and returns at once. */
    public void send(Map<String, Object> event) {
        String requestId = UUID.randomUUID().toString();
        invocations.execute(() -> {
            try {
                invokeWithRetries(event, requestId);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void invokeWithRetries(Map<String, Object> event, String requestId) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            concurrent.acquire();
            try {
                function.invoke(event, requestId);
                return;
            } catch (RuntimeException e) {
                if (attempt == RETRY_AFTER.length || Thread.currentThread().isInterrupted()) {
                    log.error("An event was tried three times in vain", e, "request_id", requestId);
                    return;
                }
                log.warn("An event will be tried again", "request_id", requestId, "reason", String.valueOf(e));
            } finally {
                concurrent.release();
            }
            Thread.sleep(RETRY_AFTER[attempt]);
        }
    }

    /** Interrupts what runs and waits for its end. */
    @Override
    public void close() {
        invocations.shutdownNow();
        invocations.close();
    }
}
