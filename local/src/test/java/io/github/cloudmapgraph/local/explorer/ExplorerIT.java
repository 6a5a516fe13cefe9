package io.github.cloudmapgraph.local.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import io.github.cloudmapgraph.local.servers.ExplorerServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Record;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/** What people do with the page, on the example. */
class ExplorerIT {
    private static Flow flow;
    private static ExplorerServer server;

    @BeforeAll
    static void start() throws IOException {
        TestServers.clearGraph();
        flow = new Flow(FlowOptions.standard());
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

    private static ExplorerPage open() {
        return ExplorerPage.connected(server.address().toString());
    }

    private static String arn(String service) {
        return TestServers.run("MATCH (s:Service {name: $name}) RETURN s.arn", Map.of("name", service))
                .getFirst()
                .get(0)
                .asString();
    }

    private static Set<String> texts(String cypher) {
        return TestServers.run(cypher).stream()
                .map(row -> row.get(0).asString())
                .collect(Collectors.toSet());
    }

    @Test
    void page_showsTheExample_connectedByItself() {
        try (ExplorerPage explorer = open()) {
            assertThat(explorer.count("namespaces"))
                    .isEqualTo(TestServers.count("MATCH (n:Namespace) RETURN count(n)"))
                    .isEqualTo(2);
            assertThat(explorer.count("services"))
                    .isEqualTo(TestServers.count("MATCH (s:Service) RETURN count(s)"))
                    .isEqualTo(17);
            assertThat(explorer.count("instances"))
                    .isEqualTo(TestServers.count("MATCH (i:Instance) RETURN count(i)"))
                    .isEqualTo(24);
            assertThat(explorer.count("dependencies"))
                    .isEqualTo(TestServers.count("MATCH (:Service)-[d:DEP_ON]->(:Service) RETURN count(d)"))
                    .isEqualTo(19);
            assertThat(explorer.attribute("freshness", "data-state")).isEqualTo("fresh");
            // The last change of another test may still be on its way.
            explorer.await(
                    "the newest version",
                    () -> explorer.attribute("freshness", "data-version").equals(Long.toString(flow.version())));

            Drawn drawn = explorer.drawn();
            assertThat(drawn.ids("service")).isEqualTo(texts("MATCH (s:Service) RETURN s.arn"));
            assertThat(drawn.arrows("dependency"))
                    .isEqualTo(texts("MATCH (s:Service)-[:DEP_ON]->(t:Service) RETURN s.arn + ' -> ' + t.arn"));
            assertThat(drawn.nodes("unresolved")).extracting(Drawn.Node::label).containsExactly("redis-cart");
            assertThat(drawn.arrows("unresolved")).singleElement().asString().startsWith(arn("cartservice"));
            assertThat(drawn.edges().stream()
                            .filter(edge -> edge.source().equals(arn("recommendationservice")))
                            .flatMap(edge -> edge.sources().stream()))
                    .containsExactly("attribute");
            assertThat(drawn.node(arn("paymentservice")).orElseThrow().health()).isEqualTo("unhealthy");
            assertThat(drawn.node(arn("cartservice")).orElseThrow().health()).isEqualTo("healthy");
            assertThat(drawn.node(arn("ServiceMail")).orElseThrow().health()).isEqualTo("no-check");
            explorer.screenshot("example-light");
            explorer.of("theme").click();
            explorer.awaitStill();
            explorer.screenshot("example-dark");
            explorer.page().setViewportSize(2560, 1440);
            explorer.awaitStill();
            explorer.screenshot("example-large-screen");
        }
    }

    @Test
    void search_findsNamesIdsAndAttributes_asOneTypes() {
        try (ExplorerPage explorer = open()) {
            Map<String, String> wanted = Map.of(
                    "payment", "paymentservice",
                    "order-mails", "emailservice",
                    "10.0.1.61", "paymentservice",
                    "stage=canary", "frontend");
            wanted.forEach((text, service) -> {
                explorer.of("search").fill(text);
                explorer.await(
                        text + " to be found",
                        () -> options(explorer).contains(arn(service))
                                && "true".equals(explorer.attribute("search-results", "data-done")));
            });
            explorer.of("search").fill("payment");
            // Others are found by what they depend on, and by their owner; a name comes first.
            explorer.await(
                    "the one of this name",
                    () -> options(explorer).indexOf(arn("paymentservice")) == 0
                            && options(explorer).contains(arn("currencyservice")));
            assertThat(options(explorer)).contains(arn("checkoutservice"));
            explorer.screenshot("search");
            explorer.of("search").fill("no such thing anywhere");
            explorer.await(
                    "no result", () -> explorer.of("search-results").innerText().startsWith("Nothing"));

            // By the keyboard alone.
            explorer.of("search").press("Escape");
            explorer.of("search").press("Escape");
            explorer.page().locator("body").press("/");
            explorer.page().keyboard().type("service");
            explorer.await("results", () -> options(explorer).size() > 2);
            explorer.page().keyboard().press("ArrowDown");
            String second = options(explorer).get(1);
            explorer.page().keyboard().press("Enter");
            explorer.await("the second one", () -> second.equals(explorer.attribute("details", "data-arn")));
            assertThat(explorer.drawn().marked("selected")).containsExactly(second);
        }
    }

    private static List<String> options(ExplorerPage explorer) {
        // At one moment: the list changes while one types.
        Object arns = explorer.of("search-results")
                .locator("[role=option]")
                .evaluateAll("options => options.map(option => option.dataset.arn)");
        return ((List<?>) arns).stream().map(String::valueOf).toList();
    }

    @Test
    void filters_narrowWhatIsShown_andStandInTheUrl() {
        try (ExplorerPage explorer = open()) {
            explorer.of("filter-health").locator("[data-value=unhealthy]").click();
            shows(explorer, "MATCH (s)<-[:REGISTERED]-(:Instance {health: 'UNHEALTHY'}) RETURN DISTINCT s.arn");
            explorer.of("filter-clear").click();

            condition(explorer, "owner=catalog");
            shows(explorer, "MATCH (s:Service {owner: 'catalog'}) RETURN s.arn");
            explorer.of("filter-clear").click();

            condition(explorer, "stage=dev");
            shows(explorer, "MATCH (s)<-[:REGISTERED]-(:Instance {stage: 'dev'}) RETURN DISTINCT s.arn");
            condition(explorer, "version=0.11.0");
            shows(
                    explorer,
                    "MATCH (s)<-[:REGISTERED]-(:Instance {stage: 'dev', version: '0.11.0'}) RETURN DISTINCT s.arn");
            explorer.screenshot("filtered");

            String url = explorer.page().url();
            assertThat(url).contains("stage=dev").contains("version=0.11.0").doesNotContain("password");
            try (ExplorerPage other = ExplorerPage.connected(url)) {
                shows(other, "MATCH (s:Service {name: 'checkoutservice'}) RETURN s.arn");
            }
            explorer.of("filter-clear").click();

            String namespace = TestServers.run("MATCH (n:Namespace {name: 'mortgage-and-insurance'}) RETURN n.arn")
                    .getFirst()
                    .get(0)
                    .asString();
            choose(explorer.of("filter-namespace"), namespace, "mortgage-and-insurance");
            shows(explorer, "MATCH (s:Service {namespace: 'mortgage-and-insurance'}) RETURN s.arn");
        }
    }

    /** A list of choices may be buttons or a select. */
    private static void choose(Locator filter, String value, String label) {
        if (filter.evaluate("element => element.tagName").equals("SELECT")) {
            filter.selectOption(value);
        } else {
            filter.getByText(label).first().click();
        }
    }

    private static void condition(ExplorerPage explorer, String condition) {
        Locator tag = explorer.of("filter-tag");
        Locator input = tag.evaluate("element => element.tagName").equals("INPUT") ? tag : tag.locator("input");
        input.fill(condition);
        input.press("Enter");
    }

    private static void shows(ExplorerPage explorer, String cypher) {
        Set<String> wanted = texts(cypher);
        assertThat(wanted).isNotEmpty();
        explorer.await(
                wanted + " shown",
                () -> explorer.count("shown-services") == wanted.size()
                        && explorer.drawn().ids("service").equals(wanted),
                () -> explorer.drawn().ids("service").toString());
    }

    @Test
    void details_showAllOfAService_whenItsNodeIsClicked() {
        try (ExplorerPage explorer = open()) {
            String arn = arn("checkoutservice");
            explorer.click(arn);
            explorer.await("its details", () -> arn.equals(explorer.attribute("details", "data-arn")));
            explorer.await(
                    "its instances",
                    () -> explorer.of("details-instances").locator("[data-key]").count() == 2);

            String text = explorer.of("details").textContent();
            assertThat(text)
                    .contains("checkoutservice", "online-boutique.local", "Takes a cart")
                    .contains("SRV 15", "MULTIVALUE", "owner", "shopping")
                    .contains("paymentservice", "frontend")
                    .contains("10.0.1.41", "0.11.0", "us-east-1b");
            assertThat(explorer.of("details").locator("a[href]").all())
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(link.getAttribute("href"))
                            .matches("https://us-east-1\\.console\\.aws\\.amazon\\.com/.*"));
            explorer.of("draw-instances").check();
            explorer.await(
                    "its instances drawn",
                    () -> explorer.drawn().nodes("instance").size() == 2);
            explorer.awaitStill();
            explorer.screenshot("details");

            explorer.click(arn("paymentservice"));
            explorer.await(
                    "an unhealthy instance",
                    () -> explorer.of("details-instances")
                                    .locator("[data-health=UNHEALTHY]")
                                    .count()
                            == 1);
            explorer.page().keyboard().press("Escape");
            explorer.await("no details", () -> explorer.of("details").count() == 0);
        }
    }

