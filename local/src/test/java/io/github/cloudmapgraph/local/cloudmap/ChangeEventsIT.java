package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

class ChangeEventsIT {
    private final CloudMap cloudMap = new CloudMap(options -> options);

    ChangeEventsIT() throws IOException {}

    @AfterEach
    void stop() {
        cloudMap.close();
    }

    @Test
    void events_comeForEachChange_andForNothingElse() {
        String namespace = cloudMap.httpNamespace("shop");
        var service = cloudMap.client
                .createService(create -> create.namespaceId(namespace)
                        .name("cart")
                        .healthCheckCustomConfig(
                                HealthCheckCustomConfig.builder().build()))
                .service();
        cloudMap.register(service.id(), "one", Map.of());
        cloudMap.client.updateInstanceCustomHealthStatus(
                update -> update.serviceId(service.id()).instanceId("one").status("UNHEALTHY"));
        cloudMap.client.tagResource(call -> call.resourceARN(service.arn())
                .tags(Tag.builder().key("a").value("b").build()));
        cloudMap.client.untagResource(call -> call.resourceARN(service.arn()).tagKeys("a"));
        cloudMap.client.updateServiceAttributes(
                update -> update.serviceId(service.id()).attributes(Map.of("Key", "v")));
        cloudMap.client.deleteServiceAttributes(
                delete -> delete.serviceId(service.id()).attributes("Key"));
        cloudMap.client.listServices();
        assertThatThrownBy(() -> cloudMap.httpNamespace("not valid")).isInstanceOf(InvalidInputException.class);

        assertThat(events().stream().map(event -> event.at("/detail/eventName").asText()))
                .containsExactly(
                        "CreateHttpNamespace",
                        "CreateService",
                        "RegisterInstance",
                        "UpdateInstanceCustomHealthStatus",
                        "TagResource",
                        "UntagResource",
                        "UpdateServiceAttributes",
                        "DeleteServiceAttributes");
        assertThat(events().get(3).at("/detail/responseElements").isNull()).isTrue();
        assertThat(events().get(6)
                        .at("/detail/requestParameters/attributes/Key")
                        .asText())
                .isEqualTo("v");
    }

    @Test
    void event_isWhatCloudTrailSends_whileTheOperationIsPending() {
        String service = cloudMap.service(cloudMap.httpNamespace("shop"), "cart");
        String operationId = cloudMap.client
                .registerInstance(register -> register.serviceId(service)
                        .instanceId("one")
                        .creatorRequestId("token")
                        .attributes(Map.of("Stage", "dev")))
                .operationId();
        assertThat(cloudMap.client
                        .listInstances(list -> list.serviceId(service))
                        .instances())
                .isEmpty();

        JsonNode event = events().getLast();
        assertThat(event.path("version").asText()).isEqualTo("0");
        assertThat(event.path("source").asText()).isEqualTo("aws.servicediscovery");
        assertThat(event.path("detail-type").asText()).isEqualTo("AWS API Call via CloudTrail");
        assertThat(event.path("account").asText()).isEqualTo(CloudMap.ACCOUNT);
        assertThat(event.path("region").asText()).isEqualTo(CloudMap.REGION);
        assertThat(event.path("time").asText()).isEqualTo("2026-11-20T12:00:02Z");
        JsonNode detail = event.path("detail");
        assertThat(detail.path("eventSource").asText()).isEqualTo("servicediscovery.amazonaws.com");
        assertThat(detail.path("awsRegion").asText()).isEqualTo(CloudMap.REGION);
        assertThat(detail.path("readOnly").asBoolean(true)).isFalse();
        assertThat(detail.path("managementEvent").asBoolean()).isTrue();
        assertThat(detail.path("sourceIPAddress").asText()).isEqualTo("127.0.0.1");
        assertThat(detail.path("userAgent").asText()).contains("aws-sdk-java");
        assertThat(detail.path("requestParameters").toString())
                .isEqualTo("{\"serviceId\":\"%s\",\"instanceId\":\"one\",\"creatorRequestId\":\"token\","
                                .formatted(service)
                        + "\"attributes\":{\"Stage\":\"dev\"}}");
        assertThat(detail.at("/responseElements/operationId").asText()).isEqualTo(operationId);
    }

    @Test
    void change_isMade_whenTheListenerFails() throws IOException {
        try (var broken = new CloudMap(options -> options.withEvents(_ -> {
            throw new IllegalStateException("nobody listens");
        }))) {
            broken.httpNamespace("shop");
            assertThat(broken.client.listNamespaces().namespaces()).hasSize(1);
        }
    }

    private List<JsonNode> events() {
        return cloudMap.events.stream().map(ChangeEventsIT::parse).toList();
    }

    private static JsonNode parse(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(notJson);
        }
    }
}
