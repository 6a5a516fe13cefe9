package io.github.cloudmapgraph.producer.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

class CallCounterTest {
    private final CallCounter counter = new CallCounter();
    private final RateLimiter limiter = new RateLimiter(2, 3, () -> 0);

    @Test
    void attempt_whenItIsARetry_isCountedAndTakesATokenToo() {
        ExecutionAttributes call = call();

        attempt(call);
        assertThat(counter.counts()).isEqualTo(Map.of("ListInstances", 1L));
        attempt(call);
        attempt(call);

        assertThat(counter.counts()).isEqualTo(Map.of("ListInstances", 3L));
        // Two of the three tokens are gone with the retries: the first attempt's was taken before it.
        assertThat(limiter.reserve()).isZero();
        assertThat(limiter.reserve()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void attempt_whenItIsTheFirst_takesNoToken() {
        for (int i = 0; i < 5; i++) {
            attempt(call());
        }

        assertThat(counter.counts()).isEqualTo(Map.of("ListInstances", 5L));
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.reserve()).isZero();
        }
    }

    private ExecutionAttributes call() {
        return new ExecutionAttributes()
                .putAttribute(SdkExecutionAttribute.OPERATION_NAME, "ListInstances")
                .putAttribute(CallCounter.OF_REQUEST, counter.call(Optional.of(limiter)));
    }

    private static void attempt(ExecutionAttributes call) {
        var context = (Context.BeforeTransmission) Proxy.newProxyInstance(
                CallCounterTest.class.getClassLoader(),
                new Class<?>[] {Context.BeforeTransmission.class},
                (_, method, _) -> {
                    throw new AssertionError(method + " is not asked for");
                });
        CallCounter.INTERCEPTOR.beforeTransmission(context, call);
    }
}
