package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.message.SnapshotWriter;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;

/**
 * Attributes of instances that something on the way may not like. Cloud Map's model allows them visible ASCII, blanks
 * and tabs; those go the whole way. What it refuses is sent to the consumer as the message of a snapshot: it must not
 * trust that nobody sends it.
 */
class HostileInstancesIT {
    private static final int MOST_ATTRIBUTES = 30;

    /** As long as a value may be. */
    private static final int VALUE = 1024;

    /** As long as a key may be. */
    private static final int KEY = 255;

    /** What the API takes, each value under its key; together no longer than its 5,000 characters. */
    private static final List<Map<String, String>> ALLOWED = List.of(
            Map.of(
                    "k".repeat(KEY),
                    "x".repeat(VALUE),
                    "`".repeat(KEY),
                    "`}) DETACH DELETE n //" + " ".repeat(VALUE - 23) + "x",
                    "'\"\\".repeat(85),
                    "'\"\\$".repeat(VALUE / 4)),
            Map.of(
                    "key", "x".repeat(VALUE),
                    "synced_properties", "`x`",
                    "attribute_key", "a\tb",
                    "}){}", "\\u0000"));

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "\t",
            "\n",
            "line\nbreak\r\n\ttab",
            "\0",
            "nul\0in\0side",
            "\0".repeat(VALUE),
            "\u0001\u001f\u007f\u0085\u2028\u2029",
            "\ufffe\uffff\ufeff",
            "😀".repeat(VALUE / 2),
            "👩‍👩‍👧 é ß 漢字",
            "\u202eright to left \u05e9\u05dc\u05d5\u05dd \u2067\u200f\u2069",
            "\u05e9".repeat(VALUE),
            "x".repeat(VALUE),
            "O'Brien \"quoted\" `ticked`",
            "`}) DETACH DELETE n //",
            "'}) MATCH (n) DETACH DELETE n //",
            "\"}) CALL db.clearQueryCaches() //",
            "$props ${jndi:ldap://127.0.0.1/a} {{x}} %s %n",
            "\\",
            "\\u0000",
            "null",
            "{\"json\": [1, null]}");

    /** Of the names that the schema owns, all; of others, those that may collide once they are escaped. */
    private static final List<String> KEYS = Stream.concat(
                    Contents.OF_INSTANCES.stream().sorted(),
                    Stream.of(
                            "",
                            " ",
                            "\n",
                            "\0",
                            "\0\0",
                            "a\0b",
                            "a\\u0000b",
                            "a\\\\u0000b",
                            "\\\0",
                            "\0".repeat(KEY),
                            "k".repeat(KEY),
                            "`".repeat(KEY),
                            "😀".repeat(127),
                            "\u202e\u05e9\u05dc\u05d5\u05dd",
                            "`",
                            "a`b``c",
                            "`: 1}) DETACH DELETE n //",
                            "'\"",
                            "$props",
                            "attribute_",
                            "attribute_name",
                            "attribute_attribute_name",
                            "tag_name",
                            "arn",
                            "with blanks and.dots"))
            .toList();

    private Flow flow;

    @BeforeEach
    void start() throws IOException {
        TestServers.clearGraph();
        TestServers.run("CREATE (:Team {name: 'blue'})");
        flow = new Flow(FlowOptions.standard().withoutEvents());
    }

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void attributes_areStoredAsTheyAre_whenCloudMapTakesThem() {
        String service = service();
        List<Instance> instances = new ArrayList<>();
        for (Map<String, String> attributes : ALLOWED) {
            String id = "i-" + instances.size();
            flow.settle(
                    flow.cloudMap
                            .registerInstance(register ->
                                    register.serviceId(service).instanceId(id).attributes(attributes))
                            .operationId(),
                    "INSTANCE");
            instances.add(new Instance(id, Health.NO_CHECK, attributes));
        }

        flow.readAndAwait();

        assertStored(instances);
        Map<String, Map<String, Object>> before = nodes();
        flow.readAndAwait();
        assertThat(nodes()).isEqualTo(before);
        assertNothingWrittenAtLast();
    }

    /** So they can only come by a message. */
    @Test
    void cloudMap_refusesWhatItsModelDoesNotAllow() {
        String service = service();
        List<String> refused = VALUES.stream()
                .filter(value -> value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > '~'))
                .toList();
        assertThat(refused).hasSizeGreaterThan(10);
        for (String value : refused) {
            assertThatThrownBy(() -> flow.cloudMap.registerInstance(register ->
                            register.serviceId(service).instanceId("i").attributes(Map.of("x", value))))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void attributes_areStoredAsTheyAre_whenAMessageBringsWhatCloudMapRefuses() {
        List<Instance> instances = new ArrayList<>();
        for (int shift = 0; shift < VALUES.size(); shift++) {
            for (int start = 0; start < KEYS.size(); start += MOST_ATTRIBUTES) {
                Map<String, String> attributes = new TreeMap<>();
                for (int i = start; i < Math.min(start + MOST_ATTRIBUTES, KEYS.size()); i++) {
                    attributes.put(KEYS.get(i), VALUES.get((i + shift) % VALUES.size()));
                }
                instances.add(new Instance("i-" + instances.size(), Health.NO_CHECK, attributes));
            }
        }

        apply(1, instances);

        assertStored(instances);
        assertThat(flow.log()).contains("names that Neo4j cannot hold", "\"a\\\\u0000b\"", "\"attribute_\"");
        Map<String, Map<String, Object>> before = nodes();
        apply(2, instances);
        assertThat(nodes()).isEqualTo(before);
        assertNothingWrittenAtLast();
        // Another value under each key, and back again.
        apply(3, shifted(instances));
        assertStored(shifted(instances));
        apply(4, instances);
        assertStored(instances);
    }

    private static List<Instance> shifted(List<Instance> instances) {
        List<Instance> shifted = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            // Two further is the same part of the keys with the next values.
            Map<String, String> next = instances.get((i + 2) % instances.size()).attributes();
            shifted.add(new Instance(instances.get(i).id(), Health.NO_CHECK, next));
        }
        return shifted;
    }

    private void apply(long version, List<Instance> instances) {
        var service = new Service(
                "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-a",
                "srv-a",
                "a",
                "HTTP",
                "",
                Optional.empty(),
                new HealthCheck.None(),
                Map.of(),
                Map.of(),
                instances);
        var namespace = new Namespace(
                "arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-a",
                "ns-a",
                "shop",
                "HTTP",
                "",
                flow.scope.account(),
                "shop",
                "",
                List.of(service));
        var snapshot = new Snapshot(
                new SnapshotHeader(flow.scope, version, Instant.ofEpochMilli(version), Optional.empty(), Orders.NONE),
                new Registry(List.of(namespace), List.of()));
        flow.sendMessage(new SnapshotWriter(TestServers.S3, "", 1_048_576)
                .write(snapshot)
                .text());
        flow.awaitVersion(version);
    }

    private String service() {
        String namespace = flow.settle(
                flow.cloudMap.createHttpNamespace(create -> create.name("shop")).operationId(), "NAMESPACE");
        return flow.cloudMap
                .createService(create -> create.namespaceId(namespace).name("a"))
                .service()
                .id();
    }

    private void assertStored(List<Instance> instances) {
        Map<String, Map<String, Object>> stored = new TreeMap<>();
        TestServers.run("MATCH (i:Instance)-[:REGISTERED]->(:Service {name: 'a'}) RETURN i")
                .forEach(row -> {
                    Map<String, Object> properties =
                            new TreeMap<>(row.get("i").asNode().asMap());
                    String name = String.valueOf(properties.get("name"));
                    properties.keySet().removeAll(Contents.OF_INSTANCES);
                    stored.put(name, properties);
                });
        assertThat(stored).hasSize(instances.size());
        for (Instance instance : instances) {
            Map<String, Object> expected = new TreeMap<>();
            instance.attributes().forEach((key, value) -> expected.put(HostileContentsIT.instanceName(key), value));
            assertThat(expected).hasSameSizeAs(instance.attributes());
            assertThat(stored.get(instance.id())).as(instance.id()).isEqualTo(expected);
        }
        assertThat(TestServers.count("MATCH (n) WHERE NOT n:SyncState AND NOT n:SyncChange RETURN count(n)"))
                .isEqualTo(3 + instances.size());
        assertThat(TestServers.count("MATCH (:Team {name: 'blue'}) RETURN count(*)"))
                .isOne();
        assertThat(flow.deadLetterCount()).isZero();
        // One line a line: no text of the registry begins one of its own.
        assertThat(flow.log().lines())
                .allSatisfy(line -> assertThat(Json.parseObject(line)).containsKey("level"));
    }

    private static Map<String, Map<String, Object>> nodes() {
        Map<String, Map<String, Object>> nodes = new TreeMap<>();
        TestServers.run("MATCH (n:Team|Namespace|Service|Instance) RETURN elementId(n) AS id, n")
                .forEach(row -> nodes.put(
                        row.get("id").asString(), row.get("n").asNode().asMap()));
        return nodes;
    }

    private void assertNothingWrittenAtLast() {
        assertThat(flow.log()
                        .lines()
                        .map(Json::parseObject)
                        .filter(line -> "applied".equals(line.get("message")))
                        .reduce((_, last) -> last))
                .hasValueSatisfying(line -> assertThat(line.toString()).contains("added=0, changed=0, removed=0"));
    }
}
