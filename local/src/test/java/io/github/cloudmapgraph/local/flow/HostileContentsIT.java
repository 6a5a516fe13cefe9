package io.github.cloudmapgraph.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.HttpNamespaceChange;
import software.amazon.awssdk.services.servicediscovery.model.ServiceChange;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/**
 * Registries whose texts are queries, reserved names and characters that something on the way may not like.
 *
 * <p>A failure names its seed; {@code -Dseed=N} runs that one.
 */
class HostileContentsIT {
    private static final String DEPENDS_ON = "NEO4J_RELATIONSHIP_TO_SERVICE";
    private static final String LONG = "x".repeat(1024);

    /** What Cloud Map takes as a description or as the value of a service attribute. */
    private static final List<String> TEXTS = List.of(
            "O'Brien \"quoted\" `ticked`",
            "`}) DETACH DELETE n //",
            "'}) MATCH (n) DETACH DELETE n //",
            "\"}) CALL db.clearQueryCaches() //",
            "$props {x: 1} ${jndi:ldap://127.0.0.1/a}",
            "line\nbreak\r\n\ttab",
            "😀👩‍👩‍👧 é ß 漢字",
            "\u202eright to left \u05e9\u05dc\u05d5\u05dd",
            "nul\0in\0side",
            "\0",
            "\u0001\u001f\u007f\u0085\u2028",
            "\ufffe\uffff\ufeff",
            LONG,
            "😀".repeat(512),
            "\0".repeat(1024),
            "{\"json\": [1, null]}",
            "\\",
            "\\u0000",
            "<script>alert(1)</script>",
            "null",
            " ");

    /** Names of service attributes, which may be any text; those that collide, or would once they are escaped. */
    private static final List<String> KEYS = List.of(
            "arn",
            "id",
            "name",
            "update_id",
            "digest",
            "scope",
            "synced_properties",
            "instance_count",
            "unresolved_dependencies",
            "attribute_",
            "attribute_x",
            "attribute_name",
            "attribute_attribute_name",
            "tag_x",
            "tag_name",
            "x",
            "`",
            "a`b``c",
            "'\"",
            "}) DETACH DELETE n //",
            "`: 1}) DETACH DELETE n //",
            "with blanks and.dots",
            "with blanks and.dots ".repeat(12),
            "x".repeat(255),
            "😀",
            "\u05e9\u05dc\u05d5\u05dd",
            "\n",
            " ",
            "\0",
            "\0\0",
            "\\u0000",
            "\\\\u0000",
            "\\\0",
            "a\0b",
            "a\\u0000b",
            "a\\\\u0000b",
            "\\",
            "$props",
            "{}",
            "null");

    /** Of instances, which Cloud Map allows visible ASCII only. */
    private static final List<String> INSTANCE_KEYS = List.of(
            "key",
            "name",
            "scope",
            "update_id",
            "health",
            "kind",
            "synced_properties",
            "arn",
            "attribute_x",
            "x",
            "attribute_key",
            "tag_x",
            "`",
            "a`b",
            "'\"",
            "})DETACH/**/DELETE/**/n//",
            "\\u0000",
            "\\\\u0000",
            "\\",
            "{}",
            "$props");

    private static final List<String> INSTANCE_VALUES = List.of(
            "`}) DETACH DELETE n //", "O'Brien \"quoted\" `ticked`", "$props", "\\u0000", "a\tb", "x".repeat(200));

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    private record Written(String description, Map<String, String> attributes, Map<String, String> tags) {}

