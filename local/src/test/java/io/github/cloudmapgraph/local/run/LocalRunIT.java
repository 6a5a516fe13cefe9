package io.github.cloudmapgraph.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.local.servers.ListeningSockets;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

class LocalRunIT {
    @TempDir
    Path folder;

    /** Three runs in one folder: what the first made and the second changed is there in the third. */
    @Test
    void run_keepsEverything_acrossRestartsInOneFolder() throws Exception {
        String data = folder.resolve("data").toString();
        Map<String, ?> first = json(Outcome.of("--once", "--json", "--data", data));
        assertThat(first.get("counts"))
                .hasToString("{namespaces=2, services=17, instances=24, dependencies=19, unresolved_dependencies=1}");
        assertThat(list(first, "services")).hasSize(17);
        assertThat(list(first, "instances")).hasSize(24);
        assertThat(list(first, "dependencies")).hasSize(19);
        assertThat(list(first, "unresolved"))
                .isEqualTo(List.of(Map.of("from", "online-boutique.local/cartservice", "to", "redis-cart")));
        assertThat(String.valueOf(first.get("update_id"))).isNotEmpty();
        assertThat(version(first)).isPositive();

        var ports = Ports.free();
        try (var run = new ChildRun(folder, "--data", data, "--port-base", String.valueOf(ports.base()))) {
            assertThat(run.linesOnce("Following changes")).anyMatch(line -> line.contains("Following changes"));
            register(ports);
            assertThat(run.linesOnce("added Instance new-one"))
                    .anyMatch(line -> line.contains("+1 ~"))
                    .anyMatch(line -> line.contains("added Instance new-one"));

            run.terminate();
            assertThat(run.status(Duration.ofSeconds(30))).as("SIGTERM").isEqualTo(143);
            assertThat(run.lines()).contains("Stopping ...");
            assertThat(ports.taken()).as("ports still taken").isEmpty();
        }

        Map<String, ?> third = json(Outcome.of("--once", "--json", "--data", data));
        assertThat(list(third, "instances").toString()).contains("new-one");
        assertThat(list(third, "instances")).hasSize(25);
        assertThat(list(third, "services")).hasSize(17);
        assertThat(list(third, "dependencies")).isEqualTo(list(first, "dependencies"));
        assertThat(version(third)).isGreaterThan(version(first));
    }

    /** Whoever else is on the network gets no answer: from no server of it, and from nothing that it started. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what a process listens on")
    void run_listensOnLoopbackOnly() throws Exception {
        var ports = Ports.free();
        try (var run = new ChildRun(folder, "--port-base", String.valueOf(ports.base()))) {
            assertThat(run.linesOnce("Following changes")).anyMatch(line -> line.contains("Following changes"));

            assertThat(run.listeningSockets())
                    .allMatch(ListeningSockets.Socket::isLoopback)
                    .extracting(ListeningSockets.Socket::port)
                    .containsAll(ports.all());
        }
    }

    private static long version(Map<String, ?> document) {
        return document.get("version") instanceof Number number ? number.longValue() : 0;
    }

    private static void register(Ports ports) {
        URI endpoint = URI.create("http://127.0.0.1:" + ports.base());
        try (var cloudMap = new AwsClients((_, builder) -> LoopbackAws.at(builder, endpoint))
                .build(ServiceDiscoveryClient.class, ServiceDiscoveryClient.builder())) {
            var service = cloudMap.listServices().services().stream()
                    .filter(each -> each.name().equals("ServiceMail"))
                    .findFirst()
                    .orElseThrow();
            cloudMap.registerInstance(register -> register.serviceId(service.id())
                    .instanceId("new-one")
                    .attributes(Map.of("AWS_INSTANCE_IPV4", "10.0.0.99", "stage", "dev")));
        }
    }

    @Test
    void run_showsAnotherRegistry_whenAFileIsGiven() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), """
            {"namespaces": [{"name": "mine", "type": "HTTP", "services": [
              {"name": "a", "tags": {"NEO4J_RELATIONSHIP_TO_SERVICE": "b"}},
              {"name": "b", "instances": [{"id": "one", "attributes": {"AWS_INSTANCE_IPV4": "10.0.0.1"}}]}]}]}
            """);

        Outcome outcome = Outcome.of("--once", "--registry", file.toString());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("NAMESPACE", "SERVICE", "INSTANCES", "HEALTH", "DEPENDS ON")
                .contains("1 namespaces, 2 services, 1 instances, 1 dependencies")
                .doesNotContain("SrvFrontMort");
    }

    @Test
    void run_namesFileAndPlace_whenTheRegistryCannotBeRead() throws IOException {
        Path missing = folder.resolve("missing.json");
        assertSentence(Outcome.of("--once", "--registry", missing.toString()), missing.toString());

        Path notJson = Files.writeString(folder.resolve("not.json"), "{\n  \"namespaces\": [}\n");
        assertSentence(Outcome.of("--once", "--registry", notJson.toString()), notJson.toString(), "line 2");

        Path wrong = Files.writeString(folder.resolve("wrong.json"), """
            {"namespaces": [{"name": "mine", "type": "HTTP", "services": [{"name": "a", "nmae": "b"}]}]}
            """);
        assertSentence(Outcome.of("--once", "--registry", wrong.toString()), "wrong.json", "services[0]", "nmae");
    }

    @Test
    void run_leavesNothingListening_whenAPortIsTaken() throws IOException {
        var ports = Ports.free();
        try (var taken = ports.take(2)) {
            assertSentence(
                    Outcome.of("--once", "--port-base", String.valueOf(ports.base())),
                    "DynamoDB",
                    String.valueOf(taken.getLocalPort()));
        }

        assertThat(ports.taken()).as("ports still taken").isEmpty();
    }

    @Test
    void run_explainsItself_whenAskedOrMisunderstood() {
        Outcome help = Outcome.of("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out())
                .contains("--once", "--json", "--registry", "--port-base", "--data", "--aws", "--profile", "--region");

        assertSentence(Outcome.of("--twice"), "--twice", "--help");
        assertSentence(Outcome.of("--port-base", "80"), "--port-base is 80", "1024");
        assertSentence(Outcome.of("--port-base", "x"), "--port-base", "'x'");
    }

    @Test
    void run_saysWhatIsMissing_whenThereAreNoCredentials() throws Exception {
        try (var run = new ChildRun(folder, "--once", "--aws", "--region", "eu-west-1")) {
            assertThat(run.status(Duration.ofMinutes(1))).isEqualTo(1);
            assertThat(run.lines()).hasSize(1).first().asString().contains("no AWS credentials");
        }
        try (var run = new ChildRun(folder, "--once", "--aws")) {
            assertThat(run.status(Duration.ofMinutes(1))).isEqualTo(1);
            assertThat(run.lines()).hasSize(1).first().asString().contains("--region");
        }
    }

    private static void assertSentence(Outcome outcome, String... parts) {
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines().toList()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).startsWith("run-local: ").contains(parts);
    }

    private static Map<String, ?> json(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return Json.parseObject(outcome.out());
    }

    private static List<?> list(Map<String, ?> document, String field) {
        return document.get(field) instanceof List<?> list ? list : List.of();
    }
}
