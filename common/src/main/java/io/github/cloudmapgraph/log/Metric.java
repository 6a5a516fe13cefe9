package io.github.cloudmapgraph.log;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A measured value that goes out with a log line.
 *
 * @param name at most 1,024 characters, as CloudWatch shows it
 */
public record Metric(String name, Unit unit, BigDecimal value) {
    /** Units as CloudWatch names them. */
    public enum Unit {
        BYTES("Bytes"),
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        SECONDS("Seconds");

        private final String apiName;

        Unit(String apiName) {
            this.apiName = apiName;
        }

        String apiName() {
            return apiName;
        }
    }

    /**
     * Keeps a value, and 0 in place of a negative one: clocks that differ a little make a span negative, and CloudWatch
     * tells no percentile of a metric that was negative once.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html">Percentiles</a>
     */
    public Metric {
        if (name.isBlank() || name.length() > 1024) {
            throw new IllegalArgumentException(
                    "a metric's name has " + name.length() + " characters; it has to have 1 to 1,024, not all blank");
        }
        value = value.max(BigDecimal.ZERO);
    }

    /** Counts things. */
    public static Metric count(String name, long value) {
        return new Metric(name, Unit.COUNT, BigDecimal.valueOf(value));
    }

    /** Measures a size. */
    public static Metric bytes(String name, long value) {
        return new Metric(name, Unit.BYTES, BigDecimal.valueOf(value));
    }

    /** Measures a span in whole milliseconds. */
    public static Metric milliseconds(String name, Duration value) {
        return new Metric(name, Unit.MILLISECONDS, BigDecimal.valueOf(value.toMillis()));
    }

    /** Measures a span in seconds, to the millisecond. */
    public static Metric seconds(String name, Duration value) {
        return new Metric(name, Unit.SECONDS, BigDecimal.valueOf(value.toMillis(), 3));
    }
}
