package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A Neo4j that is not public: who joins its network, and what is made there. */
class NetworkTest {
    private static final String VPC = "vpc-0123456789abcdef0";
    private static final String SUBNETS = "subnet-0123456789abcdef0,subnet-0123456789abcdef1";
    private static final String ROUTES = "rtb-0123456789abcdef0,rtb-0123456789abcdef1";
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";

    /** All that the stack makes in the network. */
    private static final Synthesized OWN =
            Synthesized.with("vpcId", VPC, "subnetIds", SUBNETS, "routeTableIds", ROUTES);

    /** The network has everything already. */
    private static final Synthesized EXISTING = Synthesized.with(
            "vpcId",
            VPC,
            "subnetIds",
            SUBNETS,
            "securityGroupIds",
            "sg-0123456789abcdef0,sg-0123456789abcdef1",
            "vpcEndpoints",
            "existing");

    @Test
    void network_isNotTouched_whenNeo4jIsPublic() {
        Synthesized publicNeo4j = Synthesized.with();

        assertThat(typesOf(publicNeo4j)).noneMatch(type -> type.startsWith("AWS::EC2::"));
        assertThat(publicNeo4j.properties("AWS::Lambda::Function", "Consumer").has("VpcConfig"))
                .isFalse();
        assertThat(actionsOf(publicNeo4j, "Consumer")).noneMatch(action -> action.startsWith("ec2:"));
        assertThat(publicNeo4j.outputs().has("ConsumerSecurityGroupIds")).isFalse();
    }

    @Test
    void consumer_joinsTheSubnets_inAGroupOfItsOwn() {
        JsonNode joined = OWN.properties("AWS::Lambda::Function", "Consumer").get("VpcConfig");

        assertThat(texts(joined.get("SubnetIds"))).containsExactly(SUBNETS.split(","));
        assertThat(joined.get("SecurityGroupIds"))
                .singleElement()
                .extracting(NetworkTest::groupThat)
                .isEqualTo(consumerGroup());
    }

    /** Its version is started when it is published, and what it cannot reach then it cannot rehearse. */
    @Test
    void consumer_isMadeAfterItsWaysOut() {
        List<String> waysOut = Stream.of("AWS::EC2::VPCEndpoint", "AWS::EC2::SecurityGroupIngress")
                .flatMap(type -> OWN.resources(type).keySet().stream())
                .toList();

        assertThat(waysOut).hasSize(5);
        assertThat(OWN.resource("AWS::Lambda::Function", "Consumer").get("DependsOn"))
                .extracting(JsonNode::asText)
                .containsAll(waysOut);
    }

    /** Cloud Map has no reason to be read from there, and would need yet another endpoint. */
    @Test
    void producer_staysOutside() {
        assertThat(OWN.properties("AWS::Lambda::Function", "Producer").has("VpcConfig"))
                .isFalse();
        assertThat(actionsOf(OWN, "Producer")).noneMatch(action -> action.startsWith("ec2:"));
    }

    @Test
    void nothing_mayComeIntoTheConsumersGroup() {
        JsonNode group = OWN.properties("AWS::EC2::SecurityGroup", "NetworkConsumer");

        assertThat(group.get("VpcId").asText()).isEqualTo(VPC);
        assertThat(group.has("SecurityGroupIngress")).isFalse();
        assertThat(OWN.resources("AWS::EC2::SecurityGroupIngress").values())
                .noneMatch(
                        rule -> groupThat(rule.get("Properties").get("GroupId")).equals(consumerGroup()));
    }

    @Test
    void endpoints_areReached_byTheConsumerOnHttpsAlone() {
        JsonNode group = OWN.properties("AWS::EC2::SecurityGroup", "NetworkEndpoints");

        assertThat(group.has("SecurityGroupIngress")).isFalse();
        assertThat(OWN.resources("AWS::EC2::SecurityGroupIngress").values())
                .singleElement()
                .extracting(rule -> rule.get("Properties"))
                .satisfies(rule -> {
                    assertThat(groupThat(rule.get("GroupId"))).isEqualTo(endpointGroup());
                    assertThat(groupThat(rule.get("SourceSecurityGroupId"))).isEqualTo(consumerGroup());
                    assertThat(rule.get("IpProtocol").asText()).isEqualTo("tcp");
                    assertThat(rule.get("FromPort").asInt()).isEqualTo(443);
                    assertThat(rule.get("ToPort").asInt()).isEqualTo(443);
                });
        // CDK's way to say that nothing may go out: a rule for an address that nobody has.
        assertThat(texts(group.get("SecurityGroupEgress"), "CidrIp")).containsExactly("255.255.255.255/32");
        assertThat(OWN.resources("AWS::EC2::SecurityGroupEgress")).isEmpty();
    }

    @Test
    void endpoints_areThoseThatTheConsumerNeeds() {
        assertThat(endpointsOf(OWN))
                .isEqualTo(Map.of(
                        "secretsmanager", "Interface", "sqs", "Interface", "dynamodb", "Gateway", "s3", "Gateway"));
        assertThat(OWN.resources("AWS::EC2::VPCEndpoint").values())
                .allSatisfy(endpoint -> assertThat(
                                endpoint.get("Properties").get("VpcId").asText())
                        .isEqualTo(VPC));
    }