    @Test
    void blastRadius_isShown_inBothDirections() {
        try (ExplorerPage explorer = open()) {
            explorer.select(arn("ServiceMail"));
            explorer.of("impact-upstream").selectOption("step");
            marked(explorer, "up", "MATCH (s)-[:DEP_ON]->({name: 'ServiceMail'}) RETURN s.arn");
            explorer.of("impact-upstream").selectOption("all");
            marked(explorer, "up", "MATCH (s)-[:DEP_ON*1..]->({name: 'ServiceMail'}) RETURN DISTINCT s.arn");
            assertThat(explorer.attribute("impact-upstream", "data-count")).isEqualTo("4");

            explorer.select(arn("frontend"));
            explorer.of("impact-upstream").selectOption("all");
            explorer.of("impact-downstream").selectOption("all");
            marked(explorer, "up", "MATCH (s)-[:DEP_ON*1..]->({name: 'frontend'}) RETURN DISTINCT s.arn");
            marked(explorer, "down", "MATCH ({name: 'frontend'})-[:DEP_ON*1..]->(s) RETURN DISTINCT s.arn");
            explorer.screenshot("blast-radius");
            explorer.of("impact-only").check();
            explorer.await(
                    "only these",
                    () -> explorer.drawn()
                            .ids("service")
                            .equals(texts("MATCH (s:Service {namespace: 'online-boutique.local'}) RETURN s.arn")));
            try (ExplorerPage other = ExplorerPage.connected(explorer.page().url())) {
                assertThat(other.drawn().ids("service"))
                        .isEqualTo(explorer.drawn().ids("service"));
                assertThat(other.attribute("details", "data-arn")).isEqualTo(arn("frontend"));
            }
        }
    }

