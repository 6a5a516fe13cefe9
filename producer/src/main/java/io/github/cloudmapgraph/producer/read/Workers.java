package io.github.cloudmapgraph.producer.read;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks side by side on virtual threads, never more than a bound: who brings a further one waits, so that what is
 * still to do takes no memory here. The first failure stops the rest.
 */
final class Workers implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Semaphore free;
    private final int bound;

    Workers(int bound) {
        this.free = new Semaphore(bound);
        this.bound = bound;
    }

    /** Starts a task as soon as fewer than the bound are running. */
    void start(Runnable task) {
        acquire(1);
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    fail(e);
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release();
            throwIfFailed();
            throw e;
        }
    }

    /** Waits for all tasks. */
    void finish() {
        acquire(bound);
        free.release(bound);
    }

    private void acquire(int permits) {
        throwIfFailed();
        try {
            free.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading Cloud Map", e);
        }
        if (failure.get() != null) {
            free.release(permits);
            throwIfFailed();
        }
    }

    private void fail(Throwable e) {
        if (failure.compareAndSet(null, e)) {
            threads.shutdownNow();
        }
    }

    private void throwIfFailed() {
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Interrupts what still runs and waits for its end: nothing of a run may outlive it. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
