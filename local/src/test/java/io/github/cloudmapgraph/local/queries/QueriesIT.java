package io.github.cloudmapgraph.local.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.local.flow.Flow;
import io.github.cloudmapgraph.local.flow.FlowOptions;
import io.github.cloudmapgraph.local.flow.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        String lines = Answers.lines(Answers.of(query.statement(), asked.parameters(), TIMEOUT))
                .replace(flow.scope.value(), "the scope");
        return query.statement().contains("ORDER BY")
                ? lines
                : lines.lines().sorted().map(line -> line + "\n").collect(Collectors.joining());
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
                    (03aa5ac067d3235a86e15ce32ddb5d41) | [REGISTERED] | (loadgenerator)
                    (069503876cd21a7a3e44e93fe5b2fc8f) | [REGISTERED] | (paymentservice)
                    (124e1e06f50b079b413408613376aa8b) | [REGISTERED] | (SrvBackMort)
                    (2bb894bd6d43c1cfce839f4057b65df9) | [REGISTERED] | (emailservice)
                    (3b593b8ce49c8ff4780b8914a16dbdf2) | [REGISTERED] | (cartservice)
                    (73026d07b664fe4ac506078eaba2ce29) | [REGISTERED] | (checkoutservice)
                    (8a2fce5e1ac18d070894bd5fdd1ba738) | [REGISTERED] | (cartservice)
                    (8b09e69b03c21602589094b90c691ff6) | [REGISTERED] | (adservice)
                    (9c7f3095d3b81607ba2ebc6fab7517f3) | [REGISTERED] | (SrvFrontMort)
                    (ServiceMail) | [IN_NAMESPACE] | (mortgage-and-insurance)
                    (SrvBackInsu) | [DEP_ON] | (ServiceMail)
                    (SrvBackInsu) | [IN_NAMESPACE] | (mortgage-and-insurance)
                    (SrvBackMort) | [DEP_ON] | (ServiceMail)
                    (SrvBackMort) | [IN_NAMESPACE] | (mortgage-and-insurance)
                    (SrvFrontInsu) | [DEP_ON] | (SrvBackInsu)
                    (SrvFrontInsu) | [IN_NAMESPACE] | (mortgage-and-insurance)
                    (SrvFrontMort) | [DEP_ON] | (SrvBackMort)
                    (SrvFrontMort) | [IN_NAMESPACE] | (mortgage-and-insurance)
                    (ad-images) | [REGISTERED] | (adservice)
                    (adservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (backinsu-1) | [REGISTERED] | (SrvBackInsu)
                    (c448e17318df508c5f5b71819d613086) | [REGISTERED] | (recommendationservice)
                    (c515aab4b06d70c7613a27e2782623c1) | [REGISTERED] | (frontend)
                    (c700fd674dbe2543011cdd297530c61b) | [REGISTERED] | (checkoutservice)
                    (cartservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (cc8b422a988db87f64c89ba59ff421d5) | [REGISTERED] | (SrvFrontInsu)
                    (checkoutservice) | [DEP_ON] | (cartservice)
                    (checkoutservice) | [DEP_ON] | (currencyservice)
                    (checkoutservice) | [DEP_ON] | (emailservice)
                    (checkoutservice) | [DEP_ON] | (paymentservice)
                    (checkoutservice) | [DEP_ON] | (productcatalogservice)
                    (checkoutservice) | [DEP_ON] | (shippingservice)
                    (checkoutservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (currency-1) | [REGISTERED] | (currencyservice)
                    (currencyservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (d7591e03893498f540fa26d616538946) | [REGISTERED] | (paymentservice)
                    (emailservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (fff9e2dd64b12e91099335e0b248bb99) | [REGISTERED] | (productcatalogservice)
                    (frontend) | [DEP_ON] | (adservice)
                    (frontend) | [DEP_ON] | (cartservice)
                    (frontend) | [DEP_ON] | (checkoutservice)
                    (frontend) | [DEP_ON] | (currencyservice)
                    (frontend) | [DEP_ON] | (productcatalogservice)
                    (frontend) | [DEP_ON] | (recommendationservice)
                    (frontend) | [DEP_ON] | (shippingservice)
                    (frontend) | [IN_NAMESPACE] | (online-boutique.local)
                    (frontend-alb) | [REGISTERED] | (frontend)
                    (lambda-instance) | [REGISTERED] | (lambda-service)
                    (lambda-service) | [IN_NAMESPACE] | (mortgage-and-insurance)
                    (loadgenerator) | [DEP_ON] | (frontend)
                    (loadgenerator) | [IN_NAMESPACE] | (online-boutique.local)
                    (mail-queue) | [REGISTERED] | (ServiceMail)
                    (mortgage-and-insurance) | - | -
                    (online-boutique.local) | - | -
                    (order-mails) | [REGISTERED] | (emailservice)
                    (paymentservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (productcatalogservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (products) | [REGISTERED] | (productcatalogservice)
                    (recommendationservice) | [DEP_ON] | (productcatalogservice)
                    (recommendationservice) | [IN_NAMESPACE] | (online-boutique.local)
                    (shipping-1) | [REGISTERED] | (shippingservice)
                    (shippingservice) | [IN_NAMESPACE] | (online-boutique.local)
                    """),
                new Case("02-one-namespace", Map.of("namespace", "mortgage-and-insurance"), """
                    (mortgage-and-insurance) | [IN_NAMESPACE] | (ServiceMail) | - | -
                    (mortgage-and-insurance) | [IN_NAMESPACE] | (SrvBackInsu) | [DEP_ON] | (ServiceMail)
                    (mortgage-and-insurance) | [IN_NAMESPACE] | (SrvBackMort) | [DEP_ON] | (ServiceMail)
                    (mortgage-and-insurance) | [IN_NAMESPACE] | (SrvFrontInsu) | [DEP_ON] | (SrvBackInsu)
                    (mortgage-and-insurance) | [IN_NAMESPACE] | (SrvFrontMort) | [DEP_ON] | (SrvBackMort)
                    (mortgage-and-insurance) | [IN_NAMESPACE] | (lambda-service) | - | -
                    """),
                new Case("03-one-application", Map.of("service", "SrvFrontMort"), """
                    (ServiceMail) | - | - | [REGISTERED] | (mail-queue)
                    (SrvBackMort) | [DEP_ON] | (ServiceMail) | [REGISTERED] | (124e1e06f50b079b413408613376aa8b)
                    (SrvFrontMort) | [DEP_ON] | (SrvBackMort) | [REGISTERED] | (9c7f3095d3b81607ba2ebc6fab7517f3)
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "ServiceMail"), """
                    mortgage-and-insurance | ServiceMail | 0 | (ServiceMail) | {[DEP_ON] [DEP_ON]}
                    mortgage-and-insurance | SrvBackInsu | 1 | (SrvBackInsu) | {[DEP_ON]}
                    mortgage-and-insurance | SrvBackMort | 1 | (SrvBackMort) | {[DEP_ON]}
                    mortgage-and-insurance | SrvFrontInsu | 2 | (SrvFrontInsu) | {}
                    mortgage-and-insurance | SrvFrontMort | 2 | (SrvFrontMort) | {}
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "redis-cart"), ""),
                new Case("05-what-it-needs", Map.of("service", "checkoutservice"), """
                    online-boutique.local | checkoutservice | 0 | (checkoutservice) | {[DEP_ON] [DEP_ON] [DEP_ON] [DEP_ON] [DEP_ON] [DEP_ON]}
                    online-boutique.local | cartservice | 1 | (cartservice) | {}
                    online-boutique.local | currencyservice | 1 | (currencyservice) | {}
                    online-boutique.local | emailservice | 1 | (emailservice) | {}
                    online-boutique.local | paymentservice | 1 | (paymentservice) | {}
                    online-boutique.local | productcatalogservice | 1 | (productcatalogservice) | {}
                    online-boutique.local | shippingservice | 1 | (shippingservice) | {}
                    """),
                new Case("06-circles", Map.of(), ""),
                new Case("07-nobody-depends-on-it", Map.of(), """
                    mortgage-and-insurance | SrvFrontInsu | 1 | 1 | (SrvFrontInsu)
                    mortgage-and-insurance | SrvFrontMort | 1 | 1 | (SrvFrontMort)
                    mortgage-and-insurance | lambda-service | 0 | 1 | (lambda-service)
                    online-boutique.local | loadgenerator | 1 | 1 | (loadgenerator)
                    """),
                new Case("08-depends-on-something-missing", Map.of(), """
                    online-boutique.local | cartservice | redis-cart | (cartservice)
                    """),
                new Case("09-no-instance", Map.of(), ""),
                new Case("10-one-instance", Map.of(), """
                    mortgage-and-insurance | ServiceMail | mail-queue | sqs | 2 | (ServiceMail)
                    online-boutique.local | currencyservice | currency-1 | ec2 | 2 | (currencyservice)
                    online-boutique.local | shippingservice | shipping-1 | ip | 2 | (shippingservice)
                    mortgage-and-insurance | SrvBackInsu | backinsu-1 | ec2 | 1 | (SrvBackInsu)
                    mortgage-and-insurance | SrvBackMort | 124e1e06f50b079b413408613376aa8b | ecs-task | 1 | (SrvBackMort)
                    online-boutique.local | recommendationservice | c448e17318df508c5f5b71819d613086 | ecs-task | 1 | (recommendationservice)
                    mortgage-and-insurance | SrvFrontInsu | cc8b422a988db87f64c89ba59ff421d5 | ecs-task | 0 | (SrvFrontInsu)
                    mortgage-and-insurance | SrvFrontMort | 9c7f3095d3b81607ba2ebc6fab7517f3 | ecs-task | 0 | (SrvFrontMort)
                    mortgage-and-insurance | lambda-service | lambda-instance | lambda | 0 | (lambda-service)
                    online-boutique.local | loadgenerator | 03aa5ac067d3235a86e15ce32ddb5d41 | ecs-task | 0 | (loadgenerator)
                    """),
                new Case("11-unhealthy-instances", Map.of(), """
                    online-boutique.local | paymentservice | {d7591e03893498f540fa26d616538946} | 2 | (paymentservice)
                    """),
                new Case("12-depends-on-something-unhealthy", Map.of(), """
                    online-boutique.local/checkoutservice | online-boutique.local/paymentservice | 1 | 2 | (checkoutservice) | [DEP_ON] | (paymentservice)
                    """),
                new Case("13-stages-and-versions", Map.of(), """
                    canary | 0.10.3 | 1 | 1
                    dev | 0.10.2 | 1 | 1
                    dev | 0.11.0 | 1 | 1
                    prod | 0.10.1 | 1 | 1
                    prod | 0.10.2 | 10 | 8
                    prod | 0.9.8 | 1 | 1
                    prod | 1.8.7 | 1 | 1
                    prod | 1.9.0 | 1 | 1
                    prod | 12 | 1 | 1
                    prod | 3.1.4 | 1 | 1
                    prod | 3.2.0 | 1 | 1
                    prod | - | 4 | 4
                    """),
                new Case("14-versions-differ", Map.of(), """
                    online-boutique.local | checkoutservice | 0.10.2 | 1 | {prod} | (checkoutservice)
                    online-boutique.local | checkoutservice | 0.11.0 | 1 | {dev} | (checkoutservice)
                    online-boutique.local | frontend | 0.10.2 | 1 | {prod} | (frontend)
                    online-boutique.local | frontend | 0.10.3 | 1 | {canary} | (frontend)
                    """),
                new Case("15-availability-zones", Map.of(), """
                    us-east-1a | 9 | 60.0 | 9
                    us-east-1b | 6 | 40.0 | 6
                    """),
                new Case("16-if-a-zone-goes", Map.of(), """
                    us-east-1a | mortgage-and-insurance | SrvFrontInsu | 1 | 0 | (SrvFrontInsu)
                    us-east-1a | mortgage-and-insurance | SrvFrontMort | 1 | 0 | (SrvFrontMort)
                    us-east-1b | mortgage-and-insurance | SrvBackMort | 1 | 1 | (SrvBackMort)
                    us-east-1b | online-boutique.local | recommendationservice | 1 | 1 | (recommendationservice)
                    us-east-1b | online-boutique.local | loadgenerator | 1 | 0 | (loadgenerator)
                    """),
                new Case("17-dependencies-between-teams", Map.of("tag", "owner"), """
                    shopping | payments | 2 | {checkoutservice -> currencyservice checkoutservice -> paymentservice}
                    web | catalog | 2 | {frontend -> productcatalogservice frontend -> recommendationservice}
                    web | shopping | 2 | {frontend -> cartservice frontend -> checkoutservice}
                    insurance | platform | 1 | {SrvBackInsu -> ServiceMail}
                    mortgage | platform | 1 | {SrvBackMort -> ServiceMail}
                    shopping | catalog | 1 | {checkoutservice -> productcatalogservice}
                    shopping | logistics | 1 | {checkoutservice -> shippingservice}
                    shopping | platform | 1 | {checkoutservice -> emailservice}
                    web | ads | 1 | {frontend -> adservice}
                    web | logistics | 1 | {frontend -> shippingservice}
                    web | payments | 1 | {frontend -> currencyservice}
                    """),
                new Case("17-dependencies-between-teams", Map.of("tag", "no-such-tag"), ""),
                new Case("21-shortest-path", Map.of("from", "loadgenerator", "to", "paymentservice"), """
                    {online-boutique.local/loadgenerator online-boutique.local/frontend online-boutique.local/checkoutservice online-boutique.local/paymentservice} | 3 | (loadgenerator)-(frontend)-(checkoutservice)-(paymentservice)
                    """),
                new Case("21-shortest-path", Map.of("from", "paymentservice", "to", "loadgenerator"), ""),
                new Case("22-how-connected", Map.of("from", "SrvFrontMort", "to", "SrvFrontInsu"), """
                    {mortgage-and-insurance/SrvFrontMort mortgage-and-insurance/SrvBackMort mortgage-and-insurance/ServiceMail mortgage-and-insurance/SrvBackInsu mortgage-and-insurance/SrvFrontInsu} | 4 | (SrvFrontMort)-(SrvBackMort)-(ServiceMail)-(SrvBackInsu)-(SrvFrontInsu)
                    """),
                new Case("22-how-connected", Map.of("from", "SrvFrontMort", "to", "frontend"), ""));
    }

    static Stream<Case> ofTheOther() {
        return Stream.of(
                new Case("02-one-namespace", Map.of("namespace", "right"), """
                    (right) | [IN_NAMESPACE] | (a) | [DEP_ON] | (a)
                    (right) | [IN_NAMESPACE] | (empty) | - | -
                    """),
                new Case("02-one-namespace", Map.of("namespace", "unused"), """
                    (unused) | - | - | - | -
                    """),
                new Case("03-one-application", Map.of("service", "c"), """
                    (a) | [DEP_ON] | (b) | [REGISTERED] | (a-1)
                    (a) | [DEP_ON] | (b) | [REGISTERED] | (a-2)
                    (a) | [DEP_ON] | (empty) | [REGISTERED] | (a-1)
                    (a) | [DEP_ON] | (empty) | [REGISTERED] | (a-2)
                    (b) | [DEP_ON] | (a) | [REGISTERED] | (b-1)
                    (b) | [DEP_ON] | (a) | [REGISTERED] | (b-2)
                    (b) | [DEP_ON] | (c) | [REGISTERED] | (b-1)
                    (b) | [DEP_ON] | (c) | [REGISTERED] | (b-2)
                    (c) | [DEP_ON] | (d) | [REGISTERED] | (c-1)
                    (c) | [DEP_ON] | (d) | [REGISTERED] | (c-queue)
                    (d) | [DEP_ON] | (b) | - | -
                    (empty) | - | - | - | -
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "empty"), """
                    right | empty | 0 | (empty) | {[DEP_ON]}
                    left | a | 1 | (a) | {[DEP_ON] [DEP_ON]}
                    left | b | 2 | (b) | {[DEP_ON] [DEP_ON]}
                    right | a | 2 | (a) | {}
                    left | d | 3 | (d) | {[DEP_ON]}
                    left | c | 4 | (c) | {[DEP_ON]}
                    """),
                new Case("04-what-breaks-if-it-goes", Map.of("service", "a"), """
                    left | a | 0 | (a) | {[DEP_ON] [DEP_ON]}
                    right | a | 0 | (a) | {}
                    left | b | 1 | (b) | {[DEP_ON] [DEP_ON]}
                    left | d | 2 | (d) | {[DEP_ON]}
                    left | c | 3 | (c) | {[DEP_ON]}
                    """),
                new Case("05-what-it-needs", Map.of("service", "a"), """
                    left | a | 0 | (a) | {[DEP_ON] [DEP_ON]}
                    right | a | 0 | (a) | {[DEP_ON]}
                    left | b | 1 | (b) | {[DEP_ON] [DEP_ON]}
                    right | empty | 1 | (empty) | {}
                    left | c | 2 | (c) | {[DEP_ON]}
                    left | d | 3 | (d) | {[DEP_ON]}
                    """),
                new Case("06-circles", Map.of(), """
                    {left/itself left/itself} | 1 | (itself)-(itself)
                    {left/a left/b left/a} | 2 | (a)-(b)-(a)
                    {left/c left/d left/b left/c} | 3 | (c)-(d)-(b)-(c)
                    """),
                new Case("07-nobody-depends-on-it", Map.of(), """
                    left | itself | 1 | 1 | (itself)
                    right | a | 1 | 0 | (a)
                    """),
                new Case("08-depends-on-something-missing", Map.of(), """
                    right | a | gone | (a)
                    right | a | nowhere/gone | (a)
                    """),
                new Case("09-no-instance", Map.of(), """
                    left | d | 1 | (d)
                    right | empty | 1 | (empty)
                    right | a | 0 | (a)
                    """),
                new Case("10-one-instance", Map.of(), """
                    left | itself | i-1 | other | 1 | (itself)
                    """),
                new Case("11-unhealthy-instances", Map.of(), """
                    left | a | {a-1 a-2} | 2 | (a)
                    """),
                new Case("12-depends-on-something-unhealthy", Map.of(), """
                    left/b | left/a | 2 | 2 | (b) | [DEP_ON] | (a)
                    right/a | left/a | 2 | 2 | (a) | [DEP_ON] | (a)
                    """),
                new Case("13-stages-and-versions", Map.of(), """
                    dev | - | 2 | 2
                    - | 1 | 1 | 1
                    - | 2 | 1 | 1
                    """),
                new Case("14-versions-differ", Map.of(), """
                    left | a | 1 | 1 | {} | (a)
                    left | a | 2 | 1 | {} | (a)
                    """),
                new Case("15-availability-zones", Map.of(), """
                    z1 | 3 | 50.0 | 2
                    z2 | 3 | 50.0 | 3
                    """),
                new Case("16-if-a-zone-goes", Map.of(), """
                    z1 | left | a | 2 | 2 | (a)
                    z2 | left | itself | 1 | 1 | (itself)
                    """),
                new Case("17-dependencies-between-teams", Map.of("tag", "owner"), """
                    (none) | red | 1 | {a -> a}
                    blue | red | 1 | {d -> b}
                    red | (none) | 1 | {a -> empty}
                    red | blue | 1 | {b -> c}
                    """),
                new Case("18-last-update", Map.of(), """
                    some time | the scope | added | Instance | a-1 | (a-1)
                    some time | the scope | added | Instance | a-2 | (a-2)
                    some time | the scope | added | Instance | b-1 | (b-1)
                    some time | the scope | added | Instance | b-2 | (b-2)
                    some time | the scope | added | Instance | c-1 | (c-1)
                    some time | the scope | added | Instance | c-queue | (c-queue)
                    some time | the scope | added | Instance | i-1 | (i-1)
                    some time | the scope | added | Namespace | left | (left)
                    some time | the scope | added | Namespace | right | (right)
                    some time | the scope | added | Namespace | unused | (unused)
                    some time | the scope | added | Service | a | (a)
                    some time | the scope | added | Service | a | (a)
                    some time | the scope | added | Service | b | (b)
                    some time | the scope | added | Service | c | (c)
                    some time | the scope | added | Service | d | (d)
                    some time | the scope | added | Service | empty | (empty)
                    some time | the scope | added | Service | itself | (itself)
                    """),
                new Case("19-last-hour", Map.of("hours", 1.0), """
                    some time | the scope | added | Instance | a-1 | (a-1)
                    some time | the scope | added | Instance | a-2 | (a-2)
                    some time | the scope | added | Instance | b-1 | (b-1)
                    some time | the scope | added | Instance | b-2 | (b-2)
                    some time | the scope | added | Instance | c-1 | (c-1)
                    some time | the scope | added | Instance | c-queue | (c-queue)
                    some time | the scope | added | Instance | i-1 | (i-1)
                    some time | the scope | added | Namespace | left | (left)
                    some time | the scope | added | Namespace | right | (right)
                    some time | the scope | added | Namespace | unused | (unused)
                    some time | the scope | added | Service | a | (a)
                    some time | the scope | added | Service | a | (a)
                    some time | the scope | added | Service | b | (b)
                    some time | the scope | added | Service | c | (c)
                    some time | the scope | added | Service | d | (d)
                    some time | the scope | added | Service | empty | (empty)
                    some time | the scope | added | Service | itself | (itself)
                    """),
                new Case("19-last-hour", Map.of("hours", 0), ""),
                new Case("20-freshness", Map.of(), """
                    the scope | some time | some seconds | the version | 3 | 7 | 7 | 8 | 2 | 0 | 0 | 0
                    """),
                new Case("21-shortest-path", Map.of("from", "a", "to", "d"), """
                    {left/a left/b left/c left/d} | 3 | (a)-(b)-(c)-(d)
                    {right/a left/a left/b left/c left/d} | 4 | (a)-(a)-(b)-(c)-(d)
                    """),
                new Case("21-shortest-path", Map.of("from", "d", "to", "d"), ""),
                new Case("22-how-connected", Map.of("from", "d", "to", "empty"), """
                    {left/d left/b left/a right/empty} | 3 | (d)-(b)-(a)-(empty)
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
