package io.github.cloudmapgraph.local.explorer;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Mermaid itself, which reads and draws what the explorer wrote. */
final class Mermaid {
    private Mermaid() {}

    /**
     * Draws a chart into an empty page, as {@code #chart}.
     *
     * @return the drawing
     */
    static String draw(ExplorerPage reader, String chart) throws IOException {
        Page page = reader.page();
        page.setContent("<div id='chart'></div>");
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(script()));
        Object svg = page.evaluate("""
            async (chart) => {
              mermaid.initialize({ startOnLoad: false, maxEdges: 1000, securityLevel: "strict" });
              await mermaid.parse(chart);
              const { svg } = await mermaid.render('drawn', chart);
              document.getElementById('chart').innerHTML = svg;
              return svg;
            }
            """, chart);
        return String.valueOf(svg);
    }

    private static String script() throws IOException {
        var release = new Properties();
        try (var properties = resource("/META-INF/maven/org.webjars.npm/mermaid/pom.properties")) {
            release.load(properties);
        }
        try (var script = resource("/META-INF/resources/webjars/mermaid/%s/dist/mermaid.min.js"
                .formatted(release.getProperty("version")))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Mermaid.class.getResourceAsStream(name), name);
    }
}
