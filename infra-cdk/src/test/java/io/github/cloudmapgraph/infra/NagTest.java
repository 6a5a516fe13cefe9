package io.github.cloudmapgraph.infra;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.services.s3.Bucket;

class NagTest {
    static Stream<List<String>> deployments() {
        return Stream.of(
                List.of(),
                List.of("cloudTrail", "create", "alarmEmail", "sre@example.com", "snapStart", "false"),
                List.of(
                        "vpcId", "vpc-0123456789abcdef0",
                        "subnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
                        "routeTableIds", "rtb-0123456789abcdef0",
                        "kmsKeyArn", "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
                        "alarmTopic", "create"),
                List.of(
                        "vpcId", "vpc-0123456789abcdef0",
                        "subnetIds", "subnet-0123456789abcdef0",
                        "securityGroupIds", "sg-0123456789abcdef0",
                        "vpcEndpoints", "existing",
                        "neo4jSecretArn", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:neo4j-AbCdEf"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void awsSolutions_findsNothing(List<String> options) {
        CloudMapGraphStack stack = Synthesized.stack(options.toArray(String[]::new));
        Aspects.of(stack)
                .add(new AwsSolutionsChecks(NagPackProps.builder().verbose(true).build()));

        Annotations annotations = Annotations.fromStack(stack);
        annotations.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
        annotations.hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*"));
    }

    /** A pack that finds nothing in anything would prove nothing above. */
    @Test
    void awsSolutions_findsWhatIsLeftOpen() {
        var stack = new Stack(Synthesized.app(), "LeftOpen");
        new Bucket(stack, "Bucket");
        Aspects.of(stack).add(new AwsSolutionsChecks());

        assertThatThrownBy(() -> Annotations.fromStack(stack)).hasMessageContaining("Validation failed");
    }
}
