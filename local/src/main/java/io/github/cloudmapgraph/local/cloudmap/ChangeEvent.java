package io.github.cloudmapgraph.local.cloudmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * The EventBridge event of a call, as CloudTrail sends it. See <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html">events via
 * CloudTrail</a>.
 */
record ChangeEvent(
        String operation, JsonNode request, JsonNode answer, String requestId, String sourceAddress, String userAgent) {
    private static final DateTimeFormatter CLOUDTRAIL_DATE =
            DateTimeFormatter.ofPattern("MMM d, yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    String json(CloudMapOptions options) {
        String account = options.account();
        String time = options.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "AWS API Call via CloudTrail")
                .put("source", "aws.servicediscovery")
                .put("account", account)
                .put("time", time)
                .put("region", options.region());
        event.putArray("resources");
        ObjectNode detail = event.putObject("detail").put("eventVersion", "1.11");
        detail.putObject("userIdentity")
                .put("type", "IAMUser")
                .put("principalId", "AIDAEXAMPLELOCALUSER")
                .put("arn", "arn:aws:iam::" + account + ":user/local")
                .put("accountId", account)
                .put("userName", "local");
        detail.put("eventTime", time)
                .put("eventSource", "servicediscovery.amazonaws.com")
                .put("eventName", operation)
                .put("awsRegion", options.region())
                .put("sourceIPAddress", sourceAddress)
                .put("userAgent", userAgent);
        detail.set("requestParameters", asCloudTrailWrites(request));
        detail.set(
                "responseElements",
                answer.isEmpty() ? JsonNodeFactory.instance.nullNode() : asCloudTrailWrites(answer));
        detail.put("requestID", requestId)
                .put("eventID", UUID.randomUUID().toString())
                .put("readOnly", false)
                .put("eventType", "AwsApiCall")
                .put("managementEvent", true)
                .put("recipientAccountId", account)
                .put("eventCategory", "Management");
        return event.toString();
    }

    private static JsonNode asCloudTrailWrites(JsonNode json) {
        return switch (json) {
            case ObjectNode structure -> {
                ObjectNode written = JsonNodeFactory.instance.objectNode();
                for (var member : structure.properties()) {
                    String name = member.getKey();
                    written.set(
                            name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                            member(name, member.getValue()));
                }
                yield written;
            }
            case ArrayNode list -> {
                ArrayNode written = JsonNodeFactory.instance.arrayNode();
                list.forEach(item -> written.add(asCloudTrailWrites(item)));
                yield written;
            }
            default -> json;
        };
    }

    private static JsonNode member(String name, JsonNode value) {
        // A map's keys are its own, not members of a structure.
        if (name.equals("Attributes")) {
            return value;
        }
        if (name.equals("CreateDate")) {
            var created =
                    Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue());
            return JsonNodeFactory.instance.textNode(CLOUDTRAIL_DATE.format(created));
        }
        return asCloudTrailWrites(value);
    }
}
