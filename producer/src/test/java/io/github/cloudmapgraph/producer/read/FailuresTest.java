package io.github.cloudmapgraph.producer.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryException;

class FailuresTest {
    private static final Endpoint AWS = new Endpoint(Optional.empty());
    private static final Endpoint OTHER = new Endpoint(Optional.of(URI.create("http://127.0.0.1:4566")));

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException, not authorized, DENIED, DENIED",
        "403, AccessDenied, not authorized, DENIED, DENIED",
        "400, AccessDeniedException, not implemented for you, DENIED, DENIED",
        "400, ServiceNotFound, no such service, GONE, GONE",
        "404, ResourceNotFoundException, no such service, GONE, GONE",
        "400, UnknownOperationException, what is that, OTHER, NOT_IMPLEMENTED",
        "501, InternalFailure, some text, OTHER, NOT_IMPLEMENTED",
        "404, '', no such page, OTHER, NOT_IMPLEMENTED",
        "500, InternalError, API not implemented yet, OTHER, NOT_IMPLEMENTED",
        "500, InternalFailure, broken, OTHER, OTHER",
        "400, ExpiredTokenException, expired, OTHER, OTHER",
    })
    void of_tellsWhatAFailureMeans(int status, String code, String message, Kind atAws, Kind elsewhere) {
        ServiceDiscoveryException failure = failure(status, code, message);

        assertThat(Failures.of(Operation.LIST_TAGS_FOR_RESOURCE, AWS, failure).kind())
                .isEqualTo(atAws);
        assertThat(Failures.of(Operation.LIST_TAGS_FOR_RESOURCE, OTHER, failure).kind())
                .isEqualTo(elsewhere);
    }

    @Test
    void of_namesTheMissingPermission() {
        var failure = failure(400, "AccessDeniedException", "not authorized");

        assertThat(Failures.of(Operation.LIST_TAGS_FOR_RESOURCE, AWS, failure))
                .hasMessageStartingWith("ListTagsForResource was denied: servicediscovery:ListTagsForResource is not"
                        + " allowed for these credentials")
                // A person's credentials read in the local run.
                .hasMessageNotContaining("function");
    }

    @Test
    void of_saysWhatToDoAboutThrottling() {
        var failure = failure(400, "ThrottlingException", "Rate exceeded");

        assertThat(Failures.of(Operation.LIST_SERVICES, AWS, failure))
                .hasMessageStartingWith("ListServices was throttled")
                .hasMessageContaining("REQUEST_RATE_PERCENT");
    }

    @Test
    void of_namesTheOperationOfWhateverElse() {
        var failure = SdkClientException.create("Unable to execute HTTP request");

        assertThat(Failures.of(Operation.LIST_SERVICES, OTHER, failure))
                .hasMessage("ListServices failed: Unable to execute HTTP request")
                .extracting(CallFailedException::kind)
                .isEqualTo(Kind.OTHER);
    }

    private static ServiceDiscoveryException failure(int status, String code, String message) {
        return (ServiceDiscoveryException) ServiceDiscoveryException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
