package io.github.cloudmapgraph.producer.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void start_neverRunsMoreThanTheBound() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        try (var workers = new Workers(4)) {
            for (int i = 0; i < 200; i++) {
                workers.start(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(100_000);
                    running.decrementAndGet();
                    done.incrementAndGet();
                });
            }
            workers.finish();
        }

        assertThat(done).hasValue(200);
        assertThat(most).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void finish_throwsTheFirstFailureAndInterruptsTheRest() {
        var interrupted = new CountDownLatch(1);
        var failure = new IllegalStateException("denied");
        try (var workers = new Workers(2)) {
            var waiting = new CountDownLatch(1);
            workers.start(() -> {
                waiting.countDown();
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw new IllegalStateException("interrupted", e);
                }
            });
            workers.start(() -> {
                try {
                    waiting.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                throw failure;
            });

            assertThatThrownBy(workers::finish).isSameAs(failure);
        }
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void start_throwsOnceATaskFailed() {
        var failure = new IllegalStateException("denied");
        try (var workers = new Workers(1)) {
            workers.start(() -> {
                throw failure;
            });

            assertThatThrownBy(() -> workers.start(() -> {})).isSameAs(failure);
        }
    }
}
