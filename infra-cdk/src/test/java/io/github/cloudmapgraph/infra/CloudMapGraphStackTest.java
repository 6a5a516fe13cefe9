package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloudMapGraphStackTest {
    /** CloudFormation replaces, and with it abandons, what comes back under another id. */
    @Test
    void logicalIds_areStable_forWhatHoldsState() {
        assertThat(Synthesized.with().template().get("Resources").fieldNames())
                .toIterable()
                .contains(
                        "StateDeadLetters18C5CAE4",
                        "StateFailedInvocationsAAE4558D",
                        "StateLargeSnapshotsA8A41AE7",
                        "StateLocksD8C9EAFE",
                        "StateNeo4j7ACA461C",
                        "StateSnapshots54E193F1");
    }

    @Test
    void template_isTheSame_whenSynthesizedTwice() {
        assertThat(Synthesized.with().template().toString())
                .isEqualTo(Synthesized.with().template().toString());
    }
}
