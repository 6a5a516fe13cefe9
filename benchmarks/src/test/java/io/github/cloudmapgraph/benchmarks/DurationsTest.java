package io.github.cloudmapgraph.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void percentile_whenSomeWereMeasured_isOneOfThem() {
        Durations durations = upTo(200);

        assertThat(durations.median()).isEqualTo(Duration.ofMillis(100));
        assertThat(durations.percentile(99)).isEqualTo(Duration.ofMillis(198));
        assertThat(upTo(1).percentile(99)).isEqualTo(Duration.ofMillis(1));
        assertThat(upTo(3).median()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void percentile_whenNothingWasMeasured_isRefused() {
        assertThatThrownBy(() -> new Durations().median()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void times_comparesMedians() {
        assertThat(upTo(200).times(upTo(40))).isEqualTo(5);
    }

    @Test
    void text_hasThreeDigits() {
        assertThat(Durations.text(Duration.ofMillis(12_345))).isEqualTo("12.3 s");
        assertThat(Durations.text(Duration.ofMillis(1_234))).isEqualTo("1.23 s");
        assertThat(Durations.text(Duration.ofMillis(123))).isEqualTo("123 ms");
        assertThat(Durations.text(Duration.ofNanos(1_234_567))).isEqualTo("1.23 ms");
    }

    private static Durations upTo(int millis) {
        var durations = new Durations();
        for (int i = millis; i > 0; i--) {
            durations.add(Duration.ofMillis(i));
        }
        return durations;
    }
}
