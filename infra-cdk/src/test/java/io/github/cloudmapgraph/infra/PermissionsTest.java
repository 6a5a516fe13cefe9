package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each function may do: this, all of this, and nothing more. */
class PermissionsTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";
    private static final String SECRET_KEY =
            "arn:aws:kms:eu-west-1:111122223333:key/87654321-4321-4321-4321-210987654321";
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:neo4j-AbCdEf";

    /** Items of the lock table are told apart by the condition on their keys. */
    private static final String CONSUMER = """
        sqs:ChangeMessageVisibility              ${StateSnapshots.Arn}
        sqs:DeleteMessage                        ${StateSnapshots.Arn}
        sqs:GetQueueAttributes                   ${StateSnapshots.Arn}
        sqs:ReceiveMessage                       ${StateSnapshots.Arn}
        sqs:GetQueueAttributes                   ${StateDeadLetters.Arn}
        sqs:SendMessage                          ${StateDeadLetters.Arn}
        dynamodb:DescribeTable                   ${StateLocks.Arn}
        dynamodb:UpdateItem                      ${StateLocks.Arn} keys update#*
        s3:ListBucket                            ${StateLargeSnapshots.Arn}
        s3:GetObject                             ${StateLargeSnapshots.Arn}/snapshots/*
        secretsmanager:GetSecretValue            ${StateNeo4j}
        logs:CreateLogStream                     ${ConsumerLog.Arn}
        logs:PutLogEvents                        ${ConsumerLog.Arn}
        xray:PutTelemetryRecords                 *
        xray:PutTraceSegments                    *
        """;

    private static final String PRODUCER = """
        servicediscovery:DiscoverInstances        *
        servicediscovery:GetInstancesHealthStatus *
        servicediscovery:GetOperation             *
        servicediscovery:GetServiceAttributes     *
        servicediscovery:ListInstances            *
        servicediscovery:ListNamespaces           *
        servicediscovery:ListServices             *
        servicediscovery:ListTagsForResource      *
        sqs:GetQueueAttributes                    ${StateSnapshots.Arn}
        sqs:SendMessage                           ${StateSnapshots.Arn}
        sqs:SendMessage                           ${StateFailedInvocations.Arn}
        dynamodb:DescribeTable                    ${StateLocks.Arn}
        dynamodb:GetItem                          ${StateLocks.Arn} keys update#*
        dynamodb:UpdateItem                       ${StateLocks.Arn} keys read#* check
        s3:ListBucket                             ${StateLargeSnapshots.Arn}
        s3:PutObject                              ${StateLargeSnapshots.Arn}/snapshots/*
        cloudtrail:DescribeTrails                 *
        cloudtrail:GetEventSelectors              arn:${AWS::Partition}:cloudtrail:*:*:trail/*
        cloudtrail:GetTrailStatus                 arn:${AWS::Partition}:cloudtrail:*:*:trail/*
        logs:CreateLogStream                      ${ProducerLog.Arn}
        logs:PutLogEvents                         ${ProducerLog.Arn}
        xray:PutTelemetryRecords                  *
        xray:PutTraceSegments                     *
        """;

    /**
     * What both functions may do with a customer's key.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">What
     *     DynamoDB asks of the caller</a>
     */
    private static final String WITH_KEY = """
        kms:Decrypt         KEY
        kms:DescribeKey     KEY
        kms:Encrypt         KEY
        kms:GenerateDataKey KEY
        kms:ReEncryptFrom   KEY
        kms:ReEncryptTo     KEY
        """.replace("KEY", KEY);

    /** What Lambda asks of the role of a function that joins a network. */
    private static final String IN_NETWORK = """
        ec2:CreateNetworkInterface     arn:${AWS::Partition}:ec2:${AWS::Region}:*:*/*
        ec2:AssignPrivateIpAddresses   arn:${AWS::Partition}:ec2:${AWS::Region}:*:*/*
        ec2:DeleteNetworkInterface     arn:${AWS::Partition}:ec2:${AWS::Region}:*:*/*
        ec2:UnassignPrivateIpAddresses arn:${AWS::Partition}:ec2:${AWS::Region}:*:*/*
        ec2:DescribeNetworkInterfaces  *
        ec2:DescribeSubnets            *
        """;

    private static final Map<String, String> WHY_ANY_RESOURCE = Map.of(
            "servicediscovery", "the whole registry is read, shared namespaces included; most of it has no resource",
            "cloudtrail", "DescribeTrails has no resource",
            "xray", "its actions have no resource",
            "ec2", "Describe actions have no resource");

    private final Synthesized stack = Synthesized.shared();
    private final Synthesized inNetwork = Synthesized.shared(
            "kmsKeyArn", KEY,
            "vpcId", "vpc-0123456789abcdef0",
            "subnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
            "routeTableIds", "rtb-0123456789abcdef0");
    private final Synthesized withSecret =
            Synthesized.shared("neo4jSecretArn", SECRET, "neo4jSecretKeyArn", SECRET_KEY, "cloudTrail", "create");

    @Test
    void consumer_mayDoThis_andNothingMore() {
        assertThat(permissions(stack, "Consumer")).containsExactlyElementsOf(table(CONSUMER));
    }

    @Test
    void producer_mayDoThis_andNothingMore() {
        assertThat(permissions(stack, "Producer")).containsExactlyElementsOf(table(PRODUCER));
    }

    /** The producer does not join the network: it has nothing to do with Neo4j. */
    @Test
    void functions_mayUseTheKeyAndTheNetwork_whenThereAreAny() {
        assertThat(permissions(inNetwork, "Consumer"))
                .containsExactlyElementsOf(table(CONSUMER + WITH_KEY + IN_NETWORK));
        assertThat(permissions(inNetwork, "Producer")).containsExactlyElementsOf(table(PRODUCER + WITH_KEY));
    }

    /** A secret of one's own may be encrypted with a key of its own; that is the consumer's business alone. */
    @Test
    void consumerAlone_mayReadTheSecret_andDecryptItWithItsKey() {
        assertThat(permissions(withSecret, "Consumer"))
                .containsExactlyElementsOf(
                        table(CONSUMER.replace("${StateNeo4j}", SECRET) + "kms:Decrypt " + SECRET_KEY));
        assertThat(permissions(withSecret, "Producer")).containsExactlyElementsOf(table(PRODUCER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consumer", "Producer"})
    void actionsOnAnyResource_haveAReason(String function) {
        assertThat(permissions(inNetwork, function))
                .filteredOn(permission -> permission.endsWith(" *"))
                .isNotEmpty()
                .allSatisfy(permission ->
                        assertThat(WHY_ANY_RESOURCE).containsKey(permission.substring(0, permission.indexOf(':'))));
    }

    /**
     * What the functions tell people to grant when it is missing, the stack grants. Their sources are read as text:
     * this module knows nothing of their classes.
     */
    @ParameterizedTest
    @ValueSource(strings = {"Consumer", "Producer"})
    void functions_mayDoWhatTheirOwnMessagesAskFor(String function) throws IOException {
        Set<String> asked = Sources.of(function)
                .find(Pattern.compile(
                        "\\b((?:cloudtrail|dynamodb|kms|s3|secretsmanager|servicediscovery|sqs)" + ":[A-Z][A-Za-z]+)"));
        assertThat(asked).contains("sqs:SendMessage", "dynamodb:UpdateItem", "dynamodb:DescribeTable");

        assertThat(actions(inNetwork, function)).containsAll(asked);
        assertThat(actions(stack, function))
                .containsAll(asked.stream()
                        .filter(action -> !action.startsWith("kms:"))
                        .toList());
    }

    /** The names of Cloud Map's operations stand in one enum, which also names the permission of a denied one. */
    @Test
    void producer_mayCallTheOperationsThatItCalls_andNoOtherOfCloudMap() throws IOException {
        Set<String> called = Sources.of("Producer").find(Pattern.compile("\\(\"([A-Z][A-Za-z]+)\", \\d+, \\d+\\)"));
        assertThat(called).contains("ListNamespaces", "DiscoverInstances");

        assertThat(actions(stack, "Producer"))
                .filteredOn(action -> action.startsWith("servicediscovery:"))
                .containsExactlyInAnyOrderElementsOf(
                        called.stream().map(name -> "servicediscovery:" + name).toList());
    }

    /** The keys of the lock table's items are formed by the classes that both functions share. */
    @Test
    void itemsOfTheLockTable_areThoseThatTheFunctionsUse() throws IOException {
        Set<String> written = Sources.of("Common").find(Pattern.compile("\"([a-z]+#)\" \\+ scope"));

        assertThat(written).containsExactlyInAnyOrder("read#", "update#");
        assertThat(String.join("\n", permissions(stack, "Producer")) + permissions(stack, "Consumer"))
                .contains(written.stream().map(key -> key + "*").toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consumer", "Producer"})
    void withoutCustomerKey_noneMayBeUsed(String function) {
        assertThat(actions(stack, function)).noneMatch(action -> action.startsWith("kms:"));
        assertThat(permissions(inNetwork, function))
                .filteredOn(permission -> permission.startsWith("kms:"))
                .isNotEmpty()
                .allMatch(permission -> permission.endsWith(" " + KEY));
    }

    @Test
    void roles_areOneForEachFunction_forLambdaAlone() {
        Stream.of(stack, inNetwork, withSecret).forEach(deployed -> {
            Map<String, JsonNode> roles = deployed.resources("AWS::IAM::Role");
            assertThat(roles).hasSize(2);
            roles.forEach((id, role) -> assertThat(role.at("/Properties/AssumeRolePolicyDocument/Statement"))
                    .as(id)
                    .hasToString("[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\","
                            + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]"));
            for (String function : List.of("Consumer", "Producer")) {
                assertThat(Synthesized.text(deployed.properties("AWS::Lambda::Function", function)
                                .get("Role")))
                        .isEqualTo("${" + function + "Role.Arn}");
            }
        });
    }

    /** One policy for each role; {@link Synthesized#statementsOf} sees to it that nothing else is attached. */
    @Test
    void policies_areOneForEachRole() {
        Stream.of(stack, inNetwork, withSecret).forEach(deployed -> {
            assertThat(deployed.resources("AWS::IAM::Policy"))
                    .hasSize(2)
                    .allSatisfy((id, policy) ->
                            assertThat(policy.at("/Properties/Roles")).as(id).hasSize(1));
            assertThat(deployed.resources("AWS::IAM::ManagedPolicy")).isEmpty();
            assertThat(deployed.resources("AWS::SecretsManager::ResourcePolicy"))
                    .isEmpty();
        });
    }

    private static Set<String> actions(Synthesized deployed, String function) {
        return permissions(deployed, function).stream()
                .map(permission -> permission.substring(0, permission.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    /** Returns each action with each resource, and with the condition where there is one. */
    private static Set<String> permissions(Synthesized deployed, String function) {
        Set<String> permissions = new TreeSet<>();
        for (JsonNode statement : deployed.statementsOf(function)) {
            assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.fieldNames()).toIterable().isSubsetOf("Action", "Condition", "Effect", "Resource");
            for (JsonNode action : Synthesized.elements(statement.get("Action"))) {
                for (JsonNode resource : Synthesized.elements(statement.get("Resource"))) {
                    permissions.add(action.asText() + " " + Synthesized.text(resource) + condition(statement));
                }
            }
        }
        return permissions;
    }

    /** The one condition that is used; any other shows as it is, and stands in no table. */
    private static String condition(JsonNode statement) {
        if (!statement.has("Condition")) {
            return "";
        }
        JsonNode condition = statement.get("Condition");
        JsonNode keys = condition.at("/ForAllValues:StringLike/dynamodb:LeadingKeys");
        return condition.size() == 1
                        && condition.path("ForAllValues:StringLike").size() == 1
                        && keys.isArray()
                ? " keys "
                        + Synthesized.elements(keys).stream()
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(" "))
                : " if " + condition;
    }

    private static Set<String> table(String text) {
        return text.lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
