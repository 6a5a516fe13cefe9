package io.github.cloudmapgraph.consumer.graph;

import io.github.cloudmapgraph.failure.FailureText;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.value.ValueException;

/**
 * What may be told of an exception of Neo4j or its driver: the status code, and a text that quotes no value.
 *
 * @see <a href="https://neo4j.com/docs/status-codes/current/errors/all-errors/">Neo4j's status codes</a>
 */
public final class Neo4jText {
    /** What the driver sets on an exception of its own, which no server sent. */
    private static final String NO_CODE = "N/A";

    private static final int MOST_CHARACTERS = 300;

    /**
     * Beginnings of codes whose texts are about users, databases, servers and locks. The texts of all others, as those
     * of statements and constraints, may quote what was to be stored.
     */
    private static final List<String> TOLD = List.of(
            "Neo.ClientError.Cluster.",
            "Neo.ClientError.Database.",
            "Neo.ClientError.Security.",
            "Neo.ClientError.Transaction.",
            "Neo.DatabaseError.Database.",
            "Neo.TransientError.");

    /** Which constraint refuses; the value stands behind it. */
    private static final Pattern CONSTRAINT =
            Pattern.compile("^(?:Node|Relationship)\\(\\d+\\) [a-z ]{0,40}with (?:label|type) `([^`]{1,100})`"
                    + " (?:and|must have the) property `([^`]{1,100})`");

    private Neo4jText() {}

    /** Tells it on one line. */
    public static String of(RuntimeException failure) {
        return failure instanceof Neo4jException e ? ofNeo4j(e) : ofOther(failure);
    }

    /** Tells whether a server sent this code. */
    public static boolean isFromServer(String code) {
        return !code.isEmpty() && !code.equals(NO_CODE);
    }

    private static String ofNeo4j(Neo4jException failure) {
        String code = String.valueOf(failure.code());
        if (isFromServer(code)) {
            boolean told = TOLD.stream().anyMatch(code::startsWith);
            return code + (told ? ": " + shortened(failure) : constraint(failure));
        }
        // It quotes the value that has another type than was asked for.
        return failure instanceof ValueException ? failure.getClass().getSimpleName() : ofDriver(failure);
    }

    /** The driver's own texts are about connections. What is wrong with a certificate is only said by the cause. */
    private static String ofDriver(RuntimeException failure) {
        return failure.getClass().getSimpleName() + ": " + shortened(failure)
                + certificateProblem(failure).map(problem -> ": " + problem).orElse("");
    }

    private static String ofOther(RuntimeException failure) {
        String type = failure.getClass().getSimpleName();
        String text = FailureText.of(failure);
        return text.equals(type) ? type : type + ": " + FailureText.firstLine(text, MOST_CHARACTERS);
    }

    private static String constraint(Neo4jException failure) {
        Matcher refused = CONSTRAINT.matcher(String.valueOf(failure.getMessage()));
        return refused.find()
                ? ": a constraint on property `" + refused.group(2) + "` of `" + refused.group(1) + "` refuses a value"
                : "";
    }

    private static Optional<String> certificateProblem(Throwable failure) {
        Optional<String> problem = Optional.empty();
        for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
            if (each instanceof SSLException || each instanceof CertificateException) {
                // The innermost says most.
                problem = Optional.of(period(each) + FailureText.firstLine(each.getMessage(), MOST_CHARACTERS));
            }
        }
        return problem;
    }

    /** The texts of these two are dates alone. */
    private static String period(Throwable problem) {
        return switch (problem) {
            case CertificateExpiredException _ -> "the certificate has expired, ";
            case CertificateNotYetValidException _ -> "the certificate is not valid yet, ";
            default -> "";
        };
    }

    private static String shortened(Throwable failure) {
        return FailureText.firstLine(failure.getMessage(), MOST_CHARACTERS);
    }
}
