package io.github.cloudmapgraph.producer.read;

import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.producer.read.CallFailedException.Kind;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells what a failed call means, and says it in words that help. */
final class Failures {
    private static final Set<String> GONE =
            Set.of("ServiceNotFound", "NamespaceNotFound", "ResourceNotFoundException", "OperationNotFound");
    private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
    private static final Set<String> NOT_IMPLEMENTED =
            Set.of("UnknownOperationException", "UnknownOperation", "NotImplemented", "NotImplementedException");

    private Failures() {}

    static CallFailedException of(Operation operation, Endpoint endpoint, SdkException failure) {
        Kind kind = failure instanceof AwsServiceException answer ? kind(endpoint, answer) : Kind.OTHER;
        return new CallFailedException(kind, operation.apiName() + " " + reason(operation, kind, failure), failure);
    }

    private static Kind kind(Endpoint endpoint, AwsServiceException answer) {
        String code = code(answer);
        if (DENIED.contains(code)) {
            return Kind.DENIED;
        }
        if (GONE.contains(code)) {
            return Kind.GONE;
        }
        if (code.equals("InstanceNotFound")) {
            return Kind.INSTANCE_GONE;
        }
        boolean unknown = NOT_IMPLEMENTED.contains(code)
                || answer.statusCode() == 404
                || answer.statusCode() == 501
                || text(answer).toLowerCase(Locale.ROOT).contains("not implemented");
        return unknown && !endpoint.isAws() ? Kind.NOT_IMPLEMENTED : Kind.OTHER;
    }

    private static String reason(Operation operation, Kind kind, SdkException failure) {
        String text = text(failure);
        if (kind == Kind.DENIED) {
            return "was denied: " + operation.permission()
                    + " is not allowed for these credentials; add it to the policies"
                    + " of the role or user whose credentials they are (" + text + ")";
        }
        if (failure instanceof AwsServiceException answer && answer.isThrottlingException()) {
            return "was throttled again and again: lower REQUEST_RATE_PERCENT, or see what else calls Cloud Map ("
                    + text + ")";
        }
        return "failed: " + text;
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? ""
                : answer.awsErrorDetails().errorCode();
    }

    private static String text(SdkException failure) {
        return FailureText.of(failure);
    }
}
