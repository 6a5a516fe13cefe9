package io.github.cloudmapgraph.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryLogTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Logger root = Logger.getAnonymousLogger();

    @BeforeEach
    void install() {
        root.setUseParentHandlers(false);
        root.addHandler(new ConsoleHandler());
        LibraryLog.writeTo(new Log(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> NOW), root);
    }

    @Test
    void warning_whenLogged_isAJsonLine() {
        log(Level.WARNING, "a \"quoted\" thing", null);

        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("timestamp", NOW.toString())
                        .containsEntry("level", "WARN")
                        .containsEntry("message", "a \"quoted\" thing")
                        .containsEntry("logger", "software.amazon.awssdk.Something")
                        .containsEntry("error", null));
    }

    @Test
    void severe_whenLoggedWithAnException_namesItsTypeAndNotWhatItQuotes() {
        log(
                Level.SEVERE,
                "it failed\norg.neo4j.driver.Exception: the value 'secret'\n\tat somewhere",
                new IllegalStateException("secret", new IllegalArgumentException("secret")));

        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("level", "ERROR")
                        .containsEntry("message", "it failed")
                        .containsEntry("error", "java.lang.IllegalStateException"));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    @Test
    void warning_whenItHasParameters_holdsThem() {
        var logged = new LogRecord(Level.WARNING, "{0} of {1}");
        logged.setParameters(new Object[] {3, "five"});
        root.log(logged);

        assertThat(lines()).singleElement().satisfies(line -> assertThat(line).containsEntry("message", "3 of five"));
    }

    @Test
    void warning_whenItIsLong_isShortened() {
        log(Level.WARNING, "x".repeat(10_000), null);

        assertThat(lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(String.valueOf(line.get("message"))).hasSize(303));
    }

    @Test
    void warning_whenThereIsNothingToSay_isALineAllTheSame() {
        log(Level.WARNING, null, null);

        assertThat(lines()).hasSize(1);
    }

    @Test
    void info_whenLogged_isLeftOut() {
        log(Level.INFO, "direct driver instance created", null);
        log(Level.FINE, "sending request", null);

        assertThat(lines()).isEmpty();
        assertThat(root.isLoggable(Level.INFO)).isFalse();
    }

    @Test
    void handlers_whenReplaced_areOursAlone() {
        assertThat(root.getHandlers()).singleElement().isInstanceOf(LibraryLog.class);
    }

    private void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
        var logged = new LogRecord(level, message);
        logged.setLoggerName("software.amazon.awssdk.Something");
        logged.setThrown(thrown);
        root.log(logged);
    }

    private List<Map<String, @Nullable Object>> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Json::parseObject)
                .toList();
    }
}
