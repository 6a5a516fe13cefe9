package io.github.cloudmapgraph.producer.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "https://servicediscovery.eu-west-1.amazonaws.com, true",
        "https://vpce-0abc.servicediscovery.eu-west-1.vpce.amazonaws.com, true",
        "https://servicediscovery.cn-north-1.amazonaws.com.cn, true",
        "https://servicediscovery.eu-west-1.api.aws, true",
        "http://127.0.0.1:4566, false",
        "https://amazonaws.com.example.org, false"
    })
    void isAws_looksAtTheHost(URI override, boolean aws) {
        assertThat(new Endpoint(Optional.of(override)).isAws()).isEqualTo(aws);
    }

    @Test
    void isAws_whenNothingIsOverridden() {
        assertThat(new Endpoint(Optional.empty()).isAws()).isTrue();
    }
}
