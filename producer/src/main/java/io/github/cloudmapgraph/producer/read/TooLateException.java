package io.github.cloudmapgraph.producer.read;

/** A read was not done before its deadline. */
public final class TooLateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TooLateException(String message) {
        super(message);
    }
}