    private static void marked(ExplorerPage explorer, String styleClass, String cypher) {
        Set<String> wanted = texts(cypher);
        explorer.await(
                styleClass,
                () -> explorer.drawn().marked(styleClass).equals(wanted),
                () -> explorer.drawn().marked(styleClass).toString());
    }

    @Test
    void page_followsTheRegistry_withoutLosingThePlace() {
        try (ExplorerPage explorer = open()) {
            explorer.select(arn("frontend"));
            explorer.page().keyboard().press("Escape");
            explorer.awaitStill();
            Drawn before = explorer.drawn();
            String namespace = TestServers.run("MATCH (n:Namespace {name: 'mortgage-and-insurance'}) RETURN n.id")
                    .getFirst()
                    .get(0)
                    .asString();
            String added = flow.cloudMap
                    .createService(create -> create.namespaceId(namespace)
                            .name("added-while-looking")
                            .tags(Tag.builder()
                                    .key("NEO4J_RELATIONSHIP_TO_SERVICE")
                                    .value("ServiceMail")
                                    .build()))
                    .service()
                    .arn();
            String id = added.substring(added.lastIndexOf('/') + 1);
            try {
                explorer.await(
                        "the new service",
                        () -> explorer.drawn().arrows("dependency").contains(added + " -> " + arn("ServiceMail")));
                flow.settle(
                        flow.cloudMap
                                .registerInstance(register ->
                                        register.serviceId(id).instanceId("one").attributes(Map.of("stage", "dev")))
                                .operationId(),
                        "INSTANCE");
                explorer.await("its instance", () -> explorer.count("instances") == 25);
                explorer.awaitStill();
                Drawn after = explorer.drawn();
                assertThat(before.nodes("service"))
                        .allSatisfy(node -> assertThat(after.node(node.id())).hasValueSatisfying(now -> {
                            assertThat(now.screenX()).isCloseTo(node.screenX(), within(1));
                            assertThat(now.screenY()).isCloseTo(node.screenY(), within(1));
                        }));
                assertThat(after.zoom()).isEqualTo(before.zoom());
                explorer.screenshot("after-a-change");

                explorer.of("open-changes").click();
                explorer.await(
                        "the change's line",
                        () -> explorer.of("changes")
                                .locator("[data-key='" + added + "/one']")
                                .first()
                                .isVisible());
                assertThat(explorer.of("changes").innerText()).contains("added-while-looking");
                explorer.screenshot("changes");
            } finally {
                flow.settle(
                        flow.cloudMap
                                .deregisterInstance(
                                        remove -> remove.serviceId(id).instanceId("one"))
                                .operationId(),
                        "INSTANCE");
                flow.cloudMap.deleteService(delete -> delete.id(id));
            }
            explorer.await("it to be gone", () -> explorer.drawn().node(added).isEmpty());
            explorer.await("17 services", () -> explorer.count("services") == 17);
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double pixels) {
        return org.assertj.core.data.Offset.offset(pixels);
    }

    private static void answersAsTheDatabase(ExplorerPage explorer, String name, Map<String, String> values) {
        List<Record> rows = Question.named(name).ask(values);
        Set<String> services = Question.services(rows);
        assertThat(explorer.attribute("query-result", "data-count"))
                .as("rows of %s", name)
                .isEqualTo(Integer.toString(rows.size()));
        assertThat(explorer.attribute("query-result", "data-services"))
                .as("services of %s", name)
                .isEqualTo(Integer.toString(services.size()));
        if (!services.isEmpty()) {
            explorer.await(
                    "the services of " + name,
                    () -> explorer.drawn().ids("service").equals(services),
                    () -> explorer.drawn().nodes().toString());
        }
        boolean listed = Question.hasColumnsToList(rows);
        assertThat(explorer.attribute("query-result", "data-rows"))
                .as("rows of %s that are listed", name)
                .isEqualTo(listed ? Integer.toString(rows.size()) : "0");
    }

    /** Words of the answer's table that begin in one line and end in another; what is as long as an ARN may. */
    private static String brokenWords(ExplorerPage explorer) {
        return String.valueOf(explorer.page().evaluate("""
            () => [...document.querySelectorAll('.answer th, .answer td')].flatMap((cell) => {
              const text = cell.firstChild;
              return text === null ? [] : [...text.data.matchAll(/[A-Za-z0-9_]{1,24}/g)].filter(({ 0: word, index }) => {
                const range = document.createRange();
                range.setStart(text, index);
                range.setEnd(text, index + word.length);
                return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
              }).map(([word]) => word);
            }).join(' ')
            """));
    }

    @Test
    void keys_moveTheGraph_andShowAllOfIt() {
        try (ExplorerPage explorer = open()) {
            Locator graph = explorer.of("graph");
            graph.press("0");
            explorer.awaitStill();
            Drawn before = explorer.drawn();
            graph.press("ArrowLeft");
            graph.press("ArrowUp");
            graph.press("ArrowUp");
            Drawn moved = explorer.drawn();
            assertThat(List.of(moved.panX() - before.panX(), moved.panY() - before.panY(), moved.zoom()))
                    .containsExactly(60.0, 120.0, before.zoom());
            graph.press("ArrowRight");
            graph.press("ArrowDown");
            assertThat(explorer.drawn().panX()).isEqualTo(before.panX());
            graph.press("+");
            assertThat(explorer.drawn().zoom()).isGreaterThan(before.zoom());
            graph.press("-");
            graph.press("-");
            assertThat(explorer.drawn().zoom()).isLessThan(before.zoom());
            graph.press("0");
            explorer.awaitStill();
            assertThat(explorer.drawn().panY()).isEqualTo(before.panY());
        }
    }

    @Test
    void tab_asksNobody_whileItIsHidden() {
        try (ExplorerPage explorer = open()) {
            var page = explorer.page();
            // Headless, no tab is ever hidden: the page is told that it is.
            page.evaluate("() => Object.defineProperty(document, 'hidden', { value: true, configurable: true })");
            page.waitForTimeout(2_500);
            String name = "while-hidden";
            TestServers.run(
                    "CREATE (:Service {arn: 'arn:aws:servicediscovery:us-east-1:1:service/srv-hidden', name: $name,"
                            + " namespace: 'hidden', namespace_arn: 'hidden', scope: 'another'})"
                            + " CREATE (:SyncState {scope: 'another', version: 1})",
                    Map.of("name", name));
            try {
                page.waitForTimeout(4_500);
                assertThat(explorer.drawn().nodes("service"))
                        .extracting(Drawn.Node::label)
                        .doesNotContain(name);
                page.evaluate(
                        "() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }");
                explorer.await(
                        "what happened meanwhile",
                        () -> explorer.drawn().nodes("service").stream()
                                .anyMatch(node -> node.label().equals(name)));
            } finally {
                TestServers.run("MATCH (n {scope: 'another'}) DETACH DELETE n");
            }
        }
    }

    @Test
    void questions_areAnswered_whenTheyAreChosenFromTheMenu() {
        try (ExplorerPage explorer = open()) {
            // Beside the panel little room is left for the answers' tables.
            explorer.page().setViewportSize(1100, 800);
            explorer.of("open-queries").click();
            List<String> names = explorer.of("queries").locator("[data-query]").all().stream()
                    .map(question -> String.valueOf(question.getAttribute("data-query")))
                    .toList();
            assertThat(names).hasSizeGreaterThan(20).isSorted();
            Map<String, String> values = Map.of(
                    "service", "ServiceMail",
                    "from", "loadgenerator",
                    "to", "paymentservice",
                    "namespace", "online-boutique.local",
                    "tag", "owner",
                    "hours", "1");
            for (String name : names) {
                Locator question = explorer.of("queries").locator("[data-query='" + name + "']");
                question.locator("button").first().click();
                Locator form = question.locator("form");
                if (form.count() > 0) {
                    form.locator("input")
                            .all()
                            .forEach(input -> input.fill(String.valueOf(values.get(input.getAttribute("name")))));
                    form.locator("button[type=submit]").click();
                }
                explorer.await(
                        "the answer to " + name,
                        () -> name.equals(explorer.attribute("query-result", "data-query"))
                                && "done".equals(explorer.attribute("query-result", "data-state")),
                        () -> explorer.of("query-result").innerText());
                answersAsTheDatabase(explorer, name, values);
                assertThat(brokenWords(explorer))
                        .as("words that %s breaks", name)
                        .isEmpty();
                if (name.startsWith("04-")) {
                    explorer.await(
                            "what breaks",
                            () -> explorer.drawn()
                                    .ids("service")
                                    .equals(texts("MATCH (s:Service)-[:DEP_ON*0..]->(:Service {name: 'ServiceMail'})"
                                            + " RETURN DISTINCT s.arn")),
                            () -> explorer.drawn().nodes().toString());
                    explorer.awaitStill();
                    explorer.screenshot("question-blast-radius");
                }
                if (name.startsWith("17-")) {
                    assertThat(explorer.of("query-result").innerText()).contains("checkoutservice -> paymentservice");
                    explorer.screenshot("question-teams");
                }
            }
            explorer.of("queries").locator("button.close").focus();
            explorer.page().keyboard().press("Escape");
            explorer.await("the panel to be gone", () -> explorer.of("queries").count() == 0);
            explorer.await(
                    "the focus on what opened it",
                    () -> "open-queries"
                            .equals(explorer.page().evaluate("() => document.activeElement.dataset.testid")));
        }
    }
}
