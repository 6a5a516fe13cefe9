package io.github.cloudmapgraph.local.walkthrough;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Does what the AWS CLI does with {@code aws servicediscovery ...}: options and their shorthand values become the
 * members of one request, as the service's model names and types them; the answer is printed as JSON, or as text below
 * a path.
 *
 * <p>It stands in for the CLI, which a machine that builds the project need not have.
 */
public final class AwsCommand implements AutoCloseable {
    private static final String TARGET = "Route53AutoNaming_v20170314.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Creates the command for an endpoint. */
    public AwsCommand(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Runs a command line, its first words being {@code aws servicediscovery}. */
    public String run(List<String> words) throws IOException, InterruptedException {
        if (words.size() < 3 || !words.subList(0, 2).equals(List.of("aws", "servicediscovery"))) {
            throw new IllegalArgumentException("The test knows no such command: " + words);
        }
        String operation = Arrays.stream(words.get(2).split("-"))
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
        Map<String, SdkField<?>> members = members(model(operation));
        ObjectNode request = JSON.createObjectNode();
        String query = "";
        boolean text = false;
        int at = 3;
        while (at < words.size()) {
            String option = words.get(at++);
            int end = at;
            while (end < words.size() && !words.get(end).startsWith("--")) {
                end++;
            }
            List<String> values = words.subList(at, end);
            at = end;
            switch (option) {
                case "--query" -> query = values.getFirst();
                case "--output" -> text = values.equals(List.of("text"));
                default -> {
                    SdkField<?> member = members.get(option);
                    if (member == null) {
                        throw new IllegalArgumentException(
                                words.get(2) + " has no " + option + ", only " + members.keySet());
                    }
                    request.set(member.locationName(), value(member, values));
                }
            }
        }
        return print(send(operation, request), query, text);
    }

    private static SdkPojo model(String operation) {
        try {
            Object builder = Class.forName(
                            "software.amazon.awssdk.services.servicediscovery.model." + operation + "Request")
                    .getMethod("builder")
                    .invoke(null);
            return (SdkPojo) builder;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cloud Map has no operation " + operation, e);
        }
    }

    private static Map<String, SdkField<?>> members(SdkPojo model) {
        return model.sdkFields().stream()
                .collect(Collectors.toMap(
                        field -> "--"
                                + field.locationName()
                                        .replaceAll("([a-z])([A-Z])", "$1-$2")
                                        .toLowerCase(Locale.ROOT),
                        field -> field));
    }

    private static JsonNode value(SdkField<?> field, List<String> values) {
        MarshallingType<?> type = field.marshallingType();
        if (type.equals(MarshallingType.LIST)) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            var list = JSON.createArrayNode();
            values.forEach(value -> list.add(value(member, List.of(value))));
            return list;
        }
        if (values.size() != 1) {
            throw new IllegalArgumentException(field.locationName() + " takes one value, not " + values);
        }
        String value = values.getFirst();
        if (type.equals(MarshallingType.MAP)) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            ObjectNode map = JSON.createObjectNode();
            pairs(value).forEach((key, entry) -> map.set(key, value(member, List.of(entry))));
            return map;
        }
        if (type.equals(MarshallingType.SDK_POJO)) {
            Map<String, SdkField<?>> members = field.constructor().get().sdkFields().stream()
                    .collect(Collectors.toMap(SdkField::locationName, member -> member));
            ObjectNode structure = JSON.createObjectNode();
            pairs(value).forEach((key, entry) -> {
                SdkField<?> member = members.get(key);
                if (member == null) {
                    throw new IllegalArgumentException(field.locationName() + " has no " + key);
                }
                structure.set(key, value(member, List.of(entry)));
            });
            return structure;
        }
        if (type.equals(MarshallingType.INTEGER) || type.equals(MarshallingType.LONG)) {
            return JSON.getNodeFactory().numberNode(Long.parseLong(value));
        }
        if (type.equals(MarshallingType.STRING)) {
            return JSON.getNodeFactory().textNode(value);
        }
        throw new IllegalArgumentException("The test cannot write a " + type + ", as " + field.locationName() + " is");
    }

    /** The shorthand {@code key=value,key=value}. */
    private static Map<String, String> pairs(String shorthand) {
        return Arrays.stream(shorthand.split(","))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private JsonNode send(String operation, JsonNode request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header("X-Amz-Target", TARGET + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(operation + " " + request + " was refused: " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private static String print(JsonNode answer, String query, boolean text) {
        JsonNode shown = query.isEmpty() ? answer : answer.at("/" + query.replace('.', '/'));
        if (shown.isMissingNode()) {
            throw new IllegalArgumentException("The answer has no " + query + ": " + answer);
        }
        if (text) {
            if (!shown.isValueNode()) {
                throw new IllegalArgumentException("Only a single value is printed as text, not " + shown);
            }
            return shown.asText();
        }
        return shown.isObject() && shown.isEmpty() ? "" : shown.toPrettyString();
    }

    @Override
    public void close() {
        http.close();
    }
}
