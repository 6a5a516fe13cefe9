package io.github.cloudmapgraph.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cloudmapgraph.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {
    @Test
    void of_takesStandardsForWhatIsNotSet() {
        ProducerSettings settings = ProducerSettings.of(Map.of("QUEUE_URL", "https://queue", "LOCK_TABLE", "locks"));

        assertThat(settings)
                .isEqualTo(new ProducerSettings(
                        "https://queue",
                        "locks",
                        "",
                        List.of(),
                        "",
                        1_048_576,
                        32,
                        Duration.ofSeconds(10),
                        OptionalInt.empty()));
    }

    @Test
    void of_readsEverything() {
        ProducerSettings settings = ProducerSettings.of(Map.of(
                "QUEUE_URL", "https://queue",
                "LOCK_TABLE", "locks",
                "SNAPSHOT_BUCKET", "snapshots",
                "NAMESPACES", "shop, ns-e4anhexample0004",
                "DEPLOYMENT_NAME", "blue",
                "MAX_MESSAGE_BYTES", "262144",
                "READ_CONCURRENCY", "8",
                "PENDING_OPERATION_SECONDS", "0",
                "REQUEST_RATE_PERCENT", "50"));

        assertThat(settings)
                .isEqualTo(new ProducerSettings(
                        "https://queue",
                        "locks",
                        "snapshots",
                        List.of("shop", "ns-e4anhexample0004"),
                        "blue",
                        262_144,
                        8,
                        Duration.ZERO,
                        OptionalInt.of(50)));
    }

    @Test
    void of_reportsEveryProblemTogether() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ProducerSettings.of(Map.of(
                        "DEPLOYMENT_NAME", "blue/green",
                        "MAX_MESSAGE_BYTES", "10",
                        "READ_CONCURRENCY", "many",
                        "PENDING_OPERATION_SECONDS", "61",
                        "REQUEST_RATE_PERCENT", "0")))
                .withMessageContainingAll(
                        "QUEUE_URL is not set",
                        "LOCK_TABLE is not set",
                        "DEPLOYMENT_NAME has to be",
                        "MAX_MESSAGE_BYTES is too small; it has to be a whole number from 1024 to 1048576",
                        "READ_CONCURRENCY is no number, but something else of 4 characters; it has to be a whole"
                                + " number from 1 to 256",
                        "PENDING_OPERATION_SECONDS is too large",
                        "REQUEST_RATE_PERCENT is too small");
    }
}
