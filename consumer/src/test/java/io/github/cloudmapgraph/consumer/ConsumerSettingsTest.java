package io.github.cloudmapgraph.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.config.ConfigurationException;
import io.github.cloudmapgraph.consumer.ConsumerSettings.Neo4jOrigin;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerSettingsTest {
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:neo4j-AbCdEf";
    private static final Map<String, String> LEAST = Map.of(
            "QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/111122223333/snapshots",
            "DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/111122223333/snapshots-dead",
            "LOCK_TABLE", "locks",
            "NEO4J_SECRET_ARN", SECRET);

    @Test
    void read_usesTheDocumentedStandards_whenOnlyTheRequiredIsSet() {
        ConsumerSettings settings = ConsumerSettings.read(LEAST);

        assertThat(settings.lease()).hasSeconds(120);
        assertThat(settings.graph().transactionTimeout()).hasSeconds(100);
        assertThat(settings.graph().massDeletionMinServices()).isEqualTo(10);
        assertThat(settings.graph().massDeletionPercent()).isEqualTo(50);
        assertThat(settings.graph().massDeletionConfirmations()).isEqualTo(3);
        assertThat(settings.snapshotBucket()).isEmpty();
        assertThat(settings.neo4j()).isEqualTo(new Neo4jOrigin.Secret(SECRET));
    }

    @Test
    void read_namesEveryProblem_whenNothingIsSet() {
        assertThatThrownBy(() -> ConsumerSettings.read(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "QUEUE_URL", "DEAD_LETTER_QUEUE_URL", "LOCK_TABLE", "NEO4J_SECRET_ARN", "NEO4J_URI");
    }

    @Test
    void read_refuses_whenTheTransactionMayOutlastTheLease() {
        assertThatThrownBy(
                        () -> ConsumerSettings.read(with("LEASE_SECONDS", "60", "TRANSACTION_TIMEOUT_SECONDS", "60")))
                .hasMessageContaining(
                        "TRANSACTION_TIMEOUT_SECONDS is 60; it has to be less than LEASE_SECONDS, which is 60");
    }

    @Test
    void read_refuses_whenSecretAndUriAreBothSet() {
        assertThatThrownBy(() -> ConsumerSettings.read(with("NEO4J_URI", "bolt://localhost")))
                .hasMessageContaining("NEO4J_SECRET_ARN and NEO4J_URI are both set");
    }

    @Test
    void read_takesNeo4jFromTheEnvironment_whenThereIsNoSecret() {
        ConsumerSettings settings = ConsumerSettings.read(with(
                "NEO4J_SECRET_ARN", "",
                "NEO4J_URI", "bolt://127.0.0.1:7687",
                "NEO4J_USERNAME", "neo4j",
                "NEO4J_PASSWORD", "local-only"));

        assertThat(settings.neo4j()).isInstanceOfSatisfying(Neo4jOrigin.Environment.class, origin -> {
            assertThat(origin.access().access().uri()).hasToString("bolt://127.0.0.1:7687");
            assertThat(origin.access().access().database()).isEmpty();
        });
        assertThat(settings.toString()).doesNotContain("local-only");
    }

    @Test
    void read_namesTheSchemes_whenTheUriHasAnother() {
        assertThatThrownBy(() -> ConsumerSettings.read(with(
                        "NEO4J_SECRET_ARN", "",
                        "NEO4J_URI", "http://127.0.0.1:7474",
                        "NEO4J_USERNAME", "neo4j",
                        "NEO4J_PASSWORD", "local-only")))
                .hasMessageContaining(
                        "NEO4J_URI is not usable: the scheme of uri is not one of bolt, bolt+s, bolt+ssc, neo4j,"
                                + " neo4j+s, neo4j+ssc")
                .hasMessageNotContaining("local-only");
    }

    @Test
    void read_namesWhatIsMissing_whenOnlyTheUriIsSet() {
        assertThatThrownBy(() -> ConsumerSettings.read(with("NEO4J_SECRET_ARN", "", "NEO4J_URI", "bolt://127.0.0.1")))
                .hasMessageContainingAll("NEO4J_USERNAME is not set", "NEO4J_PASSWORD is not set")
                .hasMessageNotContaining("placeholder");
    }

    @Test
    void read_namesTheBounds_whenANumberIsOutsideThem() {
        assertThatThrownBy(() -> ConsumerSettings.read(
                        with("MASS_DELETION_PERCENT", "101", "MASS_DELETION_CONFIRMATIONS", "none")))
                .hasMessageContainingAll(
                        "MASS_DELETION_PERCENT is too large; it has to be a whole number from 1 to 100",
                        "MASS_DELETION_CONFIRMATIONS is no number, but something else of 4 characters");
    }

    private static Map<String, String> with(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>(LEAST);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return environment;
    }
}
