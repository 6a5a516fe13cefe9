package io.github.cloudmapgraph.log;

import io.github.cloudmapgraph.failure.FailureText;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Makes lines of ours of what libraries log by {@link java.util.logging}, from {@code WARNING} on.
 *
 * <p>Of a message it keeps the first line, and of an exception the type. What an exception says may quote what was sent
 * or received (Neo4j names the value that a constraint refuses, the SDK a proxy's address with its password), and some
 * libraries put it, with the stack, behind the message's first line. What is sent and received is logged below
 * {@code WARNING} by all of them, and is off.
 */
public final class LibraryLog extends Handler {
    private static final int MOST_CHARACTERS = 300;

    private final Log log;
    private final Formatter formatter = new SimpleFormatter();

    private LibraryLog(Log log) {
        this.log = log;
        setLevel(Level.WARNING);
    }

    /** Has the whole process log to {@code log}, in place of standard error. */
    public static void writeTo(Log log) {
        writeTo(log, Logger.getLogger(""));
    }

    static void writeTo(Log log, Logger root) {
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.WARNING);
        root.addHandler(new LibraryLog(log));
    }

    @Override
    public void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        try {
            Throwable thrown = logged.getThrown();
            log.line(
                    logged.getLevel().intValue() >= Level.SEVERE.intValue() ? "ERROR" : "WARN",
                    FailureText.firstLine(formatter.formatMessage(logged), MOST_CHARACTERS),
                    null,
                    "logger",
                    logged.getLoggerName(),
                    "error",
                    thrown == null ? null : thrown.getClass().getName());
        } catch (RuntimeException e) {
            // A record that cannot be written must not break the work that it is about.
            reportError(null, e, ErrorManager.WRITE_FAILURE);
        }
    }

    /** Does nothing: each line is written at once. */
    @Override
    public void flush() {}

    /** Does nothing: the log is not this handler's. */
    @Override
    public void close() {}
}