    @Test
    void contents_areStoredAsTheyAre_andNothingIsExecuted() throws IOException {
        TestServers.clearGraph();
        TestServers.run("CREATE (:Team {name: 'blue'})");
        try (var flow = new Flow(FlowOptions.standard().withoutEvents())) {
            String namespace = flow.settle(
                    flow.cloudMap
                            .createHttpNamespace(create -> create.name("`})DETACH/**/DELETE/**/n//'\"\\")
                                    .description(TEXTS.getFirst()))
                            .operationId(),
                    "NAMESPACE");
            Map<String, Written> services = new LinkedHashMap<>();
            // All names, 20 a service, and then names and values at random.
            services.put(
                    "first",
                    new Written(TEXTS.get(1), attributes(KEYS.subList(0, 20)), Map.of("name", "tag", "x", "tag")));
            services.put("second", new Written(TEXTS.get(8), attributes(KEYS.subList(20, KEYS.size())), Map.of()));
            for (int i = 0; i < 30; i++) {
                services.put("random-" + i, new Written(one(TEXTS), randomAttributes(), Map.of("owner", "שלום é")));
            }
            services.forEach((name, written) -> create(flow, namespace, name, written));
            Map<String, Map<String, String>> instances = new TreeMap<>();
            for (String id : List.of("i-1", "i/../:@.", "i-2")) {
                instances.put(id, instance());
                register(flow, serviceId(flow, "first"), id, instances.getOrDefault(id, Map.of()));
            }

            flow.readAndAwait();

            assertStored(flow, services, instances);
            Map<String, Object> before = everything();
            flow.readAndAwait();
            assertThat(everything()).as("after the same again, seed %s", seed).isEqualTo(before);
            assertThat(lastApplied(flow).toString()).contains("added=0, changed=0, removed=0");
            flow.awaitVersion(
                    ((Number) flow.deployment.read(Map.of("fullSync", true)).getOrDefault("version", 0L)).longValue());
            assertThat(withoutStamps(everything()))
                    .as("after a full sync, seed %s", seed)
                    .isEqualTo(withoutStamps(before));

            changeEverything(flow, namespace, services);
            flow.readAndAwait();
            assertStored(flow, services, instances);
            assertThat(flow.deadLetterCount()).isZero();
            assertThat(flow.log()).contains("names that Neo4j cannot hold");
            // One line a line: no text of the registry begins one of its own.
            assertThat(flow.log().lines())
                    .allSatisfy(line -> assertThat(Json.parseObject(line)).containsKey("level"));
        }
    }

    @Test
    void declarations_areNamesAndNothingElse() throws IOException {
        TestServers.clearGraph();
        TestServers.run("CREATE (:Team {name: 'blue'})");
        List<String> hostile = List.of(
                "`b`",
                "'b'",
                "b\0",
                "})",
                "DETACH",
                "DELETE",
                "//",
                "/",
                "shop/",
                "/b",
                "shop/../b",
                "../shop/b",
                "arn:",
                "arn:aws:servicediscovery:::service/`}",
                "B",
                "ｂ",
                "b\u200b",
                "😀",
                "$name",
                "*",
                "%",
                ".",
                "x".repeat(700));
        try (var flow = new Flow(FlowOptions.standard().withoutEvents())) {
            String namespace = flow.settle(
                    flow.cloudMap
                            .createHttpNamespace(create -> create.name("shop"))
                            .operationId(),
                    "NAMESPACE");
            create(flow, namespace, "b", new Written("", Map.of(), Map.of()));
            create(
                    flow,
                    namespace,
                    "a",
                    new Written("", Map.of(DEPENDS_ON, "  " + String.join("  ", hostile) + " b b  "), Map.of()));
            create(flow, namespace, "c", new Written("", Map.of(DEPENDS_ON, "\0".repeat(1024)), Map.of()));
            create(flow, namespace, "d", new Written("", Map.of(DEPENDS_ON, " ".repeat(1024)), Map.of()));
            create(flow, namespace, "e", new Written("", Map.of(DEPENDS_ON, "b ".repeat(512)), Map.of()));

            flow.readAndAwait();

            assertThat(TestServers.run(
                            "MATCH (s)-[d:DEP_ON]->(t) RETURN s.name + ' ' + t.name AS text, d.sources AS how"))
                    .extracting(row ->
                            row.get("text").asString() + " " + row.get("how").asList())
                    .containsExactlyInAnyOrder("a b [attribute]", "e b [attribute]");
            assertThat(TestServers.run("MATCH (s:Service {name: 'a'}) RETURN s.unresolved_dependencies AS names")
                            .getFirst()
                            .get("names")
                            .asList())
                    .containsExactlyInAnyOrderElementsOf(new ArrayList<Object>(hostile));
            assertThat(TestServers.run("MATCH (s:Service {name: 'c'}) RETURN s.unresolved_dependencies AS names")
                            .getFirst()
                            .get("names")
                            .asList())
                    .isEqualTo(List.of("\0".repeat(1024)));
            assertThat(TestServers.count("MATCH (n:Team|Namespace|Service) RETURN count(n)"))
                    .isEqualTo(7);
            Map<String, Object> before = everything();
            flow.readAndAwait();
            assertThat(everything()).isEqualTo(before);
            assertThat(flow.deadLetterCount()).isZero();
        }
    }

