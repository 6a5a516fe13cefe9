package io.github.cloudmapgraph.consumer.graph;

import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what is registered from an instance's attributes.
 *
 * @see <a href="https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html">The attributes that Cloud
 *     Map knows</a>
 */
final class InstanceKind {
    private static final Map<String, String> BY_ARN_SERVICE = Map.ofEntries(
            Map.entry("lambda", "lambda"),
            Map.entry("sqs", "sqs"),
            Map.entry("sns", "sns"),
            Map.entry("dynamodb", "dynamodb"),
            Map.entry("s3", "s3"),
            Map.entry("ecs", "ecs-task"),
            Map.entry("ec2", "ec2"),
            Map.entry("elasticloadbalancing", "load-balancer"),
            Map.entry("states", "step-functions"),
            Map.entry("kinesis", "kinesis"),
            Map.entry("events", "event-bus"),
            Map.entry("rds", "rds"),
            Map.entry("elasticache", "elasticache"),
            Map.entry("apigateway", "api-gateway"),
            Map.entry("execute-api", "api-gateway"));

    private InstanceKind() {}

    static String of(Map<String, String> attributes) {
        if (attributes.containsKey("ECS_TASK_DEFINITION_FAMILY")
                || attributes.containsKey("ECS_SERVICE_NAME")
                || attributes.containsKey("ECS_CLUSTER_NAME")) {
            return "ecs-task";
        }
        if (attributes.containsKey("AWS_EC2_INSTANCE_ID") || attributes.containsKey("EC2_INSTANCE_ID")) {
            return "ec2";
        }
        if (attributes.containsKey("K8S_CONTROLLER")) {
            return "kubernetes";
        }
        if (attributes.containsKey("AWS_ALIAS_DNS_NAME")) {
            return "load-balancer";
        }
        if (attributes.containsKey("AWS_INSTANCE_IPV4") || attributes.containsKey("AWS_INSTANCE_IPV6")) {
            return "ip";
        }
        return new TreeMap<>(attributes)
                .values().stream()
                        .map(InstanceKind::ofArn)
                        .filter(kind -> !kind.isEmpty())
                        .findFirst()
                        .orElse(attributes.containsKey("AWS_INSTANCE_CNAME") ? "dns-name" : "other");
    }

    /** An ARN is {@code arn:partition:service:region:account:resource}. */
    private static String ofArn(String value) {
        if (!value.startsWith("arn:")) {
            return "";
        }
        String[] parts = value.split(":", 4);
        return parts.length < 4 ? "" : BY_ARN_SERVICE.getOrDefault(parts[2], "");
    }
}
