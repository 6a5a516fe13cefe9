package io.github.cloudmapgraph.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

class NagTest {
    static Stream<List<String>> deployments() {
        return Stream.of(
                List.of(),
                List.of("cloudTrail", "create", "alarmEmail", "sre@example.com", "snapStart", "true"),
                List.of(
                        "vpcId", "vpc-0123456789abcdef0",
                        "subnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
                        "routeTableIds", "rtb-0123456789abcdef0",
                        "kmsKeyArn", "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
                        "alarmTopic", "create"));
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
}
