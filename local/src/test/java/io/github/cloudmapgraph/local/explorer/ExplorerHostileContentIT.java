package io.github.cloudmapgraph.local.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import guru.nidi.graphviz.parse.Parser;
import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import io.github.cloudmapgraph.local.servers.ExplorerServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a registry, or a person in the graph, says is ever HTML or script to the page. Each page that is closed
 * checks that no dialog came up, nothing was asked of another host, and the browser complained of nothing: not even of
 * something that its content security policy stopped.
 */
class ExplorerHostileContentIT {
    private static final List<String> TEXTS = List.of(
            "<script>window.hit=1;alert(1)</script>",
            "<img src=x onerror=window.hit=2;alert(2)>",
            "\"><svg/onload=window.hit=3;alert(3)>",
            "'-alert(4)-'\" onmouseover=\"window.hit=4",
            "javascript:window.hit=5",
            "<a href=javascript:window.hit=6>x</a>",
            "<iframe srcdoc='<script>parent.hit=7</script>'>",
            "<link rel=stylesheet href=http://attacker.example/x.css>",
            "url(http://attacker.example/x.png)",
            "</style></script></textarea></title><img src=http://attacker.example/y onerror=window.hit=8>",
            "{{constructor.constructor('window.hit=9')()}} ${window.hit=10}",
            "__proto__",
            "&lt;b&gt; &amp; &#60;script&#62;",
            "\u202ecod.exe\u0000\u2028line\u2029",
            "\n] end\nclick n1 call alert(1)\n\"; } digraph x {");

    private static Flow flow;
    private static ExplorerServer server;

    @BeforeAll
    static void start() throws IOException {
        TestServers.clearGraph();
        flow = new Flow(FlowOptions.standard().withoutEvents());
        flow.load(registry());
        flow.readAndAwait();
        // What Cloud Map's rules keep out of names, a person can still write into the graph.
        for (int i = 0; i < TEXTS.size(); i++) {
            TestServers.run(
                    "MATCH (s:Service {name: $name}) SET s.name = $text, s.description = $text, s.owner = $text,"
                            + " s.unresolved_dependencies = [$text], s.type = $text, s.dns_records = [$text]",
                    Map.of("name", "s" + i, "text", TEXTS.get(i)));
            TestServers.run(
                    "MATCH (s:SyncState) CREATE (:SyncChange {scope: s.scope, version: s.version, at: datetime(),"
                            + " kind: $text, label: $text, key: $text, name: $text})",
                    Map.of("text", TEXTS.get(i)));
            TestServers.run(
                    "MATCH (i:Instance {name: $name}) SET i.name = $text, i.health = $text, i.kind = $text",
                    Map.of("name", "named-" + i, "text", TEXTS.get(i)));
            TestServers.run(
                    "MATCH (s:Service {name: $text}) CREATE (:$($text) {name: $text})-[:OWNS]->(s)",
                    Map.of("text", TEXTS.get(i).replace("\0", "")));
        }
        server = ExplorerServer.start(0, TestServers.neo4j());
    }

    @AfterAll
    static void stop() {
        server.close();
        flow.close();
        TestServers.clearGraph();
    }

    /** As hostile as Cloud Map's rules allow: namespaces, descriptions, ids, attributes' keys and values, tags. */
    private static String registry() {
        ObjectNode root = new JsonMapper().createObjectNode();
        var namespaces = root.putArray("namespaces");
        var namespace = namespaces
                .addObject()
                .put("name", "<img/src=x/onerror=window.hit=20>")
                .put("type", "HTTP")
                .put("description", TEXTS.get(1));
        var services = namespace.putArray("services");
        for (int i = 0; i < TEXTS.size(); i++) {
            var service = services.addObject().put("name", "s" + i).put("description", TEXTS.get(i));
            service.putObject("attributes").put(TEXTS.get(i), TEXTS.get(i)).put("href", "javascript:window.hit=21");
            service.putObject("tags").put("NEO4J_RELATIONSHIP_TO_SERVICE", "s" + (i + 1) % TEXTS.size());
            var instances = service.putArray("instances");
            var instance = instances.addObject().put("id", "named-" + i);
            // Cloud Map takes visible ASCII only here.
            String visible = TEXTS.get(i).replaceAll("[^!-~]", "_");
            var attributes = instance.putObject("attributes")
                    .put(visible, visible)
                    .put("stage", visible)
                    .put("arn", "arn:aws:lambda:javascript:window.hit=22:x");
            if (i % 2 == 0) {
                attributes.put("AWS_INSTANCE_IPV4", "10.0.0." + i);
            }
        }
        return root.toString();
    }

