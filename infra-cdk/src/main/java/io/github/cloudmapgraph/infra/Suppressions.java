package io.github.cloudmapgraph.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.IConstruct;

/**
 * Rules of cdk-nag's AwsSolutions pack that one resource does not keep, and why it does not. They stand in the
 * template, for whoever runs the pack over it.
 */
final class Suppressions {
    private Suppressions() {}

    /** Says why a resource does not keep a rule. */
    static void because(String reason, IConstruct resource, String rule) {
        NagSuppressions.addResourceSuppressions(
                resource,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()));
    }

    /**
     * Says why a role's policy holds a resource with a wildcard.
     *
     * @param resource a regular expression for the resource, as cdk-nag writes it
     */
    static void wildcardBecause(String reason, Role role, String resource) {
        NagSuppressions.addResourceSuppressions(
                role.getNode().findChild("DefaultPolicy"),
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-IAM5")
                        .reason(reason)
                        .appliesTo(List.of(RegexAppliesTo.builder()
                                .regex("/^Resource::" + resource + "$/")
                                .build()))
                        .build()));
    }
}
