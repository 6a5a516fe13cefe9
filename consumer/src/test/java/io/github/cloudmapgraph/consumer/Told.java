package io.github.cloudmapgraph.consumer;

import io.github.cloudmapgraph.log.LibraryLog;
import io.github.cloudmapgraph.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Everything that is written while it is open: as in Lambda, where libraries log through {@link LibraryLog}. */
final class Told implements AutoCloseable {
    private static final Logger ROOT = LogManager.getLogManager().getLogger("");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Handler[] handlers = ROOT.getHandlers();
    private final @Nullable Level level = ROOT.getLevel();

    Told() {
        System.setOut(stream);
        System.setErr(stream);
        LibraryLog.writeTo(new Log(stream, InstantSource.system()));
    }

    /** Adds what a caller gets to see. */
    void add(@Nullable Object told) {
        stream.println(told);
    }

    /** Adds what Lambda logs of an exception that leaves the handler: its text and stack, those of its causes too. */
    void addThrown(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        stream.println(text);
    }

    String all() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        for (Handler handler : handlers) {
            ROOT.addHandler(handler);
        }
        ROOT.setLevel(level);
    }
}
