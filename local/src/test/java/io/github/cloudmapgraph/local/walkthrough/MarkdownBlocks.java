package io.github.cloudmapgraph.local.walkthrough;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the fenced blocks and the tables of a Markdown document, in its order. */
public final class MarkdownBlocks {
    private static final String FENCE = "```";
    private static final Pattern RULE = Pattern.compile("\\|(\\s*:?-+:?\\s*\\|)+");

    private MarkdownBlocks() {}

    /** A part of the document that a test works with. */
    public sealed interface Block {
        /** Counted from 1. */
        int line();
    }

    /** A fenced block; the language is empty where none is named. */
    public record Fenced(int line, String language, String text) implements Block {}

    /** A table; its first row is the heading. */
    public record Table(int line, List<List<String>> rows) implements Block {}

    /** Returns the blocks of a document. */
    public static List<Block> of(String markdown) {
        List<String> lines = markdown.lines().toList();
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int first = at;
            String line = lines.get(at++);
            if (line.startsWith(FENCE)) {
                at = endOf(lines, at, false);
                blocks.add(new Fenced(
                        first + 1,
                        line.substring(FENCE.length()).strip(),
                        String.join("\n", lines.subList(first + 1, at))));
                at++;
            } else if (line.startsWith("|")) {
                at = endOf(lines, at, true);
                blocks.add(new Table(
                        first + 1,
                        lines.subList(first, at).stream()
                                .filter(row -> !RULE.matcher(row.strip()).matches())
                                .map(MarkdownBlocks::cells)
                                .toList()));
            }
        }
        return blocks;
    }

    private static int endOf(List<String> lines, int from, boolean table) {
        for (int at = from; at < lines.size(); at++) {
            String line = lines.get(at);
            if (table ? !line.startsWith("|") : line.equals(FENCE)) {
                return at;
            }
        }
        if (table) {
            return lines.size();
        }
        throw new IllegalArgumentException("The block that begins in line " + from + " has no end");
    }

    private static List<String> cells(String row) {
        String inner = row.strip();
        inner = inner.substring(1, inner.length() - 1);
        return Stream.of(inner.split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }
}
