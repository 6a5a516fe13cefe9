package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.ListServicesResponse;
import software.amazon.awssdk.services.servicediscovery.model.OperationFilter;
import software.amazon.awssdk.services.servicediscovery.model.OperationFilterName;
import software.amazon.awssdk.services.servicediscovery.model.OperationSummary;

class PagingIT {
    @ParameterizedTest
    @CsvSource({"0, 3, 1", "1, 3, 1", "3, 3, 1", "4, 3, 2", "6, 3, 2", "7, 3, 3", "100, 100, 1", "101, 100, 2"})
    void instances_comeOnceEach_whateverThePageSize(int count, int size, int pages) throws IOException {
        try (var cloudMap = new CloudMap(options -> options)) {
            cloudMap.server.load(registry(count));
            String service =
                    cloudMap.client.listServices().services().getFirst().id();

            List<String> ids = new ArrayList<>();
            int seen = 0;
            for (var page : cloudMap.client.listInstancesPaginator(
                    list -> list.serviceId(service).maxResults(size))) {
                seen++;
                page.instances().stream().map(InstanceSummary::id).forEach(ids::add);
            }
            assertThat(seen).isEqualTo(pages);
            assertThat(ids).hasSize(count).doesNotHaveDuplicates();

            var health =
                    cloudMap
                            .client
                            .getInstancesHealthStatusPaginator(
                                    get -> get.serviceId(service).maxResults(size))
                            .stream()
                            .toList();
            assertThat(health).hasSize(pages);
            assertThat(health.stream().flatMap(page -> page.status().keySet().stream()))
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void pages_areNoLargerThanTheServersLimit_whenMoreIsAsked() throws IOException {
        try (var cloudMap = new CloudMap(options -> options.withMaxPageSize(2))) {
            cloudMap.server.load(registry(5));
            String service =
                    cloudMap.client.listServices().services().getFirst().id();
            assertThat(cloudMap.client
                            .listInstances(list -> list.serviceId(service))
                            .instances())
                    .hasSize(2);
            assertThat(cloudMap.client.listInstancesPaginator(list -> list.serviceId(service)).stream()
                            .flatMap(page -> page.instances().stream()))
                    .hasSize(5);
        }
    }

    @Test
    void token_staysGood_whenWhatItNamesIsDeregistered() throws IOException {
        try (var cloudMap = new CloudMap(options -> options)) {
            cloudMap.server.load(registry(4));
            String service =
                    cloudMap.client.listServices().services().getFirst().id();
            var first = cloudMap.client.listInstances(
                    list -> list.serviceId(service).maxResults(2));
            cloudMap.client.deregisterInstance(deregister -> deregister
                    .serviceId(service)
                    .instanceId(first.instances().getLast().id()));
            cloudMap.settle();

            assertThat(cloudMap.client
                            .listInstances(list -> list.serviceId(service).nextToken(first.nextToken()))
                            .instances())
                    .hasSize(2)
                    .doesNotContainAnyElementsOf(first.instances());
        }
    }

    @Test
    void token_isRefused_whenItIsOfAnotherList() throws IOException {
        try (var cloudMap = new CloudMap(options -> options)) {
            cloudMap.server.load(registry(2));
            String service =
                    cloudMap.client.listServices().services().getFirst().id();
            String token = cloudMap.client
                    .listInstances(list -> list.serviceId(service).maxResults(1))
                    .nextToken();

            assertThatThrownBy(() -> cloudMap.client.listServices(list -> list.nextToken(token)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("NextToken");
            assertThatThrownBy(() -> cloudMap.client.listNamespaces(list -> list.nextToken("made up")))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> cloudMap.client.listNamespaces(list -> list.maxResults(0)))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> cloudMap.client.listNamespaces(list -> list.maxResults(101)))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void pages_mayBeEmptyAndGoOn_whenFiltersComeAfterPaging() throws IOException {
        try (var cloudMap = new CloudMap(options -> options.withSparsePages(true))) {
            cloudMap.server.load(RegistryFile.parse("two", """
                {"namespaces": [
                  {"name": "one", "type": "HTTP", "services": [%s]},
                  {"name": "two", "type": "HTTP", "services": [%s]}]}
                """.formatted(services("a"), services("b"))));
            String one = cloudMap.client.listNamespaces().namespaces().stream()
                    .filter(namespace -> namespace.name().equals("one"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            List<ListServicesResponse> pages = cloudMap
                    .client
                    .listServicesPaginator(
                            list -> list.filters(CloudMap.inNamespace(one)).maxResults(1))
                    .stream()
                    .toList();

            assertThat(pages).hasSize(20);
            assertThat(pages.stream().flatMap(page -> page.services().stream())).hasSize(10);
            assertThat(pages).anySatisfy(page -> assertThat(page.services()).isEmpty());
        }
    }

    @Test
    void operations_areListedAndFiltered_whenThereAreSome() throws IOException {
        try (var cloudMap = new CloudMap(options -> options)) {
            String namespace = cloudMap.httpNamespace("shop");
            String service = cloudMap.service(namespace, "cart");
            cloudMap.register(service, "one", Map.of());
            String pending = cloudMap.client
                    .registerInstance(register ->
                            register.serviceId(service).instanceId("two").attributes(Map.of()))
                    .operationId();

            assertThat(operations(cloudMap, OperationFilterName.NAMESPACE_ID, "EQ", namespace))
                    .hasSize(3);
            assertThat(operations(cloudMap, OperationFilterName.SERVICE_ID, "EQ", service))
                    .hasSize(2);
            assertThat(operations(cloudMap, OperationFilterName.STATUS, "EQ", "SUBMITTED"))
                    .containsExactly(pending);
            assertThat(operations(cloudMap, OperationFilterName.STATUS, "IN", "SUCCESS", "SUBMITTED"))
                    .hasSize(3);
            assertThat(operations(cloudMap, OperationFilterName.STATUS, "EQ", "SUCCEED"))
                    .hasSize(2);
            assertThat(operations(cloudMap, OperationFilterName.TYPE, "EQ", "CREATE_NAMESPACE"))
                    .hasSize(1);
            long now = cloudMap.clock.instant().getEpochSecond();
            assertThat(operations(cloudMap, OperationFilterName.UPDATE_DATE, "BETWEEN", "" + (now - 1), "" + (now + 1)))
                    .hasSize(2)
                    .contains(pending);
            assertThat(cloudMap.client.listOperationsPaginator(list -> list.maxResults(1)).stream()
                            .flatMap(page -> page.operations().stream()))
                    .hasSize(3);
            assertThatThrownBy(() -> operations(cloudMap, OperationFilterName.UPDATE_DATE, "BETWEEN", "today", "1"))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    private static List<String> operations(
            CloudMap cloudMap, OperationFilterName name, String condition, String... values) {
        var filter = OperationFilter.builder()
                .name(name)
                .condition(condition)
                .values(values)
                .build();
        return cloudMap.client.listOperations(list -> list.filters(filter)).operations().stream()
                .map(OperationSummary::id)
                .toList();
    }

    private static RegistryFile registry(int instances) {
        String list = IntStream.range(0, instances)
                .mapToObj(i -> "{\"id\": \"i-%d\", \"attributes\": {}}".formatted(i))
                .collect(Collectors.joining(","));
        return RegistryFile.parse(
                "instances",
                "{\"namespaces\": [{\"name\": \"shop\", \"type\": \"HTTP\", \"services\": [{\"name\": \"cart\","
                        + " \"instances\": [" + list + "]}]}]}");
    }

    private static String services(String prefix) {
        return IntStream.range(0, 10)
                .mapToObj(i -> "{\"name\": \"%s%d\"}".formatted(prefix, i))
                .collect(Collectors.joining(","));
    }
}
