package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reckoning that {@link AlarmsTest} goes by is CloudWatch's. */
class MetricMathTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        one + two * 3                        ; 7
        (one + two) * 3                      ; 9
        two / (one + one) - one              ; 0
        IF(two > one, 5, 6)                  ; 5
        IF(two <= one, 5, 6)                 ; 6
        IF(none > one, 5, 6)                 ; NaN
        FILL(none, 4)                        ; 4
        FILL(two, 4)                         ; 2
        MAX([one, two, 0])                   ; 2
        MAX([none, one])                     ; 1
        none                                 ; NaN
        IF(FILL(none, 0) == 0, MAX([two]), 1); 2
        """)
    void value_isThatOfCloudWatch(String expression, double value) {
        // Boxed: of the primitive, what is not a number does not equal itself.
        assertThat(MetricMath.value(expression, Map.of("one", 1.0, "two", 2.0))).isEqualTo(Double.valueOf(value));
    }

    @Test
    void value_isRefused_whereThisIsNotUnderstood() {
        assertThatThrownBy(() -> MetricMath.value("RATE(one)", Map.of())).hasMessageContaining("RATE");
        assertThatThrownBy(() -> MetricMath.value("one ^ two", Map.of())).hasMessageContaining("^");
        assertThatThrownBy(() -> MetricMath.value("one two", Map.of())).hasMessageContaining("two");
    }
}
