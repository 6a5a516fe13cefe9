package io.github.cloudmapgraph.local.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import guru.nidi.graphviz.model.MutableGraph;
import guru.nidi.graphviz.parse.Parser;
import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import io.github.cloudmapgraph.local.servers.ExplorerServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is taken along is read by each format's own reader. */
class ExplorerExportsIT {
    private static Flow flow;
    private static ExplorerServer server;

    @BeforeAll
    static void start() throws IOException {
        TestServers.clearGraph();
        flow = new Flow(FlowOptions.standard().withoutEvents());
        flow.loadExample();
        flow.readAndAwait();
        server = ExplorerServer.start(0, TestServers.neo4j());
    }

    @AfterAll
    static void stop() {
        server.close();
        flow.close();
        TestServers.clearGraph();
    }

    private static byte[] export(String format) {
        try (ExplorerPage explorer = ExplorerPage.connected(server.address().toString())) {
            return explorer.export(format);
        }
    }

    @Test
    void json_holdsWhatIsShown_forJackson() throws IOException {
        JsonNode json = new JsonMapper().readTree(export("json"));
        Set<String> services = StreamSupport.stream(json.path("nodes").spliterator(), false)
                .filter(node -> node.path("kind").asText().equals("service"))
                .map(node -> node.path("arn").asText())
                .collect(Collectors.toSet());
        assertThat(services)
                .isEqualTo(TestServers.run("MATCH (s:Service) RETURN s.arn").stream()
                        .map(row -> row.get(0).asString())
                        .collect(Collectors.toSet()));
        assertThat(StreamSupport.stream(json.path("edges").spliterator(), false)
                        .filter(edge -> edge.path("kind").asText().equals("dependency")))
                .hasSize(19);
        assertThat(json.path("scopes").path(0).path("version").asLong()).isEqualTo(flow.version());
    }

    @Test
    void dot_holdsWhatIsShown_forAReaderOfGraphviz() throws IOException {
        MutableGraph graph = new Parser().read(new ByteArrayInputStream(export("dot")));
        Set<String> labels = new TreeSet<>();
        // Where an arrow begins or ends, a node is named once more, without attributes.
        graph.nodes().stream()
                .map(node -> node.get("label"))
                .filter(Objects::nonNull)
                .forEach(label -> labels.add(label.toString().replaceFirst("(?s)(\n|\\\\n).*", "")));
        assertThat(labels)
                .contains("frontend", "paymentservice", "ServiceMail", "redis-cart (not there)")
                .hasSize(18);
        assertThat(graph.graphs()).as("namespaces").hasSize(2);
        assertThat(graph.edges()).hasSize(20);
    }

    @Test
    void mermaid_isDrawn_byMermaid() throws IOException {
        String chart = new String(export("mermaid"), StandardCharsets.UTF_8);
        try (ExplorerPage reader = ExplorerPage.open("about:blank")) {
            String svg = Mermaid.draw(reader, chart);
            var page = reader.page();
            assertThat(svg).contains("paymentservice", "redis-cart");
            assertThat(page.locator("#chart .node").count()).as("nodes").isEqualTo(18);
            assertThat(page.locator("#chart .cluster").count()).as("namespaces").isEqualTo(2);
            assertThat(page.locator("#chart path.flowchart-link").count())
                    .as("arrows")
                    .isEqualTo(20);
            reader.screenshot("mermaid");
        }
    }

    @Test
    void png_isAPicture_forImageIo() throws IOException {
        byte[] png = export("png");
        java.nio.file.Files.write(java.nio.file.Path.of("target", "explorer", "exported.png"), png);
        var picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isGreaterThan(600);
        assertThat(picture.getHeight()).isGreaterThan(300);
        Set<Integer> colours = new TreeSet<>();
        for (int x = 0; x < picture.getWidth(); x += 3) {
            for (int y = 0; y < picture.getHeight(); y += 3) {
                colours.add(picture.getRGB(x, y));
            }
        }
        assertThat(colours).as("something is drawn").hasSizeGreaterThan(20);
    }
}
