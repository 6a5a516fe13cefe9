package io.github.cloudmapgraph.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.check.CheckReport.Line;
import io.github.cloudmapgraph.check.CheckReport.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private final CheckReport report = new CheckReport();

    @Test
    void toAnswer_whenNothingFailed_passes() {
        report.attempt("queue", "allow sqs:SendMessage", () -> "reached");
        report.add("trail", Status.WARNING, "none logs Cloud Map", "make one");

        assertThat(report.toAnswer())
                .containsEntry("outcome", "check passed")
                .containsEntry(
                        "checks",
                        List.of(
                                Map.of("subject", "queue", "status", "OK", "detail", "reached"),
                                Map.of(
                                        "subject",
                                        "trail",
                                        "status",
                                        "WARNING",
                                        "detail",
                                        "none logs Cloud Map",
                                        "remedy",
                                        "make one")));
    }

    @Test
    void attempt_whenItFails_saysWhyAndWhatToDo() {
        report.attempt("queue", "allow sqs:SendMessage", () -> {
            throw new IllegalStateException("denied");
        });
        report.attempt("table", "make it", () -> {
            throw new IllegalStateException();
        });

        assertThat(report.lines())
                .containsExactly(
                        new Line("queue", Status.FAILED, "denied", "allow sqs:SendMessage"),
                        new Line("table", Status.FAILED, "IllegalStateException", "make it"));
        assertThat(report.toAnswer()).containsEntry("outcome", "check failed");
    }
}
