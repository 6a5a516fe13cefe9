package io.github.cloudmapgraph.local.cloudmap;

/** Decides, for a test, what becomes of a request before it is looked at. */
@FunctionalInterface
public interface Faults {
    /** Lets everything through. */
    Faults NONE = (_, _) -> new Fault.LetThrough();

    /**
     * Decides on one request.
     *
     * @param operation such as {@code ListServices}
     * @param request its body, JSON
     */
    Fault decide(String operation, String request);

    /** What happens to a request. */
    sealed interface Fault {
        /** It is handled as usual. */
        record LetThrough() implements Fault {}

        /** It is not handled; the answer is this error, such as 400 and {@code AccessDeniedException}. */
        record Answer(int status, String type, String message) implements Fault {}

        /** It is not handled; the connection is closed without an answer. */
        record Drop() implements Fault {}

        /** It is handled, but the connection is closed without an answer. */
        record LoseAnswer() implements Fault {}
    }
}
