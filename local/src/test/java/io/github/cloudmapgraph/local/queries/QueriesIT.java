package io.github.cloudmapgraph.local.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each question is answered on the example, and on a registry that has what the example lacks. */
class QueriesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static Flow flow;
    private static String loaded = "";

    /** A question and its answer: a line a row, as {@link Answers} writes it. */
    record Case(String query, Map<String, Object> parameters, String answer) {
        @Override
        public String toString() {
            return query + " " + parameters;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        TestServers.clearGraph();
        flow = new Flow(FlowOptions.standard().withoutEvents());
    }

    @AfterAll
    static void stop() {
        flow.close();
        TestServers.clearGraph();
    }

    @ParameterizedTest
    @MethodSource("ofTheExample")
    void example_answers_asWrittenDown(Case asked) throws IOException {
        load("example");
        assertThat(answer(asked)).isEqualTo(asked.answer());
    }

    @ParameterizedTest
    @MethodSource("ofTheOther")
    void registryWithCirclesAndGaps_answers_asWrittenDown(Case asked) throws IOException {
        load("circles-and-gaps");
        assertThat(answer(asked)).isEqualTo(asked.answer());
    }

    @Test
    void questions_areAllTried_whenTheirFilesAreCounted() {
        assertThat(Stream.concat(ofTheExample(), ofTheOther()).map(Case::query).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        QueryFile.all().stream().map(QueryFile::name).toList());
    }

    private static String answer(Case asked) {
        QueryFile query = QueryFile.named(asked.query());
        assertThat(new TreeSet<>(asked.parameters().keySet()))
                .isEqualTo(query.parameters().keySet());
        return Answers.lines(Answers.of(query.statement(), asked.parameters(), TIMEOUT));
    }

    private static void load(String registry) throws IOException {
        if (loaded.equals(registry)) {
            return;
        }
        TestServers.clearGraph();
        if (registry.equals("example")) {
            flow.loadExample();
        } else {
            flow.load(CIRCLES_AND_GAPS);
        }
        flow.readAndAwait();
        loaded = registry;
    }

    static Stream<Case> ofTheExample() {
        return Stream.of(
                new Case("01-everything", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("02-one-namespace", Map.of("namespace", "mortgage-and-insurance"), """
                    @@TODO@@\
                    """),
                new Case("03-one-application", Map.of("service", "SrvFrontMort"), """
                    @@TODO@@\
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "ServiceMail"), """
                    @@TODO@@\
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "redis-cart"), """
                    @@TODO@@\
                    """),
                new Case("05-what-it-needs", Map.of("service", "checkoutservice"), """
                    @@TODO@@\
                    """),
                new Case("06-circles", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("07-nobody-depends-on-it", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("08-depends-on-something-missing", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("09-no-instance", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("10-one-instance", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("11-unhealthy-instances", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("12-depends-on-something-unhealthy", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("13-stages-and-versions", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("14-versions-differ", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("15-availability-zones", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("16-if-a-zone-goes", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("17-dependencies-between-teams", Map.of("tag", "owner"), """
                    @@TODO@@\
                    """),
                new Case("17-dependencies-between-teams", Map.of("tag", "no-such-tag"), """
                    @@TODO@@\
                    """),
                new Case("21-shortest-path", Map.of("from", "loadgenerator", "to", "paymentservice"), """
                    @@TODO@@\
                    """),
                new Case("21-shortest-path", Map.of("from", "paymentservice", "to", "loadgenerator"), """
                    @@TODO@@\
                    """),
                new Case("22-how-connected", Map.of("from", "SrvFrontMort", "to", "SrvFrontInsu"), """
                    @@TODO@@\
                    """),
                new Case("22-how-connected", Map.of("from", "SrvFrontMort", "to", "frontend"), """
                    @@TODO@@\
                    """));
    }

    static Stream<Case> ofTheOther() {
        return Stream.of(
                new Case("02-one-namespace", Map.of("namespace", "right"), """
                    @@TODO@@\
                    """),
                new Case("02-one-namespace", Map.of("namespace", "unused"), """
                    @@TODO@@\
                    """),
                new Case("03-one-application", Map.of("service", "c"), """
                    @@TODO@@\
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "empty"), """
                    @@TODO@@\
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "a"), """
                    @@TODO@@\
                    """),
                new Case("05-what-it-needs", Map.of("service", "a"), """
                    @@TODO@@\
                    """),
                new Case("06-circles", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("07-nobody-depends-on-it", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("08-depends-on-something-missing", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("09-no-instance", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("10-one-instance", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("11-unhealthy-instances", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("12-depends-on-something-unhealthy", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("13-stages-and-versions", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("14-versions-differ", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("15-availability-zones", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("16-if-a-zone-goes", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("17-dependencies-between-teams", Map.of("tag", "owner"), """
                    @@TODO@@\
                    """),
                new Case("18-last-update", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("19-last-hour", Map.of("hours", 1.0), """
                    @@TODO@@\
                    """),
                new Case("19-last-hour", Map.of("hours", 0), """
                    @@TODO@@\
                    """),
                new Case("20-freshness", Map.of(), """
                    @@TODO@@\
                    """),
                new Case("21-shortest-path", Map.of("from", "a", "to", "d"), """
                    @@TODO@@\
                    """),
                new Case("21-shortest-path", Map.of("from", "d", "to", "d"), """
                    @@TODO@@\
                    """),
                new Case("22-how-connected", Map.of("from", "d", "to", "empty"), """
                    @@TODO@@\
                    """));
    }

    /** Two circles that share a service, one on itself, names that stand twice, gaps of every kind. */
    private static final String CIRCLES_AND_GAPS = """
        {"namespaces": [
          {"name": "left", "type": "HTTP", "services": [
            {"name": "a", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "b right/empty", "owner": "red"},
             "healthCheckCustomConfig": {}, "instances": [
              {"id": "a-1", "attributes": {"AVAILABILITY_ZONE": "z1", "version": "1"}, "health": "UNHEALTHY"},
              {"id": "a-2", "attributes": {"AVAILABILITY_ZONE": "z1", "version": "2"}, "health": "UNHEALTHY"}]},
            {"name": "b", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "a c", "owner": "red"}, "instances": [
              {"id": "b-1", "attributes": {"AVAILABILITY_ZONE": "z1"}},
              {"id": "b-2", "attributes": {"AVAILABILITY_ZONE": "z2"}}]},
            {"name": "c", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "d", "owner": "blue"}, "instances": [
              {"id": "c-1", "attributes": {"AVAILABILITY_ZONE": "z2", "stage": "dev"}},
              {"id": "c-queue", "attributes": {"arn": "arn:aws:sqs:us-east-1:111122223333:c"}}]},
            {"name": "d", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "b", "owner": "blue"}},
            {"name": "itself", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "itself"}, "instances": [
              {"id": "i-1", "attributes": {"AVAILABILITY_ZONE": "z2", "stage": "dev"}}]}]},
          {"name": "right", "type": "HTTP", "services": [
            {"name": "a", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "left/a gone nowhere/gone"}},
            {"name": "empty"}]},
          {"name": "unused", "type": "HTTP"}]}
        """;
}
