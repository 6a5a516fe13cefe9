package io.github.cloudmapgraph.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A handler as Lambda runs it: with a request id and an end. */
public final class Function {
    private final FunctionName name;
    private final RequestHandler<Map<String, Object>, Map<String, Object>> handler;
    private final Duration timeout;
    private final InstantSource clock;
    private final PrintStream log;

    /**
     * Creates the function.
     *
     * @param timeout the end of an invocation, as the handler is told it
     */
    public Function(
            FunctionName name,
            RequestHandler<Map<String, Object>, Map<String, Object>> handler,
            Duration timeout,
            InstantSource clock,
            PrintStream log) {
        this.name = name;
        this.handler = handler;
        this.timeout = timeout;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Invokes the handler in the caller's thread.
     *
     * @param requestId the same in a retry of the same event
     */
    public Map<String, Object> invoke(Map<String, Object> payload, String requestId) {
        return handler.handleRequest(
                payload, new InvocationContext(name, requestId, clock.instant().plus(timeout), clock, log));
    }
}