    /** SQS, S3, DynamoDB and Secrets Manager call KMS on their side; an endpoint costs by the hour. */
    @Test
    void kms_hasNoEndpoint_whenAKeyIsACustomers() {
        Synthesized ownKey =
                Synthesized.with("vpcId", VPC, "subnetIds", SUBNETS, "routeTableIds", ROUTES, "kmsKeyArn", KEY);

        assertThat(endpointsOf(ownKey)).isEqualTo(endpointsOf(OWN));
    }

    /** A second gateway endpoint of a service fails at the route table that has one. */
    @Test
    void endpoints_areThoseThatAreNamed_whenTheNetworkHasOthersAlready() {
        assertThat(endpointsOf(Synthesized.with("vpcId", VPC, "subnetIds", SUBNETS, "vpcEndpoints", "sqs")))
                .isEqualTo(Map.of("sqs", "Interface"));
        assertThat(endpointsOf(Synthesized.with(
                        "vpcId", VPC, "subnetIds", SUBNETS, "vpcEndpoints", "s3", "routeTableIds", ROUTES)))
                .isEqualTo(Map.of("s3", "Gateway"));
    }

    /**
     * With private names, every other client in the VPC would be turned to endpoints that let in the consumer alone.
     */
    @Test
    void interfaceEndpoints_standInTheSubnets_withoutTheServicesNames() {
        assertThat(endpointsOf(OWN, "Interface")).hasSize(2).allSatisfy(endpoint -> {
            assertThat(endpoint.get("PrivateDnsEnabled").asBoolean()).isFalse();
            assertThat(texts(endpoint.get("SubnetIds"))).containsExactly(SUBNETS.split(","));
            assertThat(endpoint.get("SecurityGroupIds"))
                    .singleElement()
                    .extracting(NetworkTest::groupThat)
                    .isEqualTo(endpointGroup());
        });
    }

    @Test
    void consumer_isToldTheInterfaceEndpointsOwnNames() {
        assertThat(endpointVariables(OWN))
                .isEqualTo(Map.of(
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER", OWN.idOf("AWS::EC2::VPCEndpoint", "Networksecretsmanager"),
                        "AWS_ENDPOINT_URL_SQS", OWN.idOf("AWS::EC2::VPCEndpoint", "Networksqs")));
        assertThat(endpointVariables(EXISTING)).isEmpty();
        assertThat(endpointVariables(Synthesized.with())).isEmpty();
    }

    /**
     * Returns the variables that name an endpoint, and the endpoint's logical id: https://NAME of its first DNS entry.
     */
    private static Map<String, String> endpointVariables(Synthesized made) {
        return made.properties("AWS::Lambda::Function", "Consumer").at("/Environment/Variables").properties().stream()
                .filter(variable -> variable.getKey().startsWith("AWS_ENDPOINT_URL"))
                .collect(Collectors.toMap(Map.Entry::getKey, variable -> {
                    JsonNode joined = variable.getValue().at("/Fn::Join/1");
                    assertThat(joined.get(0).asText()).isEqualTo("https://");
                    JsonNode name = joined.get(1).at("/Fn::Select");
                    assertThat(name.get(0).asInt()).isEqualTo(1);
                    JsonNode entry = name.get(1).at("/Fn::Split/1/Fn::Select");
                    assertThat(entry.get(0).asInt()).isZero();
                    assertThat(entry.get(1).at("/Fn::GetAtt/1").asText()).isEqualTo("DnsEntries");
                    return entry.get(1).at("/Fn::GetAtt/0").asText();
                }));
    }

    @Test
    void gatewayEndpoints_standInTheRouteTables() {
        assertThat(endpointsOf(OWN, "Gateway"))
                .hasSize(2)
                .allSatisfy(endpoint ->
                        assertThat(texts(endpoint.get("RouteTableIds"))).containsExactly(ROUTES.split(",")));
    }

    @Test
    void nothingIsMade_whenTheNetworkHasItAlready() {
        assertThat(typesOf(EXISTING)).noneMatch(type -> type.startsWith("AWS::EC2::"));
    }

    /** Rules of the user's own groups are the user's: none is added, in or out. */
    @Test
    void existingGroups_areUsedAsTheyAre() {
        Synthesized withEndpoints = Synthesized.with(
                "vpcId", VPC,
                "subnetIds", SUBNETS,
                "routeTableIds", ROUTES,
                "securityGroupIds", "sg-0123456789abcdef0,sg-0123456789abcdef1");

        assertThat(Stream.of(EXISTING, withEndpoints))
                .allSatisfy(made -> assertThat(texts(made.properties("AWS::Lambda::Function", "Consumer")
                                .get("VpcConfig")
                                .get("SecurityGroupIds")))
                        .containsExactly("sg-0123456789abcdef0", "sg-0123456789abcdef1"));
        assertThat(withEndpoints.resources("AWS::EC2::SecurityGroup").keySet())
                .singleElement()
                .asString()
                .startsWith("NetworkEndpoints");
        assertThat(withEndpoints.resources("AWS::EC2::SecurityGroupEgress")).isEmpty();
        JsonNode letIn = withEndpoints
                .properties("AWS::EC2::SecurityGroup", "NetworkEndpoints")
                .get("SecurityGroupIngress");
        assertThat(letIn == null ? ingressRules(withEndpoints) : StreamSupport.stream(letIn.spliterator(), false))
                .extracting(rule -> rule.get("SourceSecurityGroupId").asText())
                .containsExactlyInAnyOrder("sg-0123456789abcdef0", "sg-0123456789abcdef1");
    }

