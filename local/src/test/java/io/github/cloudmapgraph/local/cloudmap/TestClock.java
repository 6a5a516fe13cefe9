package io.github.cloudmapgraph.local.cloudmap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when it is told to. */
final class TestClock extends Clock {
    private final AtomicLong now;

    TestClock(Instant start) {
        now = new AtomicLong(start.toEpochMilli());
    }

    void advance(Duration by) {
        now.addAndGet(by.toMillis());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("One zone is enough here");
    }
}
