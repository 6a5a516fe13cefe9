package io.github.cloudmapgraph.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu-west-1",
                "us-gov-west-1",
                "us-iso-east-1",
                "us-isob-east-1",
                "eu-isoe-west-1",
                "cn-north-1",
                "ap-southeast-7",
                "il-central-1",
                "mx-central-1",
                "eusc-de-east-1"
            })
    void of_whenTheRegionIsOneOfAws_isThatScope(String region) {
        assertThat(Scope.of("111122223333", region, "").value()).isEqualTo("111122223333:" + region);
        assertThat(Scope.of("111122223333", region, "blue_1-a").value())
                .isEqualTo("111122223333:" + region + ":blue_1-a");
        assertThat(Scope.of("111122223333", region, "").account()).isEqualTo("111122223333");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "111122223333",
                "111122223333:",
                "11112222333:eu-west-1",
                "1111222233334:eu-west-1",
                "111122223333:eu-west-1:",
                "111122223333:eu-west-1:a:b",
                "111122223333:eu-west-1:a b",
                "111122223333:eu-west-1\n",
                "111122223333:EU-WEST-1",
                "111122223333:eu-west",
                "١١١١٢٢٢٢٣٣٣٣:eu-west-1",
            })
    void scope_whenItIsOfAnotherForm_saysWhatIsAllowed(String value) {
        assertThatThrownBy(() -> new Scope(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACCOUNT:REGION");
    }

    @Test
    void scope_whenTheNameIsTooLong_isRefusedInAShortSentence() {
        assertThat(Scope.of("111122223333", "eu-west-1", "n".repeat(64)).toString())
                .hasSize(87);
        assertThatThrownBy(() -> Scope.of("111122223333", "eu-west-1", "n".repeat(10_000)))
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(400);
    }
}
