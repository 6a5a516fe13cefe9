package io.github.cloudmapgraph.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> NOW);

    @Test
    void info_whenWritten_isOneJsonLineWithContextAndFields() {
        log.with("scope", "s").with("version", 5L).info("a \"message\"\nof two lines", "count", 3, "none", null);

        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("timestamp", "2026-01-31T12:00:00.123Z")
                        .containsEntry("level", "INFO")
                        .containsEntry("message", "a \"message\"\nof two lines")
                        .containsEntry("scope", "s")
                        .containsEntry("version", 5)
                        .containsEntry("count", 3)
                        .containsEntry("none", null));
    }

    @Test
    void with_whenExtended_leavesTheFirstLogAsItIs() {
        log.with("scope", "s");
        log.warn("plain");

        assertThat(lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).containsEntry("level", "WARN").doesNotContainKey("scope"));
    }

    @Test
    void error_whenTheFailureHasACause_namesBothAndThePlace() {
        log.error("failed", new IllegalStateException("outer\n", new java.io.IOException("inner")));

        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line)
                    .containsEntry("level", "ERROR")
                    .containsEntry("error", "java.lang.IllegalStateException: outer")
                    .containsEntry("cause", "java.io.IOException: inner");
            assertThat(String.valueOf(line.get("at"))).contains("LogTest");
        });
    }

    @Test
    void info_whenManyWrite_keepsLinesWhole() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                int number = i;
                threads.execute(() -> log.info("é😀\u0000 ".repeat(50), "number", number));
            }
        }

        assertThat(lines()).extracting(line -> line.get("number")).hasSize(200).doesNotHaveDuplicates();
    }

    private List<Map<String, @Nullable Object>> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Json::parseObject)
                .toList();
    }
}
