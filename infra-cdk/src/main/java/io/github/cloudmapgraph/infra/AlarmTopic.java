package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.AlarmOptions;
import java.util.Optional;
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
        return Topic.Builder.create(this, "Topic")
                .displayName("Cloud Map Graph")
                .masterKey(encryption.key().orElse(null))
                .enforceSsl(true)
                .build();
    }

    Optional<ITopic> topic() {
        return topic;
    }
}