    private void assertStored(Flow flow, Map<String, Written> services, Map<String, Map<String, String>> instances) {
        for (var service : services.entrySet()) {
            Map<String, Object> node = TestServers.run(
                            "MATCH (s:Service {name: $name}) RETURN s", Map.of("name", service.getKey()))
                    .getFirst()
                    .get("s")
                    .asMap();
            Map<String, Object> expected = new TreeMap<>();
            service.getValue().tags().forEach((key, value) -> expected.put(name(key, "tag_", Set.of()), value));
            Set<String> tags = Set.copyOf(expected.keySet());
            service.getValue().attributes().forEach((key, value) -> expected.put(name(key, "attribute_", tags), value));
            Map<String, Object> added = new TreeMap<>(node);
            added.keySet().removeAll(Contents.OF_SERVICES);
            assertThat(added).as("%s, seed %s", service, seed).isEqualTo(expected);
            assertThat(node.getOrDefault("description", ""))
                    .as("%s, seed %s", service, seed)
                    .isEqualTo(service.getValue().description());
        }
        for (var instance : instances.entrySet()) {
            Map<String, Object> added = new TreeMap<>(
                    TestServers.run("MATCH (i:Instance {name: $name}) RETURN i", Map.of("name", instance.getKey()))
                            .getFirst()
                            .get("i")
                            .asMap());
            added.keySet().removeAll(Contents.OF_INSTANCES);
            Map<String, Object> expected = new TreeMap<>();
            instance.getValue().forEach((key, value) -> expected.put(instanceName(key), value));
            assertThat(added).as("%s, seed %s", instance, seed).isEqualTo(expected);
        }
        assertThat(TestServers.count("MATCH (n:Team|Namespace|Service|Instance) RETURN count(n)"))
                .as("nodes, seed %s; the log:%n%s", seed, flow.log())
                .isEqualTo(2 + services.size() + instances.size());
        assertThat(TestServers.count("MATCH (n) WHERE NOT n:Team|Namespace|Service|Instance|SyncState|SyncChange"
                        + " RETURN count(n)"))
                .isZero();
        assertThat(TestServers.count("MATCH (:Team {name: 'blue'}) RETURN count(*)"))
                .isOne();
    }

    /** The rule in other words than the code's: a name that is not free has a prefix, and none is lost. */
    private static String name(String key, String prefix, Set<String> taken) {
        String escaped = escaped(key);
        boolean free = !key.isEmpty()
                && !key.startsWith("attribute_")
                && !key.startsWith("tag_")
                && !Contents.OF_SERVICES.contains(key)
                && !taken.contains(escaped);
        return free ? escaped : prefix + escaped;
    }

    static String instanceName(String key) {
        return key.isEmpty()
                        || key.startsWith("attribute_")
                        || key.startsWith("tag_")
                        || Contents.OF_INSTANCES.contains(key)
                ? "attribute_" + escaped(key)
                : escaped(key);
    }

