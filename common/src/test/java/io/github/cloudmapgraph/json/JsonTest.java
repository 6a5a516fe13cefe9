package io.github.cloudmapgraph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void parseObject_whenItHoldsEveryKind_keepsOrderAndKinds() {
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("text", "é\n😀");
        expected.put("int", 1);
        expected.put("long", 1_769_860_800_123L);
        expected.put("large", new BigInteger("123456789012345678901234567890"));
        expected.put("float", 1.5);
        expected.put("yes", true);
        expected.put("no", false);
        expected.put("nothing", null);
        expected.put("list", Arrays.asList(1, List.of(), null, Map.of("a", "b")));
        expected.put("object", Map.of("deep", Map.of()));

        Map<String, @Nullable Object> parsed = Json.parseObject(Json.write(expected));

        assertThat(parsed).isEqualTo(expected);
        assertThat(parsed.keySet()).containsExactlyElementsOf(expected.keySet());
    }

    @Property(tries = 300)
    void write_whenParsedAgain_isTheSame(
            @ForAll Map<String, String> texts, @ForAll long number, @ForAll boolean truth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>(texts);
        object.put("number", number);
        object.put("truth", truth);
        String line = Json.write(object);

        assertThat(line).doesNotContain("\n", "\r");
        Map<String, @Nullable Object> parsed = Json.parseObject(line);
        assertThat(((Number) Objects.requireNonNull(parsed.get("number"))).longValue())
                .isEqualTo(number);
        object.remove("number");
        parsed.remove("number");
        assertThat(parsed).isEqualTo(object);
    }

    @Test
    void write_whenItHoldsOtherKinds_writesNumbersAsNumbersAndTheRestAsText() {
        assertThat(Json.write(Map.of("a", new BigDecimal("1.50")))).isEqualTo("{\"a\":1.50}");
        assertThat(Json.write(Map.of("a", Thread.State.NEW))).isEqualTo("{\"a\":\"NEW\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "\"hunter2\"",
                "[\"hunter2\"]",
                "{\"hunter2\"",
                "{\"a\": hunter2}",
                "{} hunter2",
                "{}{}",
                "{\"a\": \"hunter2",
                "{\"a\": [1, 2}",
                "null",
                "{\"password\": \"hunter2\", }"
            })
    void parseObject_whenItIsNone_doesNotQuoteIt(String text) {
        assertThatThrownBy(() -> Json.parseObject(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 100_000})
    void parseObject_whenItIsNestedDeeplyOrHuge_refusesIt(int size) {
        assertThatThrownBy(() -> Json.parseObject("{\"a\":".repeat(size) + "1" + "}".repeat(size)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.parseObject("{\"a\":" + "9".repeat(size) + "}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
