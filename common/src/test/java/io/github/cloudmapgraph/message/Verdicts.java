package io.github.cloudmapgraph.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cloudmapgraph.json.Json;
import io.github.cloudmapgraph.snapshot.Counts;
import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Orders;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Scope;
import io.github.cloudmapgraph.snapshot.Service;
import io.github.cloudmapgraph.snapshot.Snapshot;
import io.github.cloudmapgraph.snapshot.SnapshotHeader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may come of reading a message: what it says, or one of the reasons below; nothing else. */
final class Verdicts {
    private static final String FIELDS =
            "format|scope|version|captured_at|changed_at|full_sync|allow_mass_deletion|counts"
                + "|namespaces|services|instances|denied|digest|content_bytes|content|content_at|bucket|key|arn|id|name"
                + "|type|description|owner|http_name|hosted_zone_id|dns|routing_policy|records|ttl|health_check|by|path"
                + "|failure_threshold|tags|attributes|health|reason";

    /** Names that the format has, and indexes: no names of the payload. */
    private static final String PLACE = "(/(" + FIELDS + "|\\d{1,9}))*";

    private static final String WRONG_JSON =
            "(expected (an object|a list|a text|a whole number|true or false) at " + PLACE
                    + ", found (the end of the document|[A-Z_]{1,30})"
                    + "|the number at " + PLACE + " is too large"
                    + "|'(" + FIELDS + ")' is missing( at " + PLACE + ")?|its format is -?\\d{1,19}; this version"
                    + " reads format 1|'content_bytes' is"
                    + " (missing|-?\\d{1,19}); at most 536870912 are"
                    + " read|'version' is not a positive number of"
                    + " milliseconds before the year 10000|'scope' is"
                    + " not of the form ACCOUNT:REGION or"
                    + " ACCOUNT:REGION:NAME|a time is not of the form"
                    + " 2026-01-31T12:00:00Z|'content' is not an"
                    + " object|the stored snapshot's key is not of the"
                    + " form snapshots/\\.\\.\\. with at most 1024"
                    + " letters, digits, '-', '_', '\\.' or"
                    + " '/'|something follows the end of the"
                    + " document|a value of a tag or an attribute is"
                    + " not a text|it holds a namespace, a service or"
                    + " an instance twice|an instance's health is none"
                    + " of HEALTHY, UNHEALTHY, UNKNOWN, NO_CHECK|a"
                    + " service's health check is made by none of"
                    + " ROUTE53, CUSTOM|it is longer than the \\d{1,9}"
                    + " bytes that were announced)";

    private static final Pattern REASON =
            Pattern.compile("the message is not JSON: [A-Za-z]{1,60} at character (\\d+|\\?)"
                    + "|the message is not a snapshot: " + WRONG_JSON
                    + "|its content is not JSON: [A-Za-z]{1,60}"
                    + "|its content is not a registry: " + WRONG_JSON
                    + "|its digest does not match its content"
                    + "|its counts do not match its content"
                    + "|its stored snapshot is (damaged|cut off|not compressed with gzip)"
                    + "|its stored snapshot takes \\d{1,19} bytes compressed, and is to take \\d{1,9} uncompressed"
                    + "|it points to a stored snapshot, and no bucket is configured \\(SNAPSHOT_BUCKET\\)"
                    + "|it points to a stored snapshot that is not there"
                    + "|it points into another bucket than snapshots");

    private Verdicts() {}

