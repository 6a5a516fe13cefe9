package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.NetworkOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/**
 * The network of a Neo4j that is not public: the consumer's place in it, and the endpoints through which the consumer
 * reaches AWS from there.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html">Giving Lambda functions access to
 *     resources in an Amazon VPC</a>
 */
final class Network extends Construct {
    private final NetworkOptions options;
    private final IVpc vpc;
    private final List<ISecurityGroup> securityGroups;

    Network(Construct scope, String id, NetworkOptions options, boolean usesCustomerKey) {
        super(scope, id);
        this.options = options;
        vpc = Vpc.fromVpcAttributes(
                this,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId(options.vpcId())
                        // Unused, but asked for: where a subnet lies is only known to AWS, and synthesis needs no
                        // account.
                        .availabilityZones(List.of(Fn.select(0, Fn.getAzs())))
                        .build());
        securityGroups = options.securityGroupIds().isEmpty() ? List.of(ownGroup()) : existingGroups();
        if (options.createEndpoints()) {
            createEndpoints(usesCustomerKey);
        }
    }

    private ISecurityGroup ownGroup() {
        return SecurityGroup.Builder.create(this, "Consumer")
                .vpc(vpc)
                .description("Cloud Map Graph: the consumer. Let it reach the Bolt port of Neo4j.")
                // Neo4j's address and port stand in the secret, and are not known here.
                .allowAllOutbound(true)
                .build();
    }

    private List<ISecurityGroup> existingGroups() {
        return options.securityGroupIds().stream()
                .map(id -> SecurityGroup.fromSecurityGroupId(this, id, id))
                .toList();
    }

    private void createEndpoints(boolean usesCustomerKey) {
        SecurityGroup endpoints = SecurityGroup.Builder.create(this, "Endpoints")
                .vpc(vpc)
                .description("Cloud Map Graph: endpoints of AWS services, for the consumer.")
                .allowAllOutbound(false)
                .build();
        securityGroups.forEach(group -> endpoints.addIngressRule(group, Port.tcp(443), "The consumer"));

        List<String> services = new ArrayList<>(List.of("secretsmanager", "sqs"));
        if (usesCustomerKey) {
            services.add("kms");
        }
        for (String service : services) {
            endpoint(service, "Interface")
                    .privateDnsEnabled(true)
                    .subnetIds(options.subnetIds())
                    .securityGroupIds(List.of(endpoints.getSecurityGroupId()))
                    .build();
        }
        for (String service : List.of("dynamodb", "s3")) {
            endpoint(service, "Gateway").routeTableIds(options.routeTableIds()).build();
        }
    }

    private CfnVPCEndpoint.Builder endpoint(String service, String type) {
        return CfnVPCEndpoint.Builder.create(this, service)
                .serviceName("com.amazonaws." + Stack.of(this).getRegion() + "." + service)
                .vpcEndpointType(type)
                .vpcId(options.vpcId());
    }

    /**
     * Has a function join the network: by the ids alone, since the library wants to know of a subnet what only AWS
     * does.
     */
    void joinedBy(Function function) {
        ((CfnFunction) function.getNode().getDefaultChild())
                .setVpcConfig(CfnFunction.VpcConfigProperty.builder()
                        .subnetIds(options.subnetIds())
                        .securityGroupIds(securityGroupIds())
                        .build());
    }

    /** Returns what Lambda asks of the role of a function that joins a network. */
    List<PolicyStatement> statements() {
        Stack stack = Stack.of(this);
        String ec2 = "arn:" + stack.getPartition() + ":ec2:" + stack.getRegion() + ":" + stack.getAccount() + ":";
        String interfaces = ec2 + "network-interface/*";
        // Subnets of a shared VPC belong to another account.
        String anyAccount = "arn:" + stack.getPartition() + ":ec2:" + stack.getRegion() + ":*:";
        Stream<String> joined = Stream.concat(
                options.subnetIds().stream().map(id -> anyAccount + "subnet/" + id),
                securityGroups.stream().map(group -> anyAccount + "security-group/" + group.getSecurityGroupId()));
        return List.of(
                // These have no resource.
                Statements.allow(List.of("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"), "*"),
                Statements.allow(
                        List.of("ec2:CreateNetworkInterface"),
                        Stream.concat(Stream.of(interfaces), joined).toArray(String[]::new)),
                Statements.allow(
                        List.of(
                                "ec2:AssignPrivateIpAddresses",
                                "ec2:DeleteNetworkInterface",
                                "ec2:UnassignPrivateIpAddresses"),
                        interfaces));
    }

    /** Returns the consumer's groups, which Neo4j's has to let in. */
    List<String> securityGroupIds() {
        return securityGroups.stream().map(ISecurityGroup::getSecurityGroupId).toList();
    }
}
