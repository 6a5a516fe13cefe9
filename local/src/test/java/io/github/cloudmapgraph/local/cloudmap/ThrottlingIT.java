package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.RequestLimitExceededException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryException;

class ThrottlingIT {
    @Test
    void listServices_isThrottled_untilTokensComeBack() throws IOException {
        try (var cloudMap = new CloudMap(options -> options.withThrottling(true))) {
            for (int i = 0; i < 10; i++) {
                cloudMap.client.listServices();
            }
            assertThatThrownBy(cloudMap.client::listServices)
                    .isInstanceOfSatisfying(ServiceDiscoveryException.class, throttled -> {
                        assertThat(throttled.isThrottlingException()).isTrue();
                        assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
                    });

            cloudMap.clock.advance(Duration.ofSeconds(1));
            cloudMap.client.listServices();
            cloudMap.client.listServices();
            assertThatThrownBy(cloudMap.client::listServices).isInstanceOf(ServiceDiscoveryException.class);
        }
    }

    @Test
    void listNamespaces_hasItsOwnBucket_whenListServicesIsThrottled() throws IOException {
        try (var cloudMap = new CloudMap(options -> options.withThrottling(true))) {
            for (int i = 0; i < 5; i++) {
                cloudMap.client.listServices();
                cloudMap.client.listNamespaces();
            }
            assertThatThrownBy(cloudMap.client::listNamespaces).isInstanceOf(ServiceDiscoveryException.class);
            cloudMap.client.listServices();
        }
    }

    @Test
    void discoverInstances_hasAnErrorOfItsOwn_whenItIsThrottled() {
        var clock = new TestClock(Instant.EPOCH);
        var throttle = new Throttle(clock);
        for (int i = 0; i < 2000; i++) {
            throttle.admit("DiscoverInstances");
        }
        assertThatThrownBy(() -> throttle.admit("DiscoverInstances"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.type()).isEqualTo("RequestLimitExceeded"));
    }

    @Test
    void requestLimitExceeded_isTheSdksException_whenItIsAnswered() throws IOException {
        Faults faults = (_, _) -> new Faults.Fault.Answer(400, "RequestLimitExceeded", "Rate exceeded");
        try (var cloudMap = new CloudMap(options -> options.withFaults(faults))) {
            assertThatThrownBy(() -> cloudMap.client.discoverInstances(
                            discover -> discover.namespaceName("n").serviceName("s")))
                    .isInstanceOf(RequestLimitExceededException.class);
        }
    }
}
