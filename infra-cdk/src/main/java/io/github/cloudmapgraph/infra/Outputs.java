package io.github.cloudmapgraph.infra;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;

/**
 * What the stack prints: the names of what it made, the commands to begin with, the check first, and those for later.
 * The CLI sorts them by their ids, so the ids tell the order. The commands are run in the folder {@code infra-cdk},
 * where {@code npx cdk deploy} was run.
 */
final class Outputs {
    private final Stack stack;

    Outputs(Stack stack) {
        this.stack = stack;
    }

    void commands(State state, JavaFunction producer, JavaFunction consumer) {
        invocation("Step1CheckConsumer", "Can the consumer use what it needs? Changes nothing.", consumer, "check");
        invocation("Step2CheckProducer", "Can the producer use what it needs? Changes nothing.", producer, "check");
        if (state.madeSecret()) {
            print(
                    "Step3FillInSecret",
                    "Then type"
                        + " {\"uri\":\"neo4j+s://HOST:7687\",\"username\":\"...\",\"password\":\"...\",\"database\":\"neo4j\"}"
                        + " and Ctrl-D. Typed there, the password is in no history of commands.",
                    aws("secretsmanager put-secret-value") + " --secret-id "
                            + state.secret().getSecretArn() + " --secret-string file:///dev/stdin");
        }
        invocation("Step4Read", "Reads Cloud Map now.", producer, "manual");
        invocation(
                "ThenFullSync", "Compares everything with the graph, and restamps it.", producer, "manual-full-sync");
        invocation(
                "ThenConfirmMassDeletion",
                "Applies a deletion that is held back: it is meant.",
                producer,
                "manual-allow-mass-deletion");
        print(
                "ThenRedriveDeadLetters",
                "Has the consumer try the dead letters again, once their reason is mended.",
                aws("sqs start-message-move-task") + " --source-arn "
                        + state.deadLetters().getQueueArn() + " --destination-arn "
                        + state.snapshots().getQueueArn());
    }

    private void invocation(String id, String description, JavaFunction function, String event) {
        print(
                id,
                description,
                aws("lambda invoke") + " --function-name " + function.target().getFunctionArn()
                        // A read takes minutes where there are thousands of services; the CLI gives up after one.
                        + " --cli-read-timeout 610 --payload fileb://../events/" + event + ".json /dev/stdout");
    }

    private String aws(String command) {
        return "aws " + command + " --region " + stack.getRegion();
    }

    /** Prints names under their descriptions; the order does not matter, for CloudFormation sorts them. */
    void names(Map<String, String> names) {
        names.forEach((id, name) -> print(id, null, name));
    }

    private void print(String id, @Nullable String description, String value) {
        // Directly in the stack, so that it is printed under its id alone.
        CfnOutput.Builder.create(stack, id)
                .description(description)
                .value(value)
                .build();
    }
}