    private static String escaped(String key) {
        StringBuilder text = new StringBuilder();
        int backslashes = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '\0') {
                text.append("\\".repeat(backslashes + 1)).append("u0000");
            } else if (key.startsWith("u0000", i)) {
                text.append("\\".repeat(backslashes)).append('u');
            } else {
                text.append(c);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return text.toString();
    }

    private void changeEverything(Flow flow, String namespace, Map<String, Written> services) {
        flow.settle(
                flow.cloudMap
                        .updateHttpNamespace(update -> update.id(namespace)
                                .namespace(HttpNamespaceChange.builder()
                                        .description(one(TEXTS))
                                        .build()))
                        .operationId(),
                "NAMESPACE");
        services.replaceAll((name, written) -> {
            var changed = new Written(one(TEXTS), randomAttributes(), written.tags());
            String id = serviceId(flow, name);
            flow.cloudMap.deleteServiceAttributes(delete ->
                    delete.serviceId(id).attributes(written.attributes().keySet()));
            flow.cloudMap.updateServiceAttributes(update -> update.serviceId(id).attributes(changed.attributes()));
            flow.settle(
                    flow.cloudMap
                            .updateService(update -> update.id(id)
                                    .service(ServiceChange.builder()
                                            .description(changed.description())
                                            .build()))
                            .operationId(),
                    "SERVICE");
            return changed;
        });
    }

    private void create(Flow flow, String namespace, String name, Written written) {
        List<Tag> tags = written.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        String id = flow.cloudMap
                .createService(create -> create.namespaceId(namespace)
                        .name(name)
                        .description(written.description())
                        .tags(tags))
                .service()
                .id();
        if (!written.attributes().isEmpty()) {
            flow.cloudMap.updateServiceAttributes(update -> update.serviceId(id).attributes(written.attributes()));
        }
    }

    private static String serviceId(Flow flow, String name) {
        return flow.cloudMap.listServices(list -> {}).services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void register(Flow flow, String service, String id, Map<String, String> attributes) {
        flow.settle(
                flow.cloudMap
                        .registerInstance(register ->
                                register.serviceId(service).instanceId(id).attributes(attributes))
                        .operationId(),
                "INSTANCE");
    }

    private Map<String, String> attributes(List<String> keys) {
        Map<String, String> attributes = new HashMap<>();
        keys.forEach(key -> attributes.put(key, one(TEXTS)));
        return attributes;
    }

    private Map<String, String> randomAttributes() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            String key = one(KEYS) + (random.nextBoolean() ? one(KEYS) : "");
            attributes.put(key.substring(0, Math.min(255, key.length())), one(TEXTS));
        }
        return attributes;
    }

    private Map<String, String> instance() {
        Map<String, String> attributes = new HashMap<>();
        INSTANCE_KEYS.forEach(key -> attributes.put(key, one(INSTANCE_VALUES)));
        return attributes;
    }

    private static Map<String, Object> everything() {
        Map<String, Object> nodes = new TreeMap<>();
        TestServers.run("MATCH (n:Team|Namespace|Service|Instance) RETURN elementId(n) AS id, n")
                .forEach(row -> nodes.put(row.get("id").asString(), row.get("n").asMap()));
        TestServers.run("MATCH (a)-[r]->(b) WHERE NOT a:SyncState RETURN elementId(r) AS id, properties(r) AS"
                        + " properties")
                .forEach(row -> nodes.put(
                        row.get("id").asString(), row.get("properties").asMap()));
        return nodes;
    }

    private static Map<String, Object> withoutStamps(Map<String, Object> everything) {
        Map<String, Object> without = new TreeMap<>();
        everything.forEach((id, properties) -> {
            Map<Object, Object> rest = new HashMap<>((Map<?, ?>) properties);
            rest.remove("update_id");
            without.put(id, rest);
        });
        return without;
    }

    private static Map<String, ?> lastApplied(Flow flow) {
        return flow.log()
                .lines()
                .map(Json::parseObject)
                .filter(line -> "applied".equals(line.get("message")))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
