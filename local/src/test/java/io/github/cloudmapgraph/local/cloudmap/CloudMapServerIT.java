package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryRequest;

class CloudMapServerIT {
    @Test
    void server_leadsFromNamespaceToDiscovery_whenAskedThroughTheSdk() throws IOException {
        try (var cloudMap = new CloudMap(options -> options)) {
            String namespaceId = cloudMap.httpNamespace("shop");
            String serviceId = cloudMap.service(namespaceId, "flask-test");
            cloudMap.register(serviceId, "one", Map.of("stage", "dev", "version", "1.0.0"));

            var services = cloudMap.client.listServices(list -> list.filters(CloudMap.inNamespace(namespaceId)));
            assertThat(services.services()).singleElement().satisfies(service -> {
                assertThat(service.name()).isEqualTo("flask-test");
                assertThat(service.instanceCount()).isOne();
            });
            assertThat(cloudMap.client
                            .listInstances(list -> list.serviceId(serviceId))
                            .instances())
                    .extracting(InstanceSummary::id)
                    .containsExactly("one");
            assertThat(cloudMap.client
                            .discoverInstances(discover -> discover.namespaceName("shop")
                                    .serviceName("flask-test")
                                    .queryParameters(Map.of("stage", "dev")))
                            .instances())
                    .singleElement()
                    .satisfies(instance -> assertThat(instance.attributes())
                            .containsExactlyInAnyOrderEntriesOf(Map.of("stage", "dev", "version", "1.0.0")));
        }
    }

    @Test
    void api_hasEveryOperation_whenComparedToTheSdk() throws IOException {
        var api = new Api(
                new Registry(CloudMapOptions.of(new TestClock(Instant.EPOCH), CloudMap.ACCOUNT, CloudMap.REGION)));

        var operations = Arrays.stream(ServiceDiscoveryClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && ServiceDiscoveryRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                        && !method.getName().endsWith("Paginator"))
                .map(Method::getName)
                .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .toList();

        assertThat(operations)
                .hasSizeGreaterThanOrEqualTo(30)
                .allSatisfy(operation ->
                        assertThat(api.call(operation)).as(operation).isPresent());
    }

    @Test
    void server_refusesInTheProtocolsWay_whenTheRequestIsNotOfTheApi() throws Exception {
        try (var cloudMap = new CloudMap(options -> options);
                var http = HttpClient.newHttpClient()) {
            var unknown = post(http, cloudMap.server.endpoint(), "Route53AutoNaming_v20170314.MakeTea", "{}");
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.headers().firstValue("x-amzn-ErrorType")).contains("UnknownOperationException");
            assertThat(unknown.body()).contains("\"__type\":\"UnknownOperationException\"");

            String list = "Route53AutoNaming_v20170314.ListNamespaces";
            assertThat(post(http, cloudMap.server.endpoint(), list, "{not json").body())
                    .contains("SerializationException");
            assertThat(post(http, cloudMap.server.endpoint(), list, "[]").body())
                    .contains("The document must be an object, not array");
            assertThat(post(http, cloudMap.server.endpoint(), list, "{\"MaxResults\":\"3\"}")
                            .body())
                    .contains("'MaxResults' must be a whole number, not string");
            var fine = post(http, cloudMap.server.endpoint(), list, "{\"MaxResults\":3}");
            assertThat(fine.statusCode()).isEqualTo(200);
            assertThat(fine.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
            assertThat(fine.body()).isEqualTo("{\"Namespaces\":[]}");
        }
    }

    @Test
    void server_doesWhatTheFaultsSay_whenTheyAreSet() throws IOException {
        Faults faults = (operation, request) -> switch (operation) {
            case "ListServices" -> new Faults.Fault.Answer(400, "AccessDeniedException", "not allowed: " + request);
            case "ListNamespaces" -> new Faults.Fault.Drop();
            case "CreateHttpNamespace" -> new Faults.Fault.LoseAnswer();
            default -> new Faults.Fault.LetThrough();
        };
        try (var cloudMap = new CloudMap(options -> options.withFaults(faults))) {
            assertThatThrownBy(() -> cloudMap.client.listServices(list -> list.maxResults(7)))
                    .isInstanceOfSatisfying(ServiceDiscoveryException.class, refused -> {
                        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                        assertThat(refused.awsErrorDetails().errorMessage())
                                .isEqualTo("not allowed: {\"MaxResults\":7}");
                    });
            assertThatThrownBy(cloudMap.client::listNamespaces).isInstanceOf(SdkClientException.class);
            assertThatThrownBy(() -> cloudMap.client.createHttpNamespace(create -> create.name("lost")))
                    .isInstanceOf(SdkClientException.class);

            assertThat(cloudMap.client.listOperations().operations()).isNotEmpty();
        }
    }

    @Test
    void requests_areCounted_whenTheyComeAtOnce() throws Exception {
        var span = Duration.ofMillis(300);
        try (var cloudMap = new CloudMap(options -> options.withLatency(span, span))) {
            long start = System.nanoTime();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 5; i++) {
                    callers.execute(cloudMap.client::listNamespaces);
                }
                cloudMap.client.listOperations();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(span);
            }

            assertThat(cloudMap.server.requests().byOperation())
                    .containsEntry("ListNamespaces", 5L)
                    .containsEntry("ListOperations", 1L);
            assertThat(cloudMap.server.requests().total()).isEqualTo(6);
            assertThat(cloudMap.server.requests().mostAtOnce()).isBetween(2, 6);
            cloudMap.server.requests().reset();
            assertThat(cloudMap.server.requests().of("ListNamespaces")).isZero();
        }
    }

    private static HttpResponse<String> post(HttpClient http, URI endpoint, String target, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(endpoint)
                        .header("X-Amz-Target", target)
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
