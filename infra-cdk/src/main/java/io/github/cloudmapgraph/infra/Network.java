package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.NetworkOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    /**
     * Where the AWS SDK looks for a service's endpoint.
     *
     * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
     *     endpoints</a>
     */
    private static final Map<String, String> URL_VARIABLES =
            Map.of("secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "sqs", "AWS_ENDPOINT_URL_SQS");

    private final NetworkOptions options;
    private final IVpc vpc;
    private final List<ISecurityGroup> securityGroups;
    private final Map<String, String> environment;

    Network(Construct scope, String id, NetworkOptions options) {
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
        environment = new TreeMap<>();
        makeInterfaceEndpoints();
        for (String service : made(NetworkOptions.GATEWAY_ENDPOINTS)) {
            endpoint(service, "Gateway").routeTableIds(options.routeTableIds()).build();
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

    /**
     * Makes them without private names: those would turn every client of the VPC to endpoints that let in the consumer
     * alone. The consumer is told their own names instead.
     */
    private void makeInterfaceEndpoints() {
        List<String> services = made(NetworkOptions.INTERFACE_ENDPOINTS);
        if (services.isEmpty()) {
            return;
        }
        SecurityGroup endpoints = SecurityGroup.Builder.create(this, "Endpoints")
                .vpc(vpc)
                .description("Cloud Map Graph: endpoints of AWS services, for the consumer.")
                .allowAllOutbound(false)
                .build();
        securityGroups.forEach(group -> endpoints.addIngressRule(group, Port.tcp(443), "The consumer"));
        for (String service : services) {
            CfnVPCEndpoint made = endpoint(service, "Interface")
                    .privateDnsEnabled(false)
                    .subnetIds(options.subnetIds())
                    .securityGroupIds(List.of(endpoints.getSecurityGroupId()))
                    .build();
            // Each entry is ZONE_ID:NAME, and the first one's name stands for all Availability Zones.
            String name = Fn.select(1, Fn.split(":", Fn.select(0, made.getAttrDnsEntries())));
            environment.put(URL_VARIABLES.get(service), "https://" + name);
        }
    }

    private List<String> made(List<String> kind) {
        return kind.stream().filter(options.endpoints()::contains).toList();
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
        // Its version is started when it is published, and needs the ways out by then.
        function.getNode().addDependency(this);
    }

    /** Returns what Lambda asks of the role of a function that joins a network. */
    List<PolicyStatement> statements() {
        Stack stack = Stack.of(this);
        return List.of(
                // These have no resource.
                Statements.allow(List.of("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"), "*"),
                // Lambda asks for every resource of this region; a shared VPC's subnets belong to another account.
                Statements.allow(
                        List.of(
                                "ec2:AssignPrivateIpAddresses",
                                "ec2:CreateNetworkInterface",
                                "ec2:DeleteNetworkInterface",
                                "ec2:UnassignPrivateIpAddresses"),
                        "arn:" + stack.getPartition() + ":ec2:" + stack.getRegion() + ":*:*/*"));
    }

    /** Returns the variables that tell a function's clients where the endpoints are. */
    Map<String, String> environment() {
        return environment;
    }

    /** Returns the consumer's groups, which Neo4j's has to let in. */
    List<String> securityGroupIds() {
        return securityGroups.stream().map(ISecurityGroup::getSecurityGroupId).toList();
    }
}
