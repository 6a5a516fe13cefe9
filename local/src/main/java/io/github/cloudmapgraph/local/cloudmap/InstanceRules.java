package io.github.cloudmapgraph.local.cloudmap;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's attributes must be for its service. See the <a
 * href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">RegisterInstance</a> reference.
 */
final class InstanceRules {
    private static final String ALIAS = "AWS_ALIAS_DNS_NAME";
    private static final String EC2 = "AWS_EC2_INSTANCE_ID";
    private static final String HEALTH = "AWS_INIT_HEALTH_STATUS";
    private static final String CNAME = "AWS_INSTANCE_CNAME";
    private static final String IPV4 = "AWS_INSTANCE_IPV4";
    private static final String IPV6 = "AWS_INSTANCE_IPV6";
    private static final String PORT = "AWS_INSTANCE_PORT";
    private static final List<String> OWN = List.of(ALIAS, EC2, HEALTH, CNAME, IPV4, IPV6, PORT);

    private static final int MAX_CUSTOM = 30;
    private static final int MAX_CHARACTERS = 5000;

    private static final Pattern IPV4_ADDRESS = Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern IPV6_ADDRESS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private InstanceRules() {}

    /** Returns the attributes as they are stored, or refuses them. */
    static SortedMap<String, String> check(Map<String, String> given, Service service) {
        var attributes = new TreeMap<>(given);
        checkSizes(attributes);
        checkValues(attributes, service);
        String ec2Instance = attributes.get(EC2);
        if (ec2Instance != null) {
            return withAddress(attributes, ec2Instance, service);
        }
        if (attributes.containsKey(ALIAS)) {
            checkAlias(attributes, service.dnsConfig());
            return attributes;
        }
        checkDns(attributes, service.dnsConfig());
        HealthCheck check = service.healthCheck();
        if (check != null) {
            require(attributes, PORT, "the service has a Route 53 health check");
        }
        return attributes;
    }

    static Instance.Health initialHealth(Map<String, String> attributes, Service service) {
        if (!service.hasCustomHealth()) {
            return Instance.Health.UNKNOWN;
        }
        return Instance.Health.valueOf(attributes.getOrDefault(HEALTH, "HEALTHY"));
    }

    private static void checkSizes(SortedMap<String, String> attributes) {
        long custom =
                attributes.keySet().stream().filter(key -> !OWN.contains(key)).count();
        if (custom > MAX_CUSTOM) {
            throw Refusal.invalid(
                    "An instance can have at most %d custom attributes, not %d".formatted(MAX_CUSTOM, custom));
        }
        int characters = attributes.entrySet().stream()
                .mapToInt(attribute ->
                        attribute.getKey().length() + attribute.getValue().length())
                .sum();
        if (characters > MAX_CHARACTERS) {
            throw Refusal.invalid("All keys and values together can have at most %d characters, not %d"
                    .formatted(MAX_CHARACTERS, characters));
        }
    }

    private static void checkValues(Map<String, String> attributes, Service service) {
        checkValue(attributes, IPV4, IPV4_ADDRESS, "an IPv4 address");
        checkValue(attributes, IPV6, IPV6_ADDRESS, "an IPv6 address");
        checkValue(attributes, EC2, Pattern.compile("i-[0-9a-f]{8,17}"), "the id of an EC2 instance");
        checkValue(attributes, HEALTH, Pattern.compile("HEALTHY|UNHEALTHY"), "HEALTHY or UNHEALTHY");
        checkValue(
                attributes,
                PORT,
                Pattern.compile("[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]"),
                "a port, 0 to 65535");
        if (attributes.containsKey(HEALTH) && !service.hasCustomHealth()) {
            throw Refusal.invalid(HEALTH + " can be specified only where the service has HealthCheckCustomConfig");
        }
    }

    private static void checkValue(Map<String, String> attributes, String key, Pattern allowed, String description) {
        String value = attributes.get(key);
        if (value != null && !allowed.matcher(value).matches()) {
            throw Refusal.invalid("%s must be %s, not '%s'".formatted(key, description, value));
        }
    }

    /** The real service looks up the instance's private address; here it follows from the id. */
    private static SortedMap<String, String> withAddress(
            SortedMap<String, String> attributes, String ec2Instance, Service service) {
        if (service.dnsConfig() != null) {
            throw Refusal.invalid(EC2 + " can be specified only in HTTP namespaces");
        }
        refuseOthers(attributes, EC2, List.of(ALIAS, CNAME, IPV4, IPV6, PORT));
        int hash = ec2Instance.hashCode();
        attributes.put(IPV4, "10.0.%d.%d".formatted((hash >>> 8) & 0xff, 4 + (hash & 0x7f)));
        return attributes;
    }

    private static void checkAlias(Map<String, String> attributes, @Nullable DnsConfig dns) {
        if (dns == null || !(dns.has("A") || dns.has("AAAA"))) {
            throw Refusal.invalid(ALIAS + " needs a service with an A record, an AAAA record, or both");
        }
        if (!dns.routingPolicy().equals("WEIGHTED")) {
            throw Refusal.invalid(ALIAS + " needs a service with the RoutingPolicy WEIGHTED");
        }
        refuseOthers(attributes, ALIAS, List.of(CNAME, IPV4, IPV6, PORT));
    }

    private static void checkDns(Map<String, String> attributes, @Nullable DnsConfig dns) {
        if (dns == null) {
            return;
        }
        if (dns.has("A")) {
            require(attributes, IPV4, "the service has an A record");
        }
        if (dns.has("AAAA")) {
            require(attributes, IPV6, "the service has an AAAA record");
        }
        if (dns.has("CNAME")) {
            require(attributes, CNAME, "the service has a CNAME record");
        }
        if (dns.has("SRV")) {
            require(attributes, PORT, "the service has an SRV record");
            if (!attributes.containsKey(IPV4) && !attributes.containsKey(IPV6)) {
                throw Refusal.invalid(
                        "%s, %s, or both must be specified: the service has an SRV record".formatted(IPV4, IPV6));
            }
        }
    }

    private static void require(Map<String, String> attributes, String key, String reason) {
        if (!attributes.containsKey(key)) {
            throw Refusal.invalid("%s must be specified: %s".formatted(key, reason));
        }
    }

    private static void refuseOthers(Map<String, String> attributes, String key, List<String> others) {
        for (String other : others) {
            if (attributes.containsKey(other)) {
                throw Refusal.invalid("%s can't be specified together with %s".formatted(other, key));
            }
        }
    }
}
