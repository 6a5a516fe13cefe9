package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.AlarmOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Who hears of alarms: a topic that exists, one that the stack makes, or nobody. */
final class AlarmTopic extends Construct {
    private final Optional<ITopic> topic;

    AlarmTopic(Construct scope, String id, AlarmOptions options, Encryption encryption) {
        super(scope, id);
        topic = options.topicArn()
                .map(arn -> Topic.fromTopicArn(this, "Topic", arn))
                .or(() -> options.createTopic() ? Optional.of(created(encryption)) : Optional.empty());
        topic.ifPresent(
                chosen -> options.email().ifPresent(address -> chosen.addSubscription(new EmailSubscription(address))));
    }

    private Topic created(Encryption encryption) {
        Topic made = Topic.Builder.create(this, "Topic")
                .displayName("Cloud Map Graph")
                .masterKey(encryption.key().orElse(null))
                .enforceSsl(true)
                .build();
        made.addToResourcePolicy(alarmsMayPublish(made));
        return made;
    }

    /**
     * The policy that asks for TLS takes the place of SNS's own, which lets whatever belongs to the account publish.
     *
     * @see <a href="https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger">Why didn't I receive
     *     an SNS notification for my CloudWatch alarm trigger?</a>
     */
    private PolicyStatement alarmsMayPublish(Topic made) {
        Stack stack = Stack.of(this);
        String alarms = "arn:" + stack.getPartition() + ":cloudwatch:" + stack.getRegion() + ":" + stack.getAccount()
                + ":alarm:" + stack.getStackName() + "-*";
        return PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(made.getTopicArn()))
                .conditions(Map.of("ArnLike", Map.of("aws:SourceArn", alarms)))
                .build();
    }

    Optional<ITopic> topic() {
        return topic;
    }
}
