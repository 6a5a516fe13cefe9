package io.github.cloudmapgraph.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A line with metrics against the rules of the embedded metric format, version 0. */
class EmbeddedMetricsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    /** The values of the specification's schema that this project uses. */
    private static final Set<String> UNITS = Set.of("Seconds", "Milliseconds", "Bytes", "Count");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> NOW);

    @Test
    void line_whenMetricsAreOnIt_isALogLineAndFollowsTheSpecification() {
        Object scope = new Object() {
            @Override
            public String toString() {
                return "111122223333:eu-west-1";
            }
        };
        log.with("scope", scope)
                .with(List.of(
                        Metric.count("Services", 1_234),
                        Metric.bytes("SnapshotBytes", 5_000_000_000L),
                        Metric.milliseconds("ReadDuration", Duration.ofNanos(1_500_700_000)),
                        Metric.seconds("GraphAge", Duration.ofMillis(12_345))))
                .info("read", "full_sync", true);

        Map<String, @Nullable Object> line = line();
        assertFollowsTheSpecification(line);
        assertThat(line)
                .containsEntry("level", "INFO")
                .containsEntry("message", "read")
                .containsEntry("full_sync", true)
                .containsEntry("scope", "111122223333:eu-west-1")
                .containsEntry("Services", 1_234)
                .containsEntry("SnapshotBytes", 5_000_000_000L)
                .containsEntry("ReadDuration", 1_500)
                .containsEntry("GraphAge", 12.345);
        assertThat(directive(line))
                .containsEntry("Namespace", "CloudMapGraph")
                .containsEntry("Dimensions", List.of(List.of("scope")))
                .containsEntry(
                        "Metrics",
                        List.of(
                                Map.of("Name", "Services", "Unit", "Count"),
                                Map.of("Name", "SnapshotBytes", "Unit", "Bytes"),
                                Map.of("Name", "ReadDuration", "Unit", "Milliseconds"),
                                Map.of("Name", "GraphAge", "Unit", "Seconds")));
    }

    @Test
    void line_whenItIsAWarningOrAnError_followsTheSpecificationToo() {
        Log measuring = log.with("scope", "s").with(List.of(Metric.count("HeldBack", 1)));
        measuring.warn("held back");
        measuring.error("failed", new IllegalStateException("broken"));

        assertThat(lines()).hasSize(2).allSatisfy(EmbeddedMetricsTest::assertFollowsTheSpecification);
    }

    @Test
    void line_whenTheMostMetricsAreOnIt_followsTheSpecification() {
        log.with("scope", "s").with(metrics(100)).info("many");

        assertFollowsTheSpecification(line());
    }

    @Test
    void line_whenNoMetricIsOnIt_tellsOfNone() {
        log.with("scope", "s").with(List.of()).info("none");

        assertThat(line()).doesNotContainKey("_aws");
    }

    @Test
    void with_whenMoreMetricsThanAllowed_isRefused() {
        assertThatThrownBy(() -> log.with("scope", "s").with(metrics(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 metrics");
    }

    @Test
    void with_whenTheDimensionIsMissing_isRefused() {
        assertThatThrownBy(() -> log.with(metrics(1))).hasMessageContaining("'scope'");
    }

    @Test
    void with_whenMetricsAreSet_leavesTheFirstLogAsItIs() {
        Log ofScope = log.with("scope", "s");
        ofScope.with(metrics(1));
        ofScope.info("plain");

        assertThat(line()).doesNotContainKey("_aws");
    }

    @Test
    void metric_whenASpanIsNegative_isZero() {
        assertThat(Metric.seconds("ReadToGraph", Duration.ofMillis(-5)).value()).isZero();
        assertThat(Metric.seconds("ReadToGraph", Duration.ofMillis(5)).value()).isEqualTo(new BigDecimal("0.005"));
    }

    @Test
    void metric_whenItsNameIsEmptyOrTooLong_isRefused() {
        assertThatThrownBy(() -> Metric.count(" ", 1)).hasMessageContaining("1 to 1,024");
        assertThatThrownBy(() -> Metric.count("x".repeat(1025), 1)).hasMessageContaining("1025 characters");
    }

    /**
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
     *     Specification</a>
     */
    private static void assertFollowsTheSpecification(Map<String, @Nullable Object> line) {
        Map<String, Object> metadata = object(line.get("_aws"));
        assertThat(metadata).containsOnlyKeys("Timestamp", "CloudWatchMetrics");
        assertThat(metadata).containsEntry("Timestamp", NOW.toEpochMilli());
        assertThat(list(metadata.get("CloudWatchMetrics"))).hasSize(1);
        Map<String, Object> directive = directive(line);
        assertThat(directive).containsOnlyKeys("Namespace", "Dimensions", "Metrics");
        assertThat(directive.get("Namespace")).asString().hasSizeBetween(1, 1024);

        assertThat(list(directive.get("Dimensions"))).isNotEmpty().allSatisfy(set -> {
            assertThat(list(set)).hasSizeBetween(1, 30).doesNotHaveDuplicates();
            assertThat(list(set))
                    .allSatisfy(dimension -> assertThat(line.get(String.valueOf(dimension)))
                            .isInstanceOfSatisfying(
                                    String.class, value -> assertThat(value).hasSizeBetween(1, 1024)));
        });

        List<?> metrics = list(directive.get("Metrics"));
        assertThat(metrics).hasSizeBetween(1, 100);
        assertThat(metrics)
                .extracting(metric -> object(metric).get("Name"))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> {
                    assertThat(String.valueOf(name)).hasSizeBetween(1, 1024);
                    assertThat(line.get(String.valueOf(name))).isInstanceOf(Number.class);
                });
        assertThat(metrics)
                .allSatisfy(metric -> assertThat(object(metric)).containsOnlyKeys("Name", "Unit"))
                .allSatisfy(metric ->
                        assertThat(UNITS).contains(String.valueOf(object(metric).get("Unit"))));
    }

    private static Map<String, Object> directive(Map<String, @Nullable Object> line) {
        return object(list(object(line.get("_aws")).get("CloudWatchMetrics")).getFirst());
    }

    private static List<Metric> metrics(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> Metric.count("Metric" + i, i))
                .toList();
    }

    @SuppressWarnings("unchecked") // JSON's objects have texts as keys.
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private Map<String, @Nullable Object> line() {
        assertThat(lines()).hasSize(1);
        return lines().getFirst();
    }

    private List<Map<String, @Nullable Object>> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Json::parseObject)
                .toList();
    }
}