    /** What Lambda asks of the role: on less than every resource of the region it refuses to make the function. */
    @Test
    void consumer_mayHaveInterfaces_inThisRegion() {
        Map<String, String> resources = EXISTING.statementsOf("Consumer").stream()
                .flatMap(statement -> asList(statement.get("Action")).stream()
                        .filter(action -> action.startsWith("ec2:"))
                        .map(action -> Map.entry(action, Synthesized.text(statement.get("Resource")))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        String region = "arn:${AWS::Partition}:ec2:${AWS::Region}:*:*/*";
        assertThat(resources)
                .isEqualTo(Map.of(
                        "ec2:AssignPrivateIpAddresses", region,
                        "ec2:CreateNetworkInterface", region,
                        "ec2:DeleteNetworkInterface", region,
                        "ec2:DescribeNetworkInterfaces", "*",
                        "ec2:DescribeSubnets", "*",
                        "ec2:UnassignPrivateIpAddresses", region));
    }

    /** Neo4j's own group has to let this one in, so a person has to know it. */
    @Test
    void consumersGroups_arePrinted() {
        assertThat(groupThat(OWN.outputs().get("ConsumerSecurityGroupIds").get("Value")))
                .isEqualTo(consumerGroup());
        assertThat(EXISTING.outputs()
                        .get("ConsumerSecurityGroupIds")
                        .get("Value")
                        .asText())
                .isEqualTo("sg-0123456789abcdef0,sg-0123456789abcdef1");
    }

    private static String consumerGroup() {
        return OWN.idOf("AWS::EC2::SecurityGroup", "NetworkConsumer");
    }

    private static String endpointGroup() {
        return OWN.idOf("AWS::EC2::SecurityGroup", "NetworkEndpoints");
    }

    /** Returns the logical id of the group whose id an expression takes. */
    private static String groupThat(JsonNode expression) {
        assertThat(expression.at("/Fn::GetAtt/1").asText()).isEqualTo("GroupId");
        return expression.at("/Fn::GetAtt/0").asText();
    }

    /** Returns the services that have an endpoint, and its type. */
    private static Map<String, String> endpointsOf(Synthesized made) {
        return made.resources("AWS::EC2::VPCEndpoint").values().stream()
                .map(endpoint -> endpoint.get("Properties"))
                .collect(Collectors.toMap(
                        NetworkTest::service,
                        endpoint -> endpoint.get("VpcEndpointType").asText()));
    }

    private static List<JsonNode> endpointsOf(Synthesized made, String type) {
        return made.resources("AWS::EC2::VPCEndpoint").values().stream()
                .map(endpoint -> endpoint.get("Properties"))
                .filter(endpoint -> endpoint.get("VpcEndpointType").asText().equals(type))
                .toList();
    }

    /** Takes {@code sqs} of com.amazonaws.REGION.sqs. */
    private static String service(JsonNode endpoint) {
        JsonNode parts = endpoint.at("/ServiceName/Fn::Join/1");
        assertThat(parts.get(0).asText()).isEqualTo("com.amazonaws.");
        assertThat(parts.get(1).get("Ref").asText()).isEqualTo("AWS::Region");
        return parts.get(2).asText().substring(1);
    }

    private static Stream<JsonNode> ingressRules(Synthesized made) {
        return made.resources("AWS::EC2::SecurityGroupIngress").values().stream()
                .map(rule -> rule.get("Properties"));
    }

    private static List<String> typesOf(Synthesized made) {
        return StreamSupport.stream(made.template().get("Resources").spliterator(), false)
                .map(resource -> resource.get("Type").asText())
                .toList();
    }

    private static List<String> actionsOf(Synthesized made, String function) {
        return made.statementsOf(function).stream()
                .flatMap(statement -> asList(statement.get("Action")).stream())
                .toList();
    }

    /** Returns one text, or those of an array: the library writes an array of one as the one. */
    private static List<String> asList(JsonNode oneOrMore) {
        return oneOrMore.isArray() ? texts(oneOrMore) : List.of(oneOrMore.asText());
    }

    private static List<String> texts(JsonNode array) {
        return texts(array, Function.identity());
    }

    private static List<String> texts(JsonNode array, String field) {
        return texts(array, element -> element.get(field));
    }

    private static List<String> texts(JsonNode array, Function<JsonNode, JsonNode> part) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(part)
                .map(JsonNode::asText)
                .toList();
    }
}
