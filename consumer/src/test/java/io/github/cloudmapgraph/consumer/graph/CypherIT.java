package io.github.cloudmapgraph.consumer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.TransientException;

/** What runs behind fails: the driver has to get that failure itself, since it tells by it what is worth a retry. */
class CypherIT {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void readBehind_isTriedAgain_whenNeo4jIsGoneForAMoment() {
        String read = inTransaction(
                cypher -> cypher.readBehind(this::readAtTheSecondAttempt).get());

        assertThat(read).isEqualTo("read");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void readBehind_isTriedAgain_whenNobodyAskedForItYet() {
        inTransaction(cypher -> cypher.readBehind(this::readAtTheSecondAttempt));

        assertThat(attempts).hasValue(2);
    }

    @Test
    void readBehind_throwsWhatNeo4jSays_whenItRefuses() {
        var refused = new ClientException("Neo.ClientError.Statement.TypeError", "refused");

        assertThatThrownBy(() -> inTransaction(cypher -> cypher.<String>readBehind(behind -> {
                            throw refused;
                        })
                        .get()))
                .isSameAs(refused);
    }

    @Test
    void runBehind_isTriedAgain_whenNeo4jIsGoneForAMoment() {
        inTransaction(cypher -> {
            cypher.runBehind(this::readAtTheSecondAttempt);
            return true;
        });

        assertThat(attempts).hasValue(2);
    }

    @Test
    void readBehind_givesWhatWasRead_asOftenAsAsked() {
        attempts.set(1);

        String read = inTransaction(cypher -> {
            Supplier<String> reading = cypher.readBehind(this::readAtTheSecondAttempt);
            return reading.get() + reading.get();
        });

        assertThat(read).isEqualTo("readread");
        assertThat(attempts).hasValue(2);
    }

    private String readAtTheSecondAttempt(Cypher behind) {
        if (attempts.incrementAndGet() == 1) {
            throw new TransientException("Neo.TransientError.General.DatabaseUnavailable", "gone for a moment");
        }
        return "read";
    }

    private static <T> T inTransaction(Function<Cypher, T> work) {
        try (var session = Neo4jForTests.DRIVER.session()) {
            return session.executeWrite(context -> {
                try (var cypher = new Cypher(context)) {
                    return work.apply(cypher);
                }
            });
        }
    }
}
