package io.github.cloudmapgraph.infra.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";
    private static final String SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/neo4j-AbCdEf";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:alarms";

    @Test
    void options_haveSafeDefaults_whenNothingIsSaid() {
        assertThat(Options.of(Map.of()))
                .isEqualTo(new Options(
                        "",
                        List.of(),
                        new Options.Schedules(5, 3),
                        false,
                        new Neo4jOptions(Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        30,
                        new FunctionOptions(1024, 1024, 100, 32, 90, 10, new FunctionOptions.MassDeletion(10, 50, 3)),
                        true,
                        new AlarmOptions(Optional.empty(), false, Optional.empty(), 15, 30, 3),
                        Map.of()));
    }

    /** No two numbers are alike: one option that is read as another would show. */
    @Test
    void options_areTakenOver_whenSaid() {
        Map<String, String> said = Map.ofEntries(
                Map.entry("namePrefix", "staging"),
                Map.entry("namespaces", "shop, ns-1234 ,,shop"),
                Map.entry("scheduleMinutes", "7"),
                Map.entry("fullSyncHour", "0"),
                Map.entry("cloudTrail", "create"),
                Map.entry("neo4jSecretArn", SECRET),
                Map.entry("neo4jSecretKeyArn", KEY + "2"),
                Map.entry("vpcId", "vpc-01234567"),
                Map.entry("subnetIds", "subnet-01234567,subnet-89abcdef"),
                Map.entry("securityGroupIds", "sg-01234567"),
                Map.entry("routeTableIds", "rtb-01234567"),
                Map.entry("vpcEndpoints", "create"),
                Map.entry("kmsKeyArn", KEY),
                Map.entry("logRetentionDays", "90"),
                Map.entry("producerMemoryMb", "1536"),
                Map.entry("consumerMemoryMb", "2048"),
                Map.entry("transactionTimeoutSeconds", "200"),
                Map.entry("readConcurrency", "16"),
                Map.entry("requestRatePercent", "60"),
                Map.entry("pendingOperationSeconds", "20"),
                Map.entry("massDeletionMinServices", "11"),
                Map.entry("massDeletionPercent", "51"),
                Map.entry("massDeletionConfirmations", "4"),
                Map.entry("alarmTopic", TOPIC),
                Map.entry("alarmEmail", "sre@example.com"),
                Map.entry("oldestMessageMinutes", "25"),
                Map.entry("graphAgeMinutes", "45"),
                Map.entry("errorsInFifteenMinutes", "5"),
                Map.entry("snapStart", "false"),
                Map.entry("tags", "team=graph, cost centre = 4711"));

        assertThat(Options.of(said))
                .isEqualTo(new Options(
                        "staging",
                        List.of("shop", "ns-1234"),
                        new Options.Schedules(7, 0),
                        true,
                        new Neo4jOptions(
                                Optional.of(SECRET),
                                Optional.of(KEY + "2"),
                                Optional.of(new NetworkOptions(
                                        "vpc-01234567",
                                        List.of("subnet-01234567", "subnet-89abcdef"),
                                        List.of("sg-01234567"),
                                        List.of("secretsmanager", "sqs", "dynamodb", "s3"),
                                        List.of("rtb-01234567")))),
                        Optional.of(KEY),
                        90,
                        new FunctionOptions(1536, 2048, 200, 16, 60, 20, new FunctionOptions.MassDeletion(11, 51, 4)),
                        false,
                        new AlarmOptions(Optional.of(TOPIC), false, Optional.of("sre@example.com"), 25, 45, 5),
                        Map.of("team", "graph", "cost centre", "4711")));
    }

    /** The command line has no way to say it otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"namePrefix", "namespaces", "scheduleMinutes", "cloudTrail", "vpcId", "alarmTopic", "tags"})
    void option_hasItsDefault_whenItIsEmpty(String name) {
        assertThat(Options.of(Map.of(name, " "))).isEqualTo(Options.of(Map.of()));
    }

    @Test
    void options_areTaken_asCdkJsonHoldsThem() {
        Options options = Options.of(Map.of(
                "scheduleMinutes",
                10,
                "snapStart",
                false,
                "namespaces",
                List.of("shop", "ns-1234"),
                "tags",
                List.of("team=graph", "stage=prod")));

        assertThat(options.schedules().minutes()).isEqualTo(10);
        assertThat(options.snapStart()).isFalse();
        assertThat(options.namespaces()).containsExactly("shop", "ns-1234");
        assertThat(options.tags()).isEqualTo(Map.of("team", "graph", "stage", "prod"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        namePrefix                | 1st                     | is something else, of 3 characters; it has to be up to 10 letters, digits and hyphens, and begin with a letter
        namePrefix                | a_b                     | is something else, of 3 characters; it has to be up to 10 letters
        namespaces                | shop,my shop            | holds something else, of 7 characters, as value 2; each has to be the name, id or ARN of a namespace, without spaces
        scheduleMinutes           | 0                       | is too small; it has to be a whole number from 1 to 480
        scheduleMinutes           | 481                     | is too large; it has to be a whole number from 1 to 480
        scheduleMinutes           | 2.5                     | is something else, of 3 characters; it has to be a whole number from 1 to 480
        fullSyncHour              | 24                      | is too large; it has to be a whole number from 0 to 23
        cloudTrail                | yes                     | is something else, of 3 characters; it has to be existing or create
        neo4jSecretArn            | neo4j                   | is something else, of 5 characters; it has to be a secret's whole ARN, arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX
        neo4jSecretArn            | arn:aws:secretsmanager:eu-west-1:111122223333:secret:neo4j | it has to be a secret's whole ARN
        neo4jSecretKeyArn         | alias/neo4j             | is something else, of 11 characters; it has to be the ARN of a KMS key (not of an alias), arn:aws:kms:REGION:ACCOUNT:key/ID
        kmsKeyArn                 | arn:aws:kms:eu-west-1:111122223333:alias/own | it has to be the ARN of a KMS key (not of an alias)
        logRetentionDays          | 31                      | is '31'; CloudWatch Logs offers 1, 3, 5, 7, 14, 30, 60, 90
        logRetentionDays          | forever                 | is something else, of 7 characters; it has to be a whole number from 1 to 3653
        producerMemoryMb          | 511                     | is too small; it has to be a whole number from 512 to 10240
        consumerMemoryMb          | 10241                   | is too large; it has to be a whole number from 512 to 10240
        transactionTimeoutSeconds | 9                       | is too small; it has to be a whole number from 10 to 820
        transactionTimeoutSeconds | 821                     | is too large; it has to be a whole number from 10 to 820
        readConcurrency           | 257                     | is too large; it has to be a whole number from 1 to 256
        requestRatePercent        | 0                       | is too small; it has to be a whole number from 1 to 1000
        pendingOperationSeconds   | 61                      | is too large; it has to be a whole number from 0 to 60
        massDeletionMinServices   | 0                       | is too small; it has to be a whole number from 1 to 2147483647
        massDeletionPercent       | 101                     | is too large; it has to be a whole number from 1 to 100
        massDeletionConfirmations | -1                      | is too small; it has to be a whole number from 1 to 1000
        alarmTopic                | alarms                  | is something else, of 6 characters; it has to be create, or the ARN of a standard SNS topic in this region
        alarmTopic                | arn:aws:sns:eu-west-1:111122223333:alarms.fifo | it has to be create, or the ARN of a standard SNS topic
        alarmEmail                | sre                     | is something else, of 3 characters; it has to be an e-mail address
        oldestMessageMinutes      | 1441                    | is too large; it has to be a whole number from 1 to 1440
        graphAgeMinutes           | 1441                    | is too large; it has to be a whole number from 1 to 1440
        graphAgeMinutes           | 9                       | is '9'; it has to be at least 10, twice scheduleMinutes
        errorsInFifteenMinutes    | 0                       | is too small; it has to be a whole number from 1 to 1000
        snapStart                 | on                      | is something else, of 2 characters; it has to be true or false
        tags                      | team                    | holds something else, of 4 characters, as value 1; each has to be of the form key=value
        tags                      | aws:team=graph          | holds a key or a value that AWS does not take; a key has up to 128 characters
        tags                      | team=#1                 | holds a key or a value that AWS does not take; a key has up to 128 characters
        tags                      | ' =graph'               | each has to be of the form key=value
        tags                      | team=graph,team=shop    | holds a key for the second time, as value 2
        """)
    void option_isRefused_byNameWithWhatIsAllowed(String name, String value, String problem) {
        assertThat(problemsOf(Map.of(name, value)))
                .singleElement()
                .asString()
                .startsWith(name + " ")
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        vpcId            | vpc-1        | is something else, of 5 characters; it has to be a VPC's id, vpc-0123456789abcdef0
        subnetIds        | vpc-01234567 | holds something else, of 12 characters, as value 1; each has to be a subnet's id, subnet-0123456789abcdef0
        securityGroupIds | default      | holds something else, of 7 characters, as value 1; each has to be a security group's id, sg-0123456789abcdef0
        routeTableIds    | main         | holds something else, of 4 characters, as value 1; each has to be a route table's id, rtb-0123456789abcdef0
        vpcEndpoints     | none         | holds something else, of 4 characters, as value 1; each has to be create (all of the next), existing (none), or one of secretsmanager, sqs, dynamodb, s3
        subnetIds        | ''           | is not set; it has to name the VPC's subnets from which Neo4j is reached
        routeTableIds    | ''           | is not set; it has to name the subnets' route tables, for the endpoints of DynamoDB and S3
        """)
    void networkOption_isRefused_byNameWithWhatIsAllowed(String name, String value, String problem) {
        Map<String, String> network = new HashMap<>(Map.of(
                "vpcId", "vpc-01234567",
                "subnetIds", "subnet-01234567",
                "securityGroupIds", "sg-01234567",
                "routeTableIds", "rtb-01234567"));
        network.put(name, value);

        assertThat(problemsOf(network)).singleElement().asString().startsWith(name + " " + problem);
    }

    /** It would be ignored: the functions would stand outside, and Neo4j could not be reached. */
    @ParameterizedTest
    @CsvSource({
        "subnetIds, subnet-01234567",
        "securityGroupIds, sg-01234567",
        "routeTableIds, rtb-01234567",
        "vpcEndpoints, existing"
    })
    void networkOption_isRefused_withoutVpc(String name, String value) {
        assertThat(problemsOf(Map.of(name, value))).containsExactly(name + " is set, but vpcId is not");
    }

    @Test
    void routeTables_areNotAskedFor_whenTheVpcHasItsEndpoints() {
        assertThat(Options.of(Map.of(
                                "vpcId", "vpc-01234567",
                                "subnetIds", "subnet-01234567",
                                "vpcEndpoints", "existing"))
                        .neo4j()
                        .network())
                .hasValue(new NetworkOptions(
                        "vpc-01234567", List.of("subnet-01234567"), List.of(), List.of(), List.of()));
    }

    @Test
    void secretKey_isRefused_withoutSecret() {
        assertThat(problemsOf(Map.of("neo4jSecretKeyArn", KEY)))
                .singleElement()
                .asString()
                .startsWith("neo4jSecretKeyArn is set, but neo4jSecretArn is not");
    }

    @Test
    void problems_areAllReported_whenThereAreSeveral() {
        assertThat(problemsOf(Map.of("fullSyncHour", "25", "snapStart", "on", "tags", "a,b", "colour", "red")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("fullSyncHour "),
                        second -> assertThat(second).startsWith("snapStart "),
                        third -> assertThat(third).startsWith("tags holds something else, of 1 characters, as value 1"),
                        fourth -> assertThat(fourth)
                                .startsWith("tags holds something else, of 1 characters, as value 2;"),
                        fifth -> assertThat(fifth).startsWith("colour "));
    }

    /** What was pasted into the wrong place may be a password, its base64, or a PIN, which has digits only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#hunter2 #",
                "#hunter2 #, #hunter2 ##",
                "hunter2\"",
                "#hunter2==",
                "hunter2 =#,hunter2 =#",
                "aws:hunter2 =a",
                "31415926535"
            })
    void value_isNotTold_whereItIsMalformed(String secret) {
        List<String> names = names();
        assertThat(names).hasSize(30);
        for (String name : names) {
            // It is taken as a name where it may be one.
            if (!name.equals("namespaces") || secret.contains(" ")) {
                assertThat(problemsOf(Map.of(name, secret)))
                        .as("%s=%s", name, secret)
                        .isNotEmpty()
                        .anyMatch(problem -> problem.startsWith(name + " "))
                        .noneMatch(problem -> problem.contains("hunter") || problem.contains("1415926"));
            }
        }
    }

    /** Every option's name: the message about one that is not known lists them. */
    private static List<String> names() {
        String problem = problemsOf(Map.of("x", "")).getFirst();
        return List.of(problem.substring(problem.indexOf("there are ") + 10).split(", "));
    }

    @Test
    void message_saysWhereOptionsStand() {
        assertThat(catchThrowableOfType(OptionsException.class, () -> Options.of(Map.of("snapStart", "on"))))
                .hasMessageStartingWith("Options (-c name=value, or \"context\" in cdk.json):\n"
                        + "  snapStart is something else, of 2 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"schedulemin", "ScheduleMinutes", "schedule_minutes", "namespace"})
    void option_isRefused_whenMisspelt(String name) {
        assertThat(problemsOf(Map.of(name, "1")))
                .singleElement()
                .asString()
                .startsWith(name + " is not known; there are ")
                // Those to choose from, in full: the first one read, the last one, and those that are seldom read.
                .contains("scheduleMinutes", "tags", "neo4jSecretKeyArn", "routeTableIds", "vpcEndpoints");
    }

    /** CDK's own, which cdk.json and cdk.context.json hold beside the options. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@aws-cdk/core:explicitStackTags",
                "aws:cdk:enable-asset-metadata",
                "availability-zones:account=111122223333:region=eu-west-1",
                "acknowledged-issue-numbers",
                "cli-telemetry"
            })
    void context_isIgnored_whereItIsCdks(String name) {
        assertThat(Options.of(Map.of(name, "1"))).isEqualTo(Options.of(Map.of()));
    }

    /** The environment's 4 KiB hold more than the namespaces; DeploymentsTest adds it up. */
    @Test
    void namespaces_areRefused_whenTheyDoNotFitIntoTheEnvironment() {
        String fits = "a".repeat(1000) + "," + "b".repeat(1000) + "," + "c".repeat(998);

        assertThat(Options.of(Map.of("namespaces", fits)).namespaces()).hasSize(3);
        assertThat(problemsOf(Map.of("namespaces", fits + "c")))
                .singleElement()
                .asString()
                .startsWith("namespaces takes 3001 bytes; at most 3000 fit into a function's 4 KiB of environment")
                .contains("by id", "namePrefix");
    }

    /** An alarm a day would be the result: without a change the graph is as old as the last scheduled read. */
    @Test
    void graphAge_followsTheSchedule_whenItIsNotSaid() {
        assertThat(Options.of(Map.of("scheduleMinutes", "60")).alarms().graphAgeMinutes())
                .isEqualTo(120);
        assertThat(Options.of(Map.of("scheduleMinutes", "1")).alarms().graphAgeMinutes())
                .isEqualTo(30);
    }

    @Test
    void topic_isMade_whereAnEmailHasNone() {
        AlarmOptions alarms =
                Options.of(Map.of("alarmEmail", "sre@example.com")).alarms();

        assertThat(alarms.createTopic()).isTrue();
        assertThat(alarms.topicArn()).isEmpty();
    }

    @Test
    void topic_isMade_whenToldTo() {
        AlarmOptions alarms = Options.of(Map.of("alarmTopic", "create")).alarms();

        assertThat(alarms.createTopic()).isTrue();
        assertThat(alarms.topicArn()).isEmpty();
    }

    @Test
    void stackName_beginsWithThePrefix() {
        assertThat(Options.of(Map.of()).stackName()).isEqualTo("CloudMapGraph");
        assertThat(Options.of(Map.of("namePrefix", "staging")).stackName()).isEqualTo("staging-CloudMapGraph");
    }

    /** Returns the lines of the message that name problems. */
    private static List<String> problemsOf(Map<String, ?> context) {
        OptionsException refused = catchThrowableOfType(OptionsException.class, () -> Options.of(context));
        assertThat(refused).as("nothing was refused in %s", context).isNotNull();
        return String.valueOf(refused.getMessage())
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
    }

    @Test
    void limitsOfAws_areToldAtSynthesis_ratherThanByAFailedDeployment() {
        assertThat(problemsOf(Map.of(
                        "vpcId",
                        "vpc-01234567",
                        "subnetIds",
                        ids("subnet", 17),
                        "securityGroupIds",
                        ids("sg", 6),
                        "vpcEndpoints",
                        "existing")))
                .containsExactly(
                        "subnetIds names 17; a Lambda function takes 16 at most",
                        "securityGroupIds names 6; a Lambda function takes 5 at most");
        assertThat(problemsOf(Map.of(
                        "tags",
                        IntStream.range(0, 51)
                                .mapToObj(i -> "key" + i + "=value")
                                .collect(Collectors.joining(",")))))
                .containsExactly("tags names 51 tags; a resource takes 50 at most");
    }

    @Test
    void routeTables_areRefused_whereNoEndpointUsesThem() {
        assertThat(problemsOf(Map.of(
                        "vpcId", "vpc-01234567",
                        "subnetIds", "subnet-01234567",
                        "routeTableIds", "rtb-01234567",
                        "vpcEndpoints", "existing")))
                .containsExactly(
                        "routeTableIds is set, but vpcEndpoints makes no endpoint of dynamodb or s3 that uses it");
    }

    private static String ids(String kind, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "%s-%08x".formatted(kind, i))
                .collect(Collectors.joining(","));
    }
}
