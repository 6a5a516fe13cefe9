package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.HttpInstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceNotFoundException;

class DiscoveryIT {
    private static final Duration LAG = Duration.ofSeconds(10);

    private static final String SHOP = """
        {"namespaces": [{"name": "shop", "type": "HTTP", "services": [
          {"name": "plain", "instances": [
            {"id": "a", "attributes": {"stage": "dev", "version": "1"}},
            {"id": "b", "attributes": {"stage": "dev", "version": "2"}},
            {"id": "c", "attributes": {"stage": "prod", "version": "2"}}]},
          {"name": "custom", "healthCheckCustomConfig": {}, "instances": [
            {"id": "well", "attributes": {}},
            {"id": "ill", "attributes": {}, "health": "UNHEALTHY"}]},
          {"name": "sick", "healthCheckCustomConfig": {}, "instances": [
            {"id": "ill", "attributes": {}, "health": "UNHEALTHY"}]},
          {"name": "route53", "healthCheckConfig": {"type": "TCP"}, "instances": [
            {"id": "new", "attributes": {"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_PORT": "80"}}]}]}]}
        """;

    private final CloudMap cloudMap = new CloudMap(options -> options.withDataPlaneDelay(LAG));

    DiscoveryIT() throws IOException {
        cloudMap.server.load(RegistryFile.parse("shop", SHOP));
    }

    @AfterEach
    void stop() {
        cloudMap.close();
    }

    @Test
    void discoverInstances_filtersByAttributes_whenParametersAreGiven() {
        assertThat(ids("plain", request -> request)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(ids("plain", request -> request.queryParameters(Map.of("stage", "dev"))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(ids("plain", request -> request.queryParameters(Map.of("stage", "dev", "version", "2"))))
                .containsExactly("b");
        assertThat(ids("plain", request -> request.queryParameters(Map.of("stage", "test"))))
                .isEmpty();
        assertThat(ids(
                        "plain",
                        request -> request.queryParameters(Map.of("stage", "dev"))
                                .optionalParameters(Map.of("version", "1"))))
                .containsExactly("a");
        assertThat(ids(
                        "plain",
                        request -> request.queryParameters(Map.of("stage", "dev"))
                                .optionalParameters(Map.of("version", "9"))))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(ids("plain", request -> request.maxResults(2))).hasSize(2);
    }

    @Test
    void discoverInstances_filtersByHealth_whenTheServiceIsChecked() {
        assertThat(ids("custom", request -> request)).containsExactly("well");
        assertThat(ids("custom", request -> request.healthStatus(HealthStatusFilter.HEALTHY)))
                .containsExactly("well");
        assertThat(ids("custom", request -> request.healthStatus(HealthStatusFilter.UNHEALTHY)))
                .containsExactly("ill");
        assertThat(ids("custom", request -> request.healthStatus(HealthStatusFilter.ALL)))
                .hasSize(2);
        assertThat(ids("custom", request -> request.healthStatus(HealthStatusFilter.HEALTHY_OR_ELSE_ALL)))
                .containsExactly("well");
        assertThat(ids("sick", request -> request.healthStatus(HealthStatusFilter.HEALTHY_OR_ELSE_ALL)))
                .containsExactly("ill");
        assertThat(ids("sick", request -> request)).isEmpty();
        assertThat(ids("plain", request -> request.healthStatus(HealthStatusFilter.UNHEALTHY)))
                .hasSize(3);
        assertThat(discover("route53", request -> request.healthStatus(HealthStatusFilter.ALL)))
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
                    assertThat(instance.namespaceName()).isEqualTo("shop");
                    assertThat(instance.serviceName()).isEqualTo("route53");
                });
    }

    @Test
    void discoverInstances_isRefused_whenTheNamesAreUnknown() {
        assertThatThrownBy(() -> cloudMap.client.discoverInstances(
                        request -> request.namespaceName("unknown").serviceName("plain")))
                .isInstanceOf(NamespaceNotFoundException.class);
        assertThatThrownBy(() -> ids("unknown", request -> request)).isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(() -> ids("plain", request -> request.healthStatus("FINE")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ids("plain", request -> request.maxResults(1001)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void discovery_showsAChangeLater_whenTheDataPlaneLags() {
        String service = serviceId("custom");
        long before = revision("custom");
        cloudMap.register(service, "new", Map.of());
        assertThat(cloudMap.client
                        .listInstances(list -> list.serviceId(service))
                        .instances())
                .hasSize(3);
        assertThat(ids("custom", request -> request)).containsExactly("well");

        cloudMap.clock.advance(LAG.minusMillis(1));
        assertThat(ids("custom", request -> request)).containsExactly("well");
        assertThat(revision("custom")).isEqualTo(before);
        cloudMap.clock.advance(Duration.ofMillis(1));
        assertThat(ids("custom", request -> request)).containsExactlyInAnyOrder("well", "new");
        assertThat(revision("custom")).isGreaterThan(before);
    }

    @Test
    void revision_movesWithRegistrations_andNotWithHealth() {
        String service = serviceId("custom");
        long first = revision("custom");
        cloudMap.client.updateInstanceCustomHealthStatus(
                update -> update.serviceId(service).instanceId("well").status("UNHEALTHY"));
        cloudMap.clock.advance(LAG);
        assertThat(ids("custom", request -> request)).isEmpty();
        assertThat(revision("custom")).isEqualTo(first);

        cloudMap.register(service, "well", Map.of("stage", "dev"));
        cloudMap.clock.advance(LAG);
        long second = revision("custom");
        assertThat(second).isGreaterThan(first);

        cloudMap.client.deregisterInstance(
                deregister -> deregister.serviceId(service).instanceId("well"));
        cloudMap.settle();
        cloudMap.clock.advance(LAG);
        assertThat(revision("custom")).isGreaterThan(second);
        assertThat(cloudMap.client
                        .discoverInstances(
                                request -> request.namespaceName("shop").serviceName("custom"))
                        .instancesRevision())
                .isEqualTo(revision("custom"));
    }

    private String serviceId(String name) {
        return cloudMap.client.listServices().services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private long revision(String service) {
        return cloudMap.client
                .discoverInstancesRevision(
                        request -> request.namespaceName("shop").serviceName(service))
                .instancesRevision();
    }

    private List<String> ids(String service, UnaryOperator<DiscoverInstancesRequest.Builder> parameters) {
        return discover(service, parameters).stream()
                .map(HttpInstanceSummary::instanceId)
                .toList();
    }

    private List<HttpInstanceSummary> discover(
            String service, UnaryOperator<DiscoverInstancesRequest.Builder> parameters) {
        var request = DiscoverInstancesRequest.builder().namespaceName("shop").serviceName(service);
        return cloudMap.client
                .discoverInstances(parameters.apply(request).build())
                .instances();
    }
}