    @Test
    void content_isOnlyEverText_whereverThePageShowsIt() throws IOException {
        try (ExplorerPage explorer = ExplorerPage.connected(server.address().toString())) {
            assertThat(explorer.count("services")).isEqualTo(TEXTS.size());
            explorer.awaitStill();
            explorer.screenshot("hostile");
            for (int i = 0; i < TEXTS.size(); i++) {
                String arn = TestServers.run(
                                "MATCH (s:Service) WHERE s.name = $text RETURN s.arn", Map.of("text", TEXTS.get(i)))
                        .getFirst()
                        .get(0)
                        .asString();
                explorer.select(arn);
                explorer.await(
                        "its instance",
                        () -> explorer.of("details-instances")
                                        .locator("[data-key]")
                                        .count()
                                == 1);
                explorer.of("details-instances").locator("summary").first().click();
                explorer.of("draw-instances").check();
                explorer.of("impact-upstream").selectOption("all");
                assertThat(explorer.of("details").innerText()).contains("NEO4J_RELATIONSHIP_TO_SERVICE");
                assertThat(explorer.of("details").locator("a[href]").all())
                        .allSatisfy(link -> assertThat(link.getAttribute("href"))
                                .matches("https://[a-z0-9.-]+\\.console\\.aws\\.amazon\\.com/.*"));
                explorer.of("search").fill(TEXTS.get(i).strip().replaceAll("\\p{Cntrl}", ""));
                explorer.page().waitForTimeout(60);
                hover(explorer, arn);
            }
            explorer.of("details").locator("button.close").click();
            explorer.of("search").fill("");
            explorer.screenshot("hostile-details");
            explorer.of("open-changes").click();
            explorer.await(
                    "the changes", () -> explorer.of("changes").innerText().contains("<script>"));
            explorer.of("open-queries").click();
            for (String query : List.of("01-everything", "08-depends-on-something-missing", "18-last-update")) {
                explorer.of("queries")
                        .locator("[data-query='" + query + "'] button")
                        .first()
                        .click();
                explorer.await(
                        "an answer",
                        () -> query.equals(explorer.attribute("query-result", "data-query"))
                                && "done".equals(explorer.attribute("query-result", "data-state")));
            }
            explorer.awaitStill();
            explorer.screenshot("hostile-question");

            new JsonMapper().readTree(explorer.export("json"));
            new Parser().read(new ByteArrayInputStream(explorer.export("dot")));
            assertThat(explorer.export("png")).isNotEmpty();
            drawnByMermaid(new String(explorer.export("mermaid"), StandardCharsets.UTF_8));
            assertThat(explorer.page().evaluate("() => window.hit")).isNull();
            assertThat(explorer.page()
                            .evaluate("() => document.querySelectorAll('iframe, script:not(:first-of-type),"
                                    + " link[rel=stylesheet], [onerror], [onload], [onmouseover]').length"))
                    .isEqualTo(0);
            try (ExplorerPage other = ExplorerPage.connected(explorer.page().url())) {
                assertThat(other.page().evaluate("() => window.hit")).isNull();
            }
        }
    }

    private static void drawnByMermaid(String chart) throws IOException {
        try (ExplorerPage reader = ExplorerPage.open("about:blank")) {
            Mermaid.draw(reader, chart);
            long nodes = chart.lines()
                    .filter(line -> line.matches(" +n\\d+[\\[({].*"))
                    .count();
            assertThat(nodes).isGreaterThanOrEqualTo(TEXTS.size());
            assertThat(reader.page().locator("#chart .node").count()).as(chart).isEqualTo((int) nodes);
            assertThat(reader.page().locator("#chart").innerText()).contains("<script>window.hit=1;alert(1)</script>");
            assertThat(reader.page().evaluate("() => window.hit")).isNull();
            reader.screenshot("hostile-mermaid");
        }
    }

    @Test
    void url_isOnlyEverText_whateverSomebodySends() {
        // The first is read when the page begins, the others as links that are followed within it.
        try (ExplorerPage explorer = ExplorerPage.connected(hash(TEXTS.getFirst()))) {
            for (String text : TEXTS) {
                explorer.page().navigate(hash(text));
                explorer.page().waitForTimeout(60);
                assertThat(explorer.page().evaluate("() => window.hit")).isNull();
            }
        }
    }

    private static String hash(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return server.address()
                + "#server=%1$s&search=%1$s&where=%1$s&query=%1$s&service=%1$s&$x=%1$s&open=%1$s".formatted(encoded);
    }

    private static void hover(ExplorerPage explorer, String arn) {
        explorer.drawn().node(arn).ifPresent(node -> {
            var canvas = explorer.of("graph").boundingBox();
            explorer.page().mouse().move(canvas.x + node.screenX(), canvas.y + node.screenY());
        });
    }
}
