package io.github.cloudmapgraph.infra.options;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The network that the consumer joins.
 *
 * @param subnetIds at most one an Availability Zone where the stack makes endpoints
 * @param securityGroupIds the consumer's; empty to have one made
 * @param createEndpoints whether the stack makes the VPC endpoints that the consumer needs
 * @param routeTableIds those of the subnets; only the gateway endpoints need them
 */
public record NetworkOptions(
        String vpcId,
        List<String> subnetIds,
        List<String> securityGroupIds,
        boolean createEndpoints,
        List<String> routeTableIds) {
    private static final String ID = "-[0-9a-f]{8,17}";
    private static final List<String> DEPENDENT =
            List.of("subnetIds", "securityGroupIds", "vpcEndpoints", "routeTableIds");

    static Optional<NetworkOptions> read(ContextReader reader) {
        Optional<String> vpc = reader.text("vpcId", Pattern.compile("vpc" + ID), "a VPC's id, vpc-0123456789abcdef0");
        List<String> subnets =
                reader.list("subnetIds", Pattern.compile("subnet" + ID), "a subnet's id, subnet-0123456789abcdef0");
        List<String> groups = reader.list(
                "securityGroupIds", Pattern.compile("sg" + ID), "a security group's id, sg-0123456789abcdef0");
        boolean create = reader.oneOf("vpcEndpoints", "create", "existing").equals("create");
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
        if (!create && !routes.isEmpty()) {
            reader.problem(
                    "routeTableIds", "is set, but vpcEndpoints is existing: only endpoints that are made use it");
        }
        if (create && routes.isEmpty()) {
            reader.problem(
                    "routeTableIds",
                    "is not set; it has to name the subnets' route tables, for the endpoints of DynamoDB and S3. Where"
                            + " the VPC has its endpoints already, or a NAT gateway, set vpcEndpoints to existing");
        }
        return vpc.map(id -> new NetworkOptions(id, subnets, groups, create, routes));
    }

    /** Lambda's own limits. */
    private static void limit(ContextReader reader, String name, List<String> ids, int most) {
        if (ids.size() > most) {
            reader.problem(name, "names " + ids.size() + "; a Lambda function takes " + most + " at most");
        }
    }
}
