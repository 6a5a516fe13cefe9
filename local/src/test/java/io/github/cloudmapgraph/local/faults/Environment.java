package io.github.cloudmapgraph.local.faults;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.cloudmapgraph.local.lambda.Function;
import io.github.cloudmapgraph.local.lambda.FunctionName;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One execution environment: a handler, its gate, its clock. It takes one invocation at a time, until it dies. */
final class Environment {
    private final String name;
    private final Gate gate;
    private final History history;
    private final RequestHandler<Map<String, Object>, Map<String, Object>> handler;
    private final Function function;
    private final Duration timeout;

    Environment(
            String name,
            Gate gate,
            History history,
            RequestHandler<Map<String, Object>, Map<String, Object>> handler,
            Duration timeout,
            InstantSource clock,
            PrintStream log) {
        this.name = name;
        this.gate = gate;
        this.history = history;
        this.handler = handler;
        this.timeout = timeout;
        this.function = new Function(
                new FunctionName(LoopbackAws.ACCOUNT, LoopbackAws.REGION.id(), name), handler, timeout, clock, log);
    }

    /** What came of an invocation, as Lambda sees it. */
    sealed interface Result {
        record Answered(Map<String, Object> answer) implements Result {}

        record Failed(String reason) implements Result {}

        /** The process is gone, killed or at the end of its time. */
        record Died(boolean timedOut) implements Result {}
    }

    boolean isAlive() {
        return gate.isAlive();
    }

    void kill() {
        gate.kill(false);
    }

    Result invoke(Map<String, Object> payload, String requestId, Fate fate) {
        gate.setFate(fate);
        var running = new CompletableFuture<Map<String, Object>>();
        Thread.ofVirtual().start(() -> {
            try {
                running.complete(function.invoke(payload, requestId));
            } catch (RuntimeException | Error e) {
                running.completeExceptionally(e);
            }
        });
        gate.onDeath(_ -> running.completeExceptionally(new Killed("the environment")));
        try {
            // Handlers know their end, and stop before it; an environment that stood still does not.
            Map<String, Object> answer = running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return isAlive() ? new Result.Answered(answer) : new Result.Died(false);
        } catch (TimeoutException e) {
            boolean timedOut = isAlive();
            kill();
            return new Result.Died(timedOut);
        } catch (ExecutionException e) {
            return isAlive() ? new Result.Failed(String.valueOf(e.getCause())) : new Result.Died(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            return new Result.Died(false);
        } finally {
            gate.setFate(Fate.NONE);
            history.add(new Event.InvocationEnded(name));
        }
    }

    /** Closes what a dead process would have left to its system. */
    void close() {
        kill();
        if (handler instanceof AutoCloseable closeable) {
            Thread.ofVirtual().start(() -> {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new IllegalStateException("an environment was not closed", e);
                }
            });
        }
    }
}
