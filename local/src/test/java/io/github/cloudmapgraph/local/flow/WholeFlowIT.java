package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.local.cloudmap.Faults;
import io.github.cloudmapgraph.local.cloudmap.Faults.Fault;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/** From a call of the SDK to the graph, through everything that is between them. */
class WholeFlowIT {
    private static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";

    @BeforeEach
    void clear() {
        TestServers.clearGraph();
    }

    /** There is no schedule here: what reaches the graph does so by its event alone. */
    @Test
    void change_showsInTheGraph_byItsEventAlone() throws IOException {
        try (var flow = new Flow(FlowOptions.standard())) {
            var api = flow.cloudMap;
            String namespace = flow.settle(
                    api.createHttpNamespace(create -> create.name("shop")).operationId(), "NAMESPACE");
            flow.awaitEqual("CreateHttpNamespace");

            String cart = api.createService(create -> create.namespaceId(namespace)
                            .name("cart")
                            .healthCheckCustomConfig(
                                    HealthCheckCustomConfig.builder().build())
                            .tags(tag(DEPENDS_ON, "mail"), tag("team", "blue")))
                    .service()
                    .id();
            flow.awaitEqual("CreateService, with a dependency whose target comes later");
            var mail = api.createService(create -> create.namespaceId(namespace).name("mail"))
                    .service();
            flow.awaitEqual("CreateService, of the target");

            Map<String, String> attributes = Map.of("AWS_INSTANCE_IPV4", "10.0.0.1", "stage", "dev");
            flow.settle(
                    api.registerInstance(register ->
                                    register.serviceId(cart).instanceId("one").attributes(attributes))
                            .operationId(),
                    "INSTANCE");
            flow.awaitEqual("RegisterInstance");
            flow.settle(
                    api.registerInstance(register -> register.serviceId(cart)
                                    .instanceId("one")
                                    .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.1", "version", "2")))
                            .operationId(),
                    "INSTANCE");
            flow.awaitEqual("RegisterInstance, with other attributes");
            assertThat(TestServers.count("MATCH (i:Instance) WHERE i.stage IS NULL RETURN count(i)"))
                    .isEqualTo(1);
            api.updateInstanceCustomHealthStatus(
                    update -> update.serviceId(cart).instanceId("one").status(CustomHealthStatus.UNHEALTHY));
            flow.awaitEqual("UpdateInstanceCustomHealthStatus");
            assertThat(TestServers.count("MATCH (i:Instance {health: 'UNHEALTHY'}) RETURN count(i)"))
                    .isEqualTo(1);

            api.updateServiceAttributes(
                    update -> update.serviceId(cart).attributes(Map.of(DEPENDS_ON, "shop/mail", "tier", "1")));
            flow.awaitEqual("UpdateServiceAttributes");
            api.tagResource(put -> put.resourceARN(mail.arn()).tags(tag("team", "red"), tag("owner", "ada")));
            flow.awaitEqual("TagResource");
            api.untagResource(remove -> remove.resourceARN(mail.arn()).tagKeys("owner"));
            flow.awaitEqual("UntagResource");
            api.deleteServiceAttributes(delete -> delete.serviceId(cart).attributes(DEPENDS_ON));
            flow.awaitEqual("DeleteServiceAttributes");
            assertThat(TestServers.run("MATCH ()-[d:DEP_ON]->() RETURN d.sources AS s")
                            .getFirst()
                            .get("s")
                            .asList())
                    .hasToString("[tag]");
            flow.settle(
                    api.updateService(
                                    update -> update.id(cart).service(change -> change.description("what people want")))
                            .operationId(),
                    "SERVICE");
            flow.awaitEqual("UpdateService");

            api.deleteService(delete -> delete.id(mail.id()));
            flow.awaitEqual("DeleteService, of a target");
            flow.settle(
                    api.deregisterInstance(remove -> remove.serviceId(cart).instanceId("one"))
                            .operationId(),
                    "INSTANCE");
            flow.awaitEqual("DeregisterInstance");
            api.deleteService(delete -> delete.id(cart));
            flow.awaitEqual("DeleteService");
            flow.settle(api.deleteNamespace(delete -> delete.id(namespace)).operationId(), "NAMESPACE");
            flow.awaitEqual("DeleteNamespace");
            assertThat(TestServers.count("MATCH (n:Namespace|Service|Instance) RETURN count(n)"))
                    .isZero();
            assertThat(flow.deadLetterCount()).isZero();
        }
    }

    @Test
    void graphsAge_isToldByTheProducer_onceTheConsumerHasAppliedASnapshot() throws IOException {
        try (var flow = new Flow(FlowOptions.standard())) {
            flow.loadExample();
            flow.readAndAwait();
            assertThat(flow.log()).contains("\"SnapshotBytes\":").doesNotContain("\"GraphAge\":");

            // The lock, in whose release it is written, is given back a moment after the graph shows the snapshot.
            flow.await("the graph's age", () -> {
                flow.readAndAwait();
                return flow.log().contains("\"GraphAge\":");
            });
            assertThat(flow.log()).contains("\"ReadToGraph\":");
        }
    }

    @Test
    void snapshot_goesThroughS3_whenItIsTooLargeForAMessage() throws IOException {
        try (var flow = new Flow(FlowOptions.standard().withProducer(Map.of("MAX_MESSAGE_BYTES", "1024")))) {
            flow.loadExample();
            Map<String, Object> answer = flow.readAndAwait();

            flow.awaitEqual("the example");
            String key = String.valueOf(answer.get("storedAt"));
            assertThat(TestServers.S3
                            .headObject(head -> head.bucket(
                                            flow.deployment.resources().bucket())
                                    .key(key))
                            .contentLength())
                    .isPositive();
        }
    }

    @ParameterizedTest(name = "pages of {0}")
    @ValueSource(ints = {1, 2, 3})
    void graph_isComplete_whateverThePageSize(int size) throws IOException {
        try (var flow = new Flow(FlowOptions.standard()
                .withCloudMap(options -> options.withMaxPageSize(size).withSparsePages(true)))) {
            flow.loadExample();
            // Without the data plane's one answer a service, instances and their health come in pages too.
            flow.setFaults((operation, _) -> operation.equals("DiscoverInstances")
                    ? new Fault.Answer(400, "UnknownOperationException", "not in this test")
                    : new Fault.LetThrough());
            flow.readAndAwait();

            flow.awaitEqual("pages of " + size);
            assertThat(TestServers.run("MATCH (s:SyncState) RETURN s.namespaces, s.services, s.instances,"
                                    + " s.dependencies, s.unresolved_dependencies")
                            .getFirst()
                            .values())
                    .hasToString("[2, 17, 24, 19, 1]");
        }
    }

    @Test
    void graph_isComplete_whenCloudMapThrottles() throws IOException {
        var registry = new StringBuilder("{\"namespaces\": [");
        for (int i = 0; i < 13; i++) {
            registry.append(i == 0 ? "" : ",")
                    .append("{\"name\": \"n")
                    .append(i)
                    .append("\", \"type\": \"HTTP\", \"services\": [{\"name\": \"a\"}]}");
        }
        try (var flow = new Flow(FlowOptions.standard().withCloudMap(options -> options.withThrottling(true)))) {
            flow.load(registry.append("]}").toString());
            Map<String, Object> answer = flow.readAndAwait();

            assertThat(answer.get("counts"))
                    .hasToString(Map.of("namespaces", 13, "services", 13, "instances", 0)
                            .toString());
            assertThat(TestServers.count("MATCH (s:Service)-[:IN_NAMESPACE]->() RETURN count(s)"))
                    .isEqualTo(13);
            assertThat(flow.server.requests().of("ListServices"))
                    .as("calls, with those that were throttled")
                    .isGreaterThan(13);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ListNamespaces", "ListServices", "ListTagsForResource", "GetServiceAttributes"})
    void nothingIsSentOrDeleted_whenACallIsDenied(String denied) throws IOException {
        try (var flow = new Flow(FlowOptions.standard().withoutEvents())) {
            flow.loadExample();
            flow.readAndAwait();
            Contents before = Contents.ofGraph(flow.scope);
            long version = flow.version();
            flow.setFaults(deniedFromTheSecondCallOn(denied));

            assertThatThrownBy(() -> flow.deployment.read(Map.of()))
                    .hasMessageContaining(denied + " was denied: servicediscovery:" + denied);

            assertThat(flow.waiting()).as("messages").isZero();
            assertThat(flow.version()).isEqualTo(version);
            assertThat(Contents.ofGraph(flow.scope)).isEqualTo(before);
            // The lease was given back: the next read need not wait for its end.
            flow.setFaults(Faults.NONE);
            flow.readAndAwait();
            flow.awaitEqual("the read after the denial");
        }
    }

    /** The lists of namespaces is one call: there the first is denied. */
    private static Faults deniedFromTheSecondCallOn(String denied) {
        var calls = new java.util.concurrent.atomic.AtomicInteger(denied.equals("ListNamespaces") ? 1 : 0);
        return (operation, _) -> operation.equals(denied) && calls.incrementAndGet() > 1
                ? new Fault.Answer(
                        400,
                        "AccessDeniedException",
                        "User: arn:aws:sts::123456789012:assumed-role/reader is not authorized to perform:"
                                + " servicediscovery:" + operation)
                : new Fault.LetThrough();
    }

    @Test
    void equalNames_stayApart_whenTheyAreInTwoNamespaces() throws IOException {
        try (var flow = new Flow(FlowOptions.standard())) {
            flow.load("""
                {"namespaces": [
                  {"name": "one", "type": "HTTP", "services": [
                    {"name": "cart", "instances": [{"id": "i", "attributes": {"v": "1"}}]},
                    {"name": "front", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "cart"}}]},
                  {"name": "two", "type": "HTTP", "services": [
                    {"name": "cart", "instances": [{"id": "i", "attributes": {"v": "2"}}]},
                    {"name": "front", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "one/cart cart"}}]},
                  {"name": "three", "type": "HTTP", "services": [
                    {"name": "front", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "cart"}}]}]}
                """);
            flow.readAndAwait();

            flow.awaitEqual("equal names");
            assertThat(Contents.ofGraph(flow.scope).lines())
                    .contains(
                            "dependency one/front -> one/cart [tag]",
                            "dependency two/front -> one/cart [tag]",
                            "dependency two/front -> two/cart [tag]",
                            "unresolved three/front -> cart",
                            "instance one/cart/i NO_CHECK {v=1}",
                            "instance two/cart/i NO_CHECK {v=2}");
        }
    }

    @Test
    void deployments_keepToTheirOwnPart_whenTheyShareAGraph() throws IOException {
        try (var ours = new Flow(FlowOptions.standard());
                var theirs = new Flow(FlowOptions.standard().withAccount("111122223333"))) {
            ours.loadExample();
            theirs.load("""
                {"namespaces": [{"name": "mortgage-and-insurance", "type": "HTTP", "services": [
                  {"name": "ServiceMail"}]}]}
                """);
            ours.readAndAwait();
            theirs.readAndAwait();
            ours.awaitEqual("ours");
            theirs.awaitEqual("theirs");
            assertThat(TestServers.count("MATCH (s:Service {name: 'ServiceMail'}) RETURN count(s)"))
                    .isEqualTo(2);

            theirs.load("{\"namespaces\": []}");
            theirs.readAndAwait();
            theirs.awaitEqual("theirs, emptied");
            ours.awaitEqual("ours, untouched");
        }
    }

    @Test
    void deployments_keepToTheirOwnPart_whenTheyAreOfOneAccount() throws IOException {
        try (var flow = new Flow(FlowOptions.standard());
                var second = new Flow(FlowOptions.standard().withProducer(Map.of("DEPLOYMENT_NAME", "second")))) {
            flow.load("{\"namespaces\": [{\"name\": \"a\", \"type\": \"HTTP\", \"services\": [{\"name\": \"x\"}]}]}");
            second.load("{\"namespaces\": [{\"name\": \"b\", \"type\": \"HTTP\", \"services\": [{\"name\": \"x\"}]}]}");
            flow.readAndAwait();
            second.readAndAwait();

            flow.awaitEqual("the first");
            second.awaitEqual("the second");
            assertThat(second.scope.value()).endsWith(":second");
        }
    }

    @Test
    void sharedNamespace_staysAsItWas_whenItIsDenied() throws IOException {
        try (var flow = new Flow(FlowOptions.standard().withoutEvents())) {
            flow.load(shared("\"mail\"", "\"cart\""));
            flow.readAndAwait();
            flow.awaitEqual("own and shared");

            flow.setFaults((operation, request) -> operation.equals("ListServices") && request.contains("111122223333")
                    ? new Fault.Answer(400, "AccessDeniedException", "not authorized")
                    : new Fault.LetThrough());
            flow.load(shared("\"other\"", "\"renamed\""));
            Map<String, Object> answer = flow.readAndAwait();

            assertThat(answer.get("deniedNamespaces")).asString().contains("111122223333");
            assertThat(Contents.ofGraph(flow.scope).lines())
                    .contains(
                            "service theirs/mail '' {}",
                            "service own/renamed '' {}",
                            "instance theirs/mail/i NO_CHECK {}")
                    .doesNotContain("service own/cart '' {}");
            assertThat(TestServers.run("MATCH (s:SyncState) RETURN s.denied_namespaces AS denied")
                            .getFirst()
                            .get("denied")
                            .asList())
                    .hasSize(1);

            flow.setFaults(Faults.NONE);
            flow.readAndAwait();
            flow.awaitEqual("allowed again");
        }
    }

    private static String shared(String theirs, String own) {
        return """
            {"namespaces": [
              {"name": "own", "type": "HTTP", "services": [{"name": %s}]},
              {"name": "theirs", "type": "HTTP", "ownerAccount": "111122223333", "services": [
                {"name": %s, "instances": [{"id": "i", "attributes": {}}]}]}]}
            """.formatted(own, theirs);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
