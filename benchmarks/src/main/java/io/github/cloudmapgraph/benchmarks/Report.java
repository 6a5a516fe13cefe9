package io.github.cloudmapgraph.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A suite's results as Markdown. */
public final class Report {
    private final StringBuilder text = new StringBuilder();

    /** Begins with the suite's heading and the machine. */
    Report(String heading, Machine machine) {
        text.append("## ").append(heading).append("\n\n").append(machine.line()).append('\n');
    }

    public void heading(String heading) {
        text.append("\n### ").append(heading).append('\n');
    }

    public void paragraph(String paragraph) {
        text.append('\n').append(paragraph).append('\n');
    }

    /** Adds a table; each row has as many cells as there are columns. */
    public void table(List<String> columns, List<List<String>> rows) {
        text.append('\n');
        row(columns);
        row(columns.stream().map(_ -> "---").toList());
        rows.forEach(this::row);
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Adds a table of rows that have the same cells as the first one has names for. */
    public void table(String columns, List<List<String>> rows) {
        table(new ArrayList<>(List.of(columns.split(" *\\| *"))), rows);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
