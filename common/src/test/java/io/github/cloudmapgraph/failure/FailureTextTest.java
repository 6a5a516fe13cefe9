package io.github.cloudmapgraph.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class FailureTextTest {
    /** What the JDK makes of values. */
    static Stream<RuntimeException> quotingExceptions() {
        return Stream.of(
                catchRuntimeException(() -> Integer.parseInt("hidden")),
                catchRuntimeException(() -> Instant.parse("hidden".strip())),
                catchRuntimeException(() -> Stream.of("hidden", "hidden").collect(Collectors.toMap(x -> x, x -> x))),
                catchRuntimeException(() -> Thread.State.valueOf("hidden")),
                new UncheckedIOException(withoutStack("hidden")));
    }

    @ParameterizedTest
    @MethodSource("quotingExceptions")
    void of_tellsTheTypeAlone_whenALibraryMadeTheText(RuntimeException failure) {
        assertThat(failure).hasMessageContaining("hidden");

        assertThat(FailureText.of(failure)).isNotEmpty().doesNotContain("hidden");
        assertThat(FailureText.withType(failure)).startsWith("java.").doesNotContain("hidden");
        assertThat(FailureText.thrown(failure))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageStartingWith(failure.getClass().getName())
                .hasNoCause()
                .satisfies(told -> assertThat(told.getStackTrace()).isEqualTo(failure.getStackTrace()))
                .satisfies(told -> assertThat(told.getMessage()).doesNotContain("hidden"));
    }

    @Test
    void of_tellsTheText_whenItWasMadeHere() {
        assertThat(FailureText.of(new IllegalStateException("the queue is closed")))
                .isEqualTo("the queue is closed");
        assertThat(FailureText.withType(new IllegalStateException("the queue is closed")))
                .isEqualTo("java.lang.IllegalStateException: the queue is closed");
    }

    @Test
    void of_tellsTheFirstLine_whenTheSdkMadeTheText() {
        var failure = SdkClientException.create("The signature does not match\nx-amz-security-token:hidden");

        assertThat(FailureText.of(failure)).isEqualTo("The signature does not match");
        assertThat(FailureText.thrown(failure)).isInstanceOf(InvocationFailedException.class);
    }

    @Test
    void of_tellsNoUserInAnAddress_whenTheSdkQuotesOne() {
        assertThat(FailureText.of(SdkClientException.create("no answer from http://user:hidden@proxy.example.com:80/")))
                .isEqualTo("no answer from http://proxy.example.com:80/");
    }

    @Test
    void thrown_isTheFailureItself_whenAllItsTextsMayBeTold() {
        var failure = new IllegalStateException("outer", SdkClientException.create("inner"));

        assertThat(FailureText.thrown(failure)).isSameAs(failure);
    }

    @Test
    void thrown_leavesNoCauseBehind_whenOneQuotesAValue() {
        var failure = new IllegalStateException("outer", withoutStack("hidden"));
        var withSuppressed = new IllegalStateException("outer");
        withSuppressed.addSuppressed(withoutStack("hidden"));

        for (RuntimeException each : new RuntimeException[] {failure, withSuppressed}) {
            assertThat(FailureText.thrown(each))
                    .hasMessage("java.lang.IllegalStateException: outer")
                    .hasNoCause()
                    .hasNoSuppressedExceptions();
        }
    }

    /** As a library would throw it. */
    private static IOException withoutStack(String text) {
        var made = new IOException(text);
        made.setStackTrace(new StackTraceElement[] {new StackTraceElement("library.Parser", "parse", null, 1)});
        return made;
    }
}
