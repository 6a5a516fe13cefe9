package io.github.cloudmapgraph.message;

import io.github.cloudmapgraph.snapshot.DeniedNamespace;
import io.github.cloudmapgraph.snapshot.Dns;
import io.github.cloudmapgraph.snapshot.DnsRecord;
import io.github.cloudmapgraph.snapshot.Health;
import io.github.cloudmapgraph.snapshot.HealthCheck;
import io.github.cloudmapgraph.snapshot.Instance;
import io.github.cloudmapgraph.snapshot.Namespace;
import io.github.cloudmapgraph.snapshot.Registry;
import io.github.cloudmapgraph.snapshot.Service;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Draws registries whose texts hold everything that JSON, UTF-8 and SQS treat specially. */
final class RandomRegistries {
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\"",
            "\\",
            "\\u0041",
            "\n\r\t",
            "\u0000\u0001\u001f",
            "\u007f\u0085",
            "\u2028\u2029",
            "{\"content\":[1,}",
            "é",
            "ß漢字",
            "😀",
            "\ud83d",
            "\ude00",
            "\ufffe",
            "\uffff",
            "\ufeff",
            "</script>",
            "a",
            "-",
            "x".repeat(1024));

    private static final List<Health> HEALTH = List.copyOf(EnumSet.allOf(Health.class));

    private final Random random;

    RandomRegistries(long seed) {
        random = new Random(seed);
    }

    Registry registry() {
        return new Registry(list(3, i -> namespace("arn:ns/" + i)), list(2, i -> denied("arn:denied/" + i)));
    }

    private DeniedNamespace denied(String arn) {
        return new DeniedNamespace(arn + text(), text(), text());
    }

    private Namespace namespace(String arn) {
        return new Namespace(
                arn,
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                text(),
                list(4, i -> service(arn + "/service/" + i + "/" + text())));
    }

    private Service service(String arn) {
        int instances = random.nextInt(50) == 0 ? 400 : 4;
        return new Service(
                arn,
                text(),
                text(),
                text(),
                text(),
                random.nextBoolean() ? Optional.empty() : Optional.of(dns()),
                healthCheck(),
                map(),
                map(),
                list(instances, this::instance));
    }

    private Instance instance(int number) {
        return new Instance(number + text(), HEALTH.get(random.nextInt(HEALTH.size())), map());
    }

    private Dns dns() {
        return new Dns(text(), list(3, i -> new DnsRecord(text(), random.nextLong())));
    }

    private HealthCheck healthCheck() {
        return switch (random.nextInt(3)) {
            case 0 -> new HealthCheck.None();
            case 1 -> new HealthCheck.Custom();
            default -> new HealthCheck.Route53(text(), text(), random.nextInt());
        };
    }

    private Map<String, String> map() {
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = text();
            map.put(key.substring(0, Math.min(255, key.length())), text());
        }
        return map;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.substring(0, Math.min(1024, text.length()));
    }

    private <T> List<T> list(int most, IntFunction<T> element) {
        return IntStream.range(0, random.nextInt(most + 1)).mapToObj(element).toList();
    }
}
