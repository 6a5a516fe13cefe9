package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.servicediscovery.model.InstanceSummary;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryException;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

class DataDirectoryIT {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-20T12:00:00Z"));

    @Test
    void state_isTheSame_whenTheServerStartsAgain() throws IOException {
        String operationId;
        List<String> before;
        try (var cloudMap = start()) {
            assertThat(cloudMap.server.isEmpty()).isTrue();
            cloudMap.server.load(RegistryFile.example());
            String namespace = cloudMap.httpNamespace("shop");
            String service = cloudMap.service(namespace, "cart");
            cloudMap.register(service, "one", Map.of("stage", "dev"));
            cloudMap.client.tagResource(call -> call.resourceARN(cloudMap.client
                            .getService(get -> get.id(service))
                            .service()
                            .arn())
                    .tags(Tag.builder().key("a").value("b").build()));
            operationId = cloudMap.client
                    .registerInstance(register ->
                            register.serviceId(service).instanceId("two").attributes(Map.of()))
                    .operationId();
            before = everything(cloudMap);
        }

        try (var cloudMap = start()) {
            assertThat(cloudMap.server.isEmpty()).isFalse();
            assertThat(everything(cloudMap)).isEqualTo(before);
            assertThat(status(cloudMap, operationId)).isEqualTo(OperationStatus.SUBMITTED);
            cloudMap.settle();
            assertThat(status(cloudMap, operationId)).isEqualTo(OperationStatus.SUCCESS);
            assertThat(everything(cloudMap)).hasSize(before.size() + 1);
        }
    }

    @Test
    void change_isOnDisk_whenItWasAnswered() throws Exception {
        try (var cloudMap = start()) {
            String service = cloudMap.service(cloudMap.httpNamespace("shop"), "cart");
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    String id = "i" + i;
                    callers.execute(() -> cloudMap.client.registerInstance(register ->
                            register.serviceId(service).instanceId(id).attributes(Map.of())));
                }
            }
            // What a kill -9 would leave: the file as it stands now, read by another server.
            Path copy = Files.createDirectory(directory.resolve("copy"));
            Files.copy(directory.resolve("cloud-map.json"), copy.resolve("cloud-map.json"));
            cloudMap.settle();
            try (var other = new CloudMap(clock, options -> options.withDataDirectory(copy))) {
                assertThat(other.client
                                .listInstances(list -> list.serviceId(service))
                                .instances())
                        .hasSize(50);
            }
        }
    }

    @Test
    void change_isRefused_whileItCannotBeSaved() throws IOException {
        try (var cloudMap = start()) {
            cloudMap.httpNamespace("shop");
            Path inTheWay = Files.createDirectory(directory.resolve("cloud-map.json.new"));
            assertThatThrownBy(() -> cloudMap.client.createHttpNamespace(
                            create -> create.name("lost").creatorRequestId("token")))
                    .isInstanceOfSatisfying(ServiceDiscoveryException.class, refused -> {
                        assertThat(refused.statusCode()).isEqualTo(500);
                        assertThat(refused.getMessage()).contains("could not be saved in " + directory);
                    });
            Files.delete(inTheWay);

            String again = cloudMap.client
                    .createHttpNamespace(create -> create.name("lost").creatorRequestId("token"))
                    .operationId();
            assertThat(status(cloudMap, again)).isEqualTo(OperationStatus.SUBMITTED);
            assertThat(Files.readString(directory.resolve("cloud-map.json"))).contains(again);
        }
    }

    @Test
    void start_isRefused_whenTheFileIsNotOurs() throws IOException {
        Path file = directory.resolve("cloud-map.json");
        Files.writeString(file, "{\"format\": 9}");
        assertThatThrownBy(this::start).hasMessageContaining(file.toString()).hasMessageContaining("format is 9");
        Files.writeString(file, "{half");
        assertThatThrownBy(this::start).hasMessageContaining("delete it to start anew");

        Files.delete(file);
        try (var cloudMap = start()) {
            cloudMap.httpNamespace("shop");
        }
        assertThatThrownBy(() -> CloudMapServer.start(CloudMapOptions.of(clock, "123456789012", CloudMap.REGION)
                        .withDataDirectory(directory)))
                .hasMessageContaining("111122223333")
                .hasMessageContaining("use another data folder");
    }

    private CloudMap start() throws IOException {
        return new CloudMap(clock, options -> options.withDataDirectory(directory));
    }

    private static OperationStatus status(CloudMap cloudMap, String operationId) {
        return cloudMap.client
                .getOperation(get -> get.operationId(operationId))
                .operation()
                .status();
    }

    /** Every namespace, service, instance, health and revision, as the API shows them. */
    private static List<String> everything(CloudMap cloudMap) {
        List<String> all = new ArrayList<>();
        var client = cloudMap.client;
        for (var namespace : client.listNamespaces().namespaces()) {
            all.add(namespace + " " + client.listTagsForResource(list -> list.resourceARN(namespace.arn())));
            String httpName = namespace.properties().httpProperties().httpName();
            for (var service : client.listServices(list -> list.filters(CloudMap.inNamespace(namespace.id())))
                    .services()) {
                all.add(client.getService(get -> get.id(service.id()))
                        + " "
                        + client.getServiceAttributes(get -> get.serviceId(service.id()))
                        + client.listTagsForResource(list -> list.resourceARN(service.arn()))
                        + client.discoverInstancesRevision(
                                discover -> discover.namespaceName(httpName).serviceName(service.name())));
                for (InstanceSummary instance : client.listInstances(list -> list.serviceId(service.id()))
                        .instances()) {
                    all.add(instance
                            + " "
                            + client.getInstancesHealthStatus(
                                    get -> get.serviceId(service.id()).instances(instance.id())));
                }
            }
        }
        return all;
    }
}
