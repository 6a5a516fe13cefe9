package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** "Is the graph fresh, and if not, why?" */
class DashboardTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String DASHBOARD = "AWS::CloudWatch::Dashboard";

    private final Synthesized stack = Synthesized.shared();
    private final List<JsonNode> widgets = widgets(stack);

    /** CloudFormation puts the texts together; what comes out has to be JSON, or the deployment fails. */
    @Test
    void body_isJson_whoseWidgetsFitTheGridAndDoNotOverlap() {
        assertThat(widgets).hasSizeGreaterThan(5);
        boolean[][] taken = new boolean[200][24];
        for (JsonNode widget : widgets) {
            for (int y = 0; y < widget.get("height").asInt(); y++) {
                for (int x = 0; x < widget.get("width").asInt(); x++) {
                    int row = widget.get("y").asInt() + y;
                    int column = widget.get("x").asInt() + x;
                    assertThat(taken[row][column])
                            .as("%s at %s, %s", widget, column, row)
                            .isFalse();
                    taken[row][column] = true;
                }
            }
        }
    }

    /** The answer comes first: every alarm, each with its state. */
    @Test
    void firstWidget_isTheStateOfEveryAlarm() {
        JsonNode first = widgets.getFirst();

        assertThat(first.get("type").asText()).isEqualTo("alarm");
        assertThat(first.get("y").asInt()).isZero();
        assertThat(first.at("/properties/alarms"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(stack.resources("AWS::CloudWatch::Alarm").keySet().stream()
                        .map(id -> "${" + id.substring(0, id.length() - 8) + ".Arn}")
                        .toList());
    }

    /** What users feel, with the line that it has to stay below. */
    @Test
    void objectives_areLinesInTheGraphsOfWhatUsersFeel() {
        assertThat(line("ReadToGraph", "p99", "objective, p99")).isEqualTo(30);
        assertThat(line("ChangeToGraph", "p95", "objective, p95")).isEqualTo(5 * 60);
    }

    /** People look it up there, and would otherwise find another number. */
    @Test
    void objectives_areThoseOfTheDocuments() throws IOException {
        List<String> documents = Files.readAllLines(Path.of("../docs/operations.md"));

        assertThat(documents).anyMatch(line -> line.contains("`ReadToGraph`") && line.contains("99 % within 30 s"));
        assertThat(documents)
                .anyMatch(line -> line.contains("`ChangeToGraph`") && line.contains("95 % within 5 minutes"));
    }

    @Test
    void graphAge_isShownWithTheAlarmsThreshold() {
        assertThat(line("GraphAge", "Minimum", "alarm")).isEqualTo(1800);

        Synthesized told = Synthesized.shared(
                "namePrefix", "staging",
                "alarmTopic", "arn:aws:sns:eu-west-1:111122223333:on-call",
                "alarmEmail", "sre@example.com",
                "oldestMessageMinutes", "20",
                "graphAgeMinutes", "45",
                "errorsInFifteenMinutes", "7");
        assertThat(line(widgets(told), "GraphAge", "Minimum", "alarm")).isEqualTo(45 * 60);
        assertThat(told.properties(DASHBOARD, "Dashboard").get("DashboardName").asText())
                .isEqualTo("staging-CloudMapGraph");
    }

    /** A misspelt name would be a graph that stays empty. */
    @Test
    void metrics_areThoseThatTheFunctionsWrite() throws IOException {
        Set<String> shown = new TreeSet<>();
        metrics(widgets).stream()
                .filter(metric -> metric.path(0).asText().equals("CloudMapGraph"))
                .forEach(metric -> {
                    shown.add(metric.get(1).asText());
                    assertThat(metric.get(2).asText()).isEqualTo("scope");
                    assertThat(metric.get(3).asText()).isEqualTo("${AWS::AccountId}:${AWS::Region}");
                });

        assertThat(shown).contains("GraphAge", "ReadToGraph", "ChangeToGraph", "Applied", "Waiting", "HeldBack");
        assertThat(WrittenMetrics.names()).containsAll(shown);
    }

    /** If the graph is not fresh: both functions, and the queue between them. */
    @Test
    void everyStep_isShown() {
        List<String> shown = metrics(widgets).stream()
                .map(metric -> metric.get(1).asText() + " " + metric.get(3).asText())
                .toList();

        assertThat(shown)
                .contains(
                        "Invocations ${ProducerFunction}",
                        "Errors ${ProducerFunction}",
                        "Invocations ${ConsumerFunction}",
                        "Errors ${ConsumerFunction}",
                        "ApproximateAgeOfOldestMessage ${StateSnapshots.QueueName}");
    }

    /** The reasons stand in the logs: those of both functions. */
    @Test
    void warnings_areThoseOfBothFunctions() {
        assertThat(widgets)
                .filteredOn(widget -> widget.get("type").asText().equals("log"))
                .singleElement()
                .satisfies(widget -> assertThat(widget.at("/properties/query").asText())
                        .contains("SOURCE '${ProducerLog}'", "SOURCE '${ConsumerLog}'", "\"WARN\"", "\"ERROR\""));
    }

    private double line(String metric, String statistic, String label) {
        return line(widgets, metric, statistic, label);
    }

    /** Returns where the line stands in the one graph that shows the metric by that statistic. */
    private static double line(List<JsonNode> widgets, String metric, String statistic, String label) {
        List<JsonNode> lines = widgets.stream()
                .filter(widget -> metrics(List.of(widget)).stream()
                        .anyMatch(shown -> shown.get(1).asText().equals(metric)
                                && shown.get(shown.size() - 1)
                                        .path("stat")
                                        .asText()
                                        .equals(statistic)))
                .flatMap(widget -> Synthesized.elements(widget.at("/properties/annotations/horizontal")).stream())
                .filter(annotation -> annotation.path("label").asText().equals(label))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst().get("value").asDouble();
    }

    private static List<JsonNode> metrics(List<JsonNode> widgets) {
        return widgets.stream()
                .filter(widget -> widget.at("/properties/metrics").isArray())
                .flatMap(widget -> Synthesized.elements(widget.at("/properties/metrics")).stream())
                .toList();
    }

    private static List<JsonNode> widgets(Synthesized deployed) {
        String body =
                Synthesized.text(deployed.properties(DASHBOARD, "Dashboard").get("DashboardBody"));
        try {
            return Synthesized.elements(JSON.readTree(body).get("widgets"));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }
}
