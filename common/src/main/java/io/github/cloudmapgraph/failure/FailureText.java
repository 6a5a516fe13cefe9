package io.github.cloudmapgraph.failure;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a log line, an answer or a reason may tell of an exception.
 *
 * <p>An exception's text may quote what was being worked on: {@code For input string: "..."}, {@code Duplicate key
 * ...}, a piece of a JSON document. So a text is told only of exceptions that were made in this project's own classes,
 * which quote no value, of the AWS SDK and of the JVM itself; of all others the type is.
 */
public final class FailureText {
    private static final String OUR_PACKAGES = "io.github.cloudmapgraph.";

    /** Only the first line: AWS explains a wrong signature by the request's headers, the session token among them. */
    private static final int MOST_CHARACTERS = 4_000;

    private FailureText() {}

    /** Returns the text where it may be told, and the type where not. */
    public static String of(Throwable failure) {
        String text = text(failure);
        return text.isEmpty() ? failure.getClass().getSimpleName() : text;
    }

    /** Returns the type, and the text where it may be told. */
    public static String withType(Throwable failure) {
        String text = text(failure);
        return failure.getClass().getName() + (text.isEmpty() ? "" : ": " + text);
    }

    /** Returns the first line of a text, shortened, without the user and password of addresses in it. */
    public static String firstLine(@Nullable String text, int mostCharacters) {
        String line = String.valueOf(text).lines().findFirst().orElse("").replaceAll("//[^/\\s]*@", "//");
        return line.length() <= mostCharacters ? line : line.substring(0, mostCharacters) + "...";
    }

    /**
     * Returns what may leave the function in place of a failure, for Lambda logs whatever leaves it, with all causes:
     * the failure itself where all its texts may be told.
     */
    public static RuntimeException thrown(RuntimeException failure) {
        if (maybeToldWhole(failure)) {
            return failure;
        }
        var told = new InvocationFailedException(withType(failure));
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    private static boolean maybeToldWhole(Throwable failure) {
        String whole = failure.getMessage();
        Throwable cause = failure.getCause();
        return (whole == null || whole.equals(text(failure)))
                && (cause == null || maybeToldWhole(cause))
                && Stream.of(failure.getSuppressed()).allMatch(FailureText::maybeToldWhole);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        if (message == null) {
            return "";
        }
        if (cause != null && message.equals(cause.toString())) {
            // The constructors that take a cause alone make its text their own.
            return withType(cause);
        }
        return isTold(failure) ? firstLine(message, MOST_CHARACTERS) : "";
    }

    private static boolean isTold(Throwable failure) {
        return switch (failure) {
            case SdkException e -> !quotesAnAnswer(e);
            case VirtualMachineError _, LinkageError _ -> true;
            default -> isMadeByUs(failure);
        };
    }

    /** The SDK's parsers quote the token of an answer that they do not understand; it may be a secret's. */
    private static boolean quotesAnAnswer(SdkException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).startsWith("Unable to unmarshall")
                    || each.getClass().getName().contains(".thirdparty.jackson.")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMadeByUs(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith(OUR_PACKAGES);
    }
}
