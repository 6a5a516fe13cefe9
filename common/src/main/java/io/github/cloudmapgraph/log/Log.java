package io.github.cloudmapgraph.log;

import io.github.cloudmapgraph.failure.FailureText;
import io.github.cloudmapgraph.json.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object a line, with the fields that Lambda's JSON log format knows: {@code timestamp}, {@code level},
 * {@code message}.
 *
 * <p>Never pass it a secret or a payload: counts, ids and reasons only.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">Log formats</a>
 */
public final class Log {
    private final PrintStream out;
    private final InstantSource clock;
    private final Map<String, Object> context;
    private final EmbeddedMetrics metrics;

    /** Creates a log without fields of its own. */
    public Log(PrintStream out, InstantSource clock) {
        this(out, clock, Map.of(), new EmbeddedMetrics(List.of()));
    }

    private Log(PrintStream out, InstantSource clock, Map<String, Object> context, EmbeddedMetrics metrics) {
        this.out = out;
        this.clock = clock;
        this.context = context;
        this.metrics = metrics;
    }

    /** Returns a log whose lines carry one more field. */
    public Log with(String field, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(context);
        extended.put(field, value);
        return new Log(out, clock, extended, metrics);
    }

    /**
     * Returns a log whose lines carry these metrics, in place of others: each line counts once.
     *
     * @throws IllegalStateException if its lines have no field {@code scope}, which is the metrics' one dimension
     */
    public Log with(List<Metric> measured) {
        if (!context.containsKey(EmbeddedMetrics.DIMENSION)) {
            throw new IllegalStateException(
                    "a line with metrics needs the field '" + EmbeddedMetrics.DIMENSION + "': set it first");
        }
        return new Log(out, clock, context, new EmbeddedMetrics(measured));
    }

    /** Writes what happened as intended. {@code fields} are names and values in turn. */
    public void info(String message, @Nullable Object... fields) {
        line("INFO", message, null, fields);
    }

    /** Writes what a person should know, though the work goes on. {@code fields} are names and values in turn. */
    public void warn(String message, @Nullable Object... fields) {
        line("WARN", message, null, fields);
    }

    /**
     * Writes what failed, with the exception's type and place, and its text where {@link FailureText} may tell it.
     * {@code fields} are names and values in turn.
     */
    public void error(String message, Throwable failure, @Nullable Object... fields) {
        line("ERROR", message, failure, fields);
    }

    void line(String level, String message, @Nullable Throwable failure, @Nullable Object... fields) {
        Instant now = clock.instant();
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("timestamp", now.toString());
        line.put("level", level);
        line.put("message", message);
        line.putAll(context);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            line.put(String.valueOf(fields[i]), fields[i + 1]);
        }
        if (failure != null) {
            line.put("error", FailureText.withType(failure));
            line.put("at", failure.getStackTrace().length == 0 ? "" : failure.getStackTrace()[0].toString());
            Throwable cause = failure.getCause();
            if (cause != null) {
                line.put("cause", FailureText.withType(cause));
            }
        }
        metrics.addTo(line, now.toEpochMilli());
        out.println(Json.write(line));
    }
}
