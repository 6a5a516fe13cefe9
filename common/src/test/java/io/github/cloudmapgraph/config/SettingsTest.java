package io.github.cloudmapgraph.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void settings_whenAllIsRight_areRead() {
        var settings = new Settings(
                Map.of("TEXT", " a b ", "LIST", " a, ,b,,c d ", "NUMBER", " 7 ", "SECONDS", "90", "EMPTY", "  "));

        assertThat(settings.text("TEXT")).isEqualTo("a b");
        assertThat(settings.required("TEXT", "a text")).isEqualTo("a b");
        assertThat(settings.text("NOT_SET")).isEmpty();
        assertThat(settings.list("LIST", Pattern.compile("[a-z ]+"), "words")).containsExactly("a", "b", "c d");
        assertThat(settings.list("NOT_SET", Pattern.compile("[a-z ]+"), "words"))
                .isEmpty();
        assertThat(settings.number("NUMBER", 1, 1, 7)).isEqualTo(7);
        assertThat(settings.number("EMPTY", 3, 1, 7)).isEqualTo(3);
        assertThat(settings.seconds("SECONDS", 1, 1, 900)).isEqualTo(Duration.ofSeconds(90));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void check_whenSeveralThingsAreWrong_namesThemAll() {
        var settings = new Settings(Map.of("NUMBER", "many", "SECONDS", "901", "BLANK", " "));
        assertThat(settings.required("QUEUE_URL", "the queue's URL")).isEmpty();
        settings.required("BLANK", "a text");
        assertThat(settings.number("NUMBER", 5, 1, 10)).isEqualTo(5);
        settings.seconds("SECONDS", 60, 1, 900);
        settings.problem("PAIR", "does not go with the other");

        assertThatThrownBy(settings::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Configuration: QUEUE_URL is not set; it has to be the queue's URL; BLANK is not set; it"
                        + " has to be a text; NUMBER is no number, but something else of 4 characters; it has"
                        + " to be a whole number from 1 to 10; SECONDS is too large; it has to be a whole"
                        + " number from 1 to 900; PAIR does not go with the other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "1.5", "1e1", "0x1", "99999999999999999999", "1 000", "ten"})
    void number_whenItIsNoneOrOutside_isAProblem(String value) {
        var settings = new Settings(Map.of("NUMBER", value));
        settings.number("NUMBER", 5, 1, 10);

        assertThatThrownBy(settings::check).hasMessageContaining("NUMBER").hasMessageContaining("from 1 to 10");
    }

    /** What was pasted into the wrong place may be a password, and a PIN has digits only. */
    @ParameterizedTest
    @ValueSource(
            strings = {"hunter2", "31415926", "-31415926", "31415926535897932384", "3.1415926", "h", "hunter2,hunter3"})
    void check_quotesNoMalformedValue_ofWhateverKind(String value) {
        Pattern nothing = Pattern.compile("shop");
        var settings = new Settings(Map.of("VALUE", value));
        settings.number("VALUE", 5, 1, 10);
        settings.seconds("VALUE", 5, 1, 10);
        settings.text("VALUE", nothing, "a text");
        settings.required("VALUE", nothing, "a text");
        settings.list("VALUE", nothing, "texts");

        assertThatThrownBy(settings::check)
                .message()
                .satisfies(message ->
                        assertThat(message.split("; VALUE |: VALUE ")).hasSize(6))
                .doesNotContainPattern("hunter|1415926|\\bh\\b");
    }
}