    /** Requires that a refusal says why, in words of the format's and not of the payload's. */
    static void assertReason(Throwable refusal, String as) {
        assertThat(refusal).as(as).isInstanceOf(UnreadableMessageException.class);
        assertThat(refusal.getMessage()).as(as).matches(REASON);
        for (Throwable cause = refusal.getCause(); cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).as(as).hasSizeLessThan(400).doesNotContain("hunter2");
        }
    }

    /** What a message with this content says, read by other code than the code under test. */
    static Snapshot said(String body, String content) {
        Map<String, @Nullable Object> message = Json.parseObject(body);
        Map<String, @Nullable Object> registry = Json.parseObject(content);
        return new Snapshot(
                new SnapshotHeader(
                        new Scope(text(message, "scope")),
                        number(message, "version"),
                        Instant.parse(text(message, "captured_at")),
                        Optional.ofNullable((String) message.get("changed_at")).map(Instant::parse),
                        new Orders(
                                Boolean.TRUE.equals(message.get("full_sync")),
                                Boolean.TRUE.equals(message.get("allow_mass_deletion")))),
                new Registry(
                        objects(registry, "namespaces", Verdicts::namespace),
                        objects(registry, "denied", Verdicts::denied)));
    }

    static Counts saidCounts(String body) {
        Map<String, @Nullable Object> counts = object(Json.parseObject(body), "counts");
        return new Counts((int) number(counts, "namespaces"), (int) number(counts, "services"), (int)
                number(counts, "instances"));
    }

    private static Namespace namespace(Map<String, @Nullable Object> json) {
        return new Namespace(
                text(json, "arn"),
                text(json, "id"),
                text(json, "name"),
                text(json, "type"),
                text(json, "description"),
                text(json, "owner"),
                text(json, "http_name"),
                text(json, "hosted_zone_id"),
                objects(json, "services", Verdicts::service));
    }

    private static DeniedNamespace denied(Map<String, @Nullable Object> json) {
        return new DeniedNamespace(text(json, "arn"), text(json, "name"), text(json, "reason"));
    }

    private static Service service(Map<String, @Nullable Object> json) {
        return new Service(
                text(json, "arn"),
                text(json, "id"),
                text(json, "name"),
                text(json, "type"),
                text(json, "description"),
                json.containsKey("dns") ? Optional.of(dns(object(json, "dns"))) : Optional.empty(),
                healthCheck(json),
                texts(json, "tags"),
                texts(json, "attributes"),
                objects(json, "instances", Verdicts::instance));
    }

    private static Dns dns(Map<String, @Nullable Object> json) {
        return new Dns(
                text(json, "routing_policy"),
                objects(json, "records", one -> new DnsRecord(text(one, "type"), number(one, "ttl"))));
    }

    private static HealthCheck healthCheck(Map<String, @Nullable Object> service) {
        if (!service.containsKey("health_check")) {
            return new HealthCheck.None();
        }
        Map<String, @Nullable Object> json = object(service, "health_check");
        return text(json, "by").equals("CUSTOM")
                ? new HealthCheck.Custom()
                : new HealthCheck.Route53(
                        text(json, "type"),
                        text(json, "path"),
                        json.containsKey("failure_threshold") ? (int) number(json, "failure_threshold") : 1);
    }

    private static Instance instance(Map<String, @Nullable Object> json) {
        return new Instance(text(json, "id"), Health.valueOf(text(json, "health")), texts(json, "attributes"));
    }

    private static String text(Map<String, @Nullable Object> json, String field) {
        return (String) Objects.requireNonNullElse(json.get(field), "");
    }

    private static long number(Map<String, @Nullable Object> json, String field) {
        return ((Number) Objects.requireNonNullElse(json.get(field), 0)).longValue();
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> json, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(json, field).forEach((name, value) -> texts.put(name, (String) Objects.requireNonNull(value)));
        return texts;
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are texts.
    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> json, String field) {
        return (Map<String, @Nullable Object>) Objects.requireNonNullElse(json.get(field), Map.of());
    }

    @SuppressWarnings("unchecked") // The keys of a JSON object are texts.
    private static <T> List<T> objects(
            Map<String, @Nullable Object> json, String field, Function<Map<String, @Nullable Object>, T> one) {
        return ((List<?>) Objects.requireNonNullElse(json.get(field), List.of()))
                .stream()
                        .map(each -> one.apply((Map<String, @Nullable Object>) each))
                        .toList();
    }
}
