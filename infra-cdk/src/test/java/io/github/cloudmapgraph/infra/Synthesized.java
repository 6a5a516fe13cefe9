package io.github.cloudmapgraph.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cloudmapgraph.infra.options.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.assertions.Template;

/** A synthesized template, and the questions that tests ask of it. */
final class Synthesized {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Synthesis takes seconds, so that tests share what none of them changes. */
    private static final Map<List<String>, Synthesized> SHARED = new ConcurrentHashMap<>();

    /** What CDK appends to the names of a construct's path. */
    private static final Pattern DIGEST = Pattern.compile("[0-9A-F]{8}$");

    private final JsonNode template;

    private Synthesized(JsonNode template) {
        this.template = template;
    }

    /** Synthesizes with options, in pairs of name and value, on cdk.json's context. */
    static Synthesized with(String... options) {
        try {
            return new Synthesized(JSON.readTree(
                    JSON.writeValueAsString(Template.fromStack(stack(options)).toJSON())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what these options make; synthesized once for all tests. */
    static Synthesized shared(String... options) {
        return SHARED.computeIfAbsent(List.of(options), _ -> with(options));
    }

    /** Makes the stack alone. */
    static CloudMapGraphStack stack(String... options) {
        App app = app(options);
        return new CloudMapGraphStack(app, Options.of(CloudMapGraphApp.contextOf(app)), anyJars());
    }

    static App app(String... options) {
        Map<String, Object> context = new HashMap<>(contextOfCdkJson());
        for (int i = 0; i < options.length; i += 2) {
            context.put(options[i], options[i + 1]);
        }
        return new App(AppProps.builder().context(context).build());
    }

    private static Map<String, Object> contextOfCdkJson() {
        try {
            JsonNode context = JSON.readTree(Path.of("cdk.json").toFile()).get("context");
            return JSON.convertValue(
                    context, JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The template names a jar by its digest alone, so that any file does. */
    static Jars anyJars() {
        try {
            Path folder = Files.createDirectories(Path.of("target/test-jars"));
            Path producer = Files.writeString(folder.resolve("producer.jar"), "producer");
            Path consumer = Files.writeString(folder.resolve("consumer.jar"), "consumer");
            return new Jars(producer, consumer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode template() {
        return template;
    }

    /** Returns the resources of a type, by logical id. */
    Map<String, JsonNode> resources(String type) {
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        template.get("Resources").properties().forEach(entry -> {
            if (type.equals(entry.getValue().get("Type").asText())) {
                resources.put(entry.getKey(), entry.getValue());
            }
        });
        return resources;
    }

    /** Returns the logical id of the one resource of a type whose id begins so. */
    String idOf(String type, String prefix) {
        List<String> ids = resources(type).keySet().stream()
                .filter(id -> id.startsWith(prefix))
                .toList();
        if (ids.size() != 1) {
            throw new AssertionError("of " + type + ", these begin with " + prefix + ": " + ids);
        }
        return ids.getFirst();
    }

    /** Returns the one resource of a type whose logical id begins so. */
    JsonNode resource(String type, String prefix) {
        return template.get("Resources").get(idOf(type, prefix));
    }

    JsonNode properties(String type, String prefix) {
        return resource(type, prefix).get("Properties");
    }

    /** Returns the statements that a function's role has, and that no other policy is attached to it. */
    List<JsonNode> statementsOf(String function) {
        String role = idOf("AWS::IAM::Role", function + "Role");
        JsonNode roleProperties = template.get("Resources").get(role).get("Properties");
        if (roleProperties.has("ManagedPolicyArns") || roleProperties.has("Policies")) {
            throw new AssertionError(role + " has further policies: " + roleProperties);
        }
        return resources("AWS::IAM::Policy").values().stream()
                .map(policy -> policy.get("Properties"))
                .filter(policy -> policy.get("Roles").toString().contains("\"" + role + "\""))
                .flatMap(policy -> StreamSupport.stream(
                        policy.get("PolicyDocument").get("Statement").spliterator(), false))
                .toList();
    }

    ObjectNode outputs() {
        return (ObjectNode) template.get("Outputs");
    }

    /**
     * Returns a value as CloudFormation's {@code Fn::Sub} would be given it, by constructs rather than logical ids:
     * {@code ${StateLocks.Arn}/index/*}.
     */
    static String text(JsonNode value) {
        if (value.isValueNode()) {
            return value.asText();
        }
        Map.Entry<String, JsonNode> function = value.properties().iterator().next();
        JsonNode of = function.getValue();
        return switch (function.getKey()) {
            case "Ref" -> "${" + construct(of.asText()) + "}";
            case "Fn::GetAtt" ->
                "${" + construct(of.get(0).asText()) + "." + of.get(1).asText() + "}";
            case "Fn::Join" ->
                StreamSupport.stream(of.get(1).spliterator(), false)
                        .map(Synthesized::text)
                        .collect(Collectors.joining(of.get(0).asText()));
            case "Fn::Select" -> text(of.get(1)) + "[" + of.get(0).asText() + "]";
            case "Fn::Split" -> text(of.get(1));
            default -> throw new AssertionError("not a text: " + value);
        };
    }

    private static String construct(String logicalId) {
        return DIGEST.matcher(logicalId).replaceFirst("");
    }

    /** Returns a node's elements; one that is no array is its own only element, as in policies. */
    static List<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of(node);
    }
}
