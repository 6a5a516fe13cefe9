package io.github.cloudmapgraph.infra.options;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The network that the consumer joins.
 *
 * @param subnetIds at most one an Availability Zone where the stack makes endpoints
 * @param securityGroupIds the consumer's; empty to have one made
 * @param endpoints the services that the stack makes VPC endpoints for; the VPC reaches the others already
 * @param routeTableIds those of the subnets; only the gateway endpoints need them
 */
public record NetworkOptions(
        String vpcId,
        List<String> subnetIds,
        List<String> securityGroupIds,
        List<String> endpoints,
        List<String> routeTableIds) {
    /** Reached by a route: one a route table, at no cost. */
    public static final List<String> GATEWAY_ENDPOINTS = List.of("dynamodb", "s3");

    /** Reached by an address of their own. */
    public static final List<String> INTERFACE_ENDPOINTS = List.of("secretsmanager", "sqs");

    private static final String ID = "-[0-9a-f]{8,17}";
    private static final List<String> DEPENDENT =
            List.of("subnetIds", "securityGroupIds", "vpcEndpoints", "routeTableIds");

    static Optional<NetworkOptions> read(ContextReader reader) {
        Optional<String> vpc = reader.text("vpcId", Pattern.compile("vpc" + ID), "a VPC's id, vpc-0123456789abcdef0");
        List<String> subnets =
                reader.list("subnetIds", Pattern.compile("subnet" + ID), "a subnet's id, subnet-0123456789abcdef0");
        List<String> groups = reader.list(
                "securityGroupIds", Pattern.compile("sg" + ID), "a security group's id, sg-0123456789abcdef0");
        List<String> endpoints = endpoints(reader);
        boolean routed = endpoints.stream().anyMatch(GATEWAY_ENDPOINTS::contains);
        List<String> routes =
                reader.list("routeTableIds", Pattern.compile("rtb" + ID), "a route table's id, rtb-0123456789abcdef0");

        if (reader.text("vpcId").isEmpty()) {
            DEPENDENT.stream()
                    .filter(name -> !reader.text(name).isEmpty())
                    .forEach(name -> reader.problem(name, "is set, but vpcId is not"));
            return Optional.empty();
        }
        if (subnets.isEmpty()) {
            reader.problem("subnetIds", "is not set; it has to name the VPC's subnets from which Neo4j is reached");
        }
        limit(reader, "subnetIds", subnets, 16);
        limit(reader, "securityGroupIds", groups, 5);
        if (!routed && !routes.isEmpty()) {
            reader.problem(
                    "routeTableIds", "is set, but vpcEndpoints makes no endpoint of dynamodb or s3 that uses it");
        }
        if (routed && routes.isEmpty()) {
            reader.problem(
                    "routeTableIds",
                    "is not set; it has to name the subnets' route tables, for the endpoints of DynamoDB and S3. Where"
                            + " the VPC has its endpoints already, or a NAT gateway, set vpcEndpoints to existing");
        }
        return vpc.map(id -> new NetworkOptions(id, subnets, groups, endpoints, routes));
    }

    private static List<String> endpoints(ContextReader reader) {
        List<String> all = Stream.concat(INTERFACE_ENDPOINTS.stream(), GATEWAY_ENDPOINTS.stream())
                .toList();
        List<String> named = reader.list(
                "vpcEndpoints",
                Pattern.compile("create|existing|" + String.join("|", all)),
                "create (all of the next), existing (none), or one of " + String.join(", ", all));
        if (named.size() > 1 && (named.contains("create") || named.contains("existing"))) {
            reader.problem("vpcEndpoints", "names services beside create or existing; it has to be either");
        }
        if (named.contains("existing")) {
            return List.of();
        }
        // What is wrong was noted above, and is to cause no further problem.
        return named.isEmpty() || !all.containsAll(named) ? all : named;
    }

    /** Lambda's own limits. */
    private static void limit(ContextReader reader, String name, List<String> ids, int most) {
        if (ids.size() > most) {
            reader.problem(name, "names " + ids.size() + "; a Lambda function takes " + most + " at most");
        }
    }
}
