package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;

/** The whole system, in one stack. */
final class CloudMapGraphStack extends Stack {
    CloudMapGraphStack(App app, Options options, Jars jars) {
        super(
                app,
                "CloudMapGraph",
                StackProps.builder()
                        .stackName(options.stackName())
                        .description("Cloud Map Graph: keeps a Neo4j graph equal to AWS Cloud Map")
                        // The same template wherever it is made, and nothing reported home.
                        .analyticsReporting(false)
                        .build());
        options.tags().forEach(Tags.of(this)::add);
        var encryption = Encryption.by(this, options.kmsKeyArn());
        var timeouts = new Timeouts(options.functions().transactionTimeoutSeconds());

        var state = new State(this, "State", options, encryption, timeouts);

        Optional<Network> network = options.neo4j().network().map(chosen -> new Network(this, "Network", chosen));
        var consumer =
                new ConsumerFunction(this, "Consumer", options, encryption, timeouts, state, network, jars.consumer());
        var producer = new ProducerFunction(this, "Producer", options, encryption, state, jars.producer());
        // A new message format finds its reader.
        producer.getNode().addDependency(consumer);
        if (options.createTrail()) {
            new ChangeTrail(this, "ChangeTrail");
        }
        new Triggers(this, "Triggers", options.schedules(), producer.function().target(), state.failedInvocations());

        var metrics = Metrics.of(this, options.namePrefix());
        var alarms = new Alarms(
                this,
                "Alarms",
                options,
                metrics,
                state,
                producer.function().function(),
                consumer.function().function(),
                new AlarmTopic(this, "AlarmTopic", options.alarms(), encryption));
        var dashboard = new FreshnessDashboard(
                this, "Dashboard", options, metrics, state, producer.function(), consumer.function(), alarms.all());

        var outputs = new Outputs(this);
        outputs.commands(state, producer.function(), consumer.function());
        outputs.names(names(state, metrics, dashboard, network));
    }

    private Map<String, String> names(
            State state, Metrics metrics, FreshnessDashboard dashboard, Optional<Network> network) {
        Map<String, String> names = new TreeMap<>(Map.of(
                "DashboardUrl",
                "https://" + getRegion() + ".console.aws.amazon.com/cloudwatch/home?region=" + getRegion()
                        + "#dashboards/dashboard/" + dashboard.name(),
                "DeadLetterQueueUrl",
                state.deadLetters().getQueueUrl(),
                "FailedInvocationsQueueUrl",
                state.failedInvocations().getQueueUrl(),
                "LockTableName",
                state.lockTable().getTableName(),
                "Scope",
                metrics.scope(),
                "SecretArn",
                state.secret().getSecretArn(),
                "SnapshotBucketName",
                state.bucket().getBucketName(),
                "SnapshotQueueUrl",
                state.snapshots().getQueueUrl()));
        network.ifPresent(joined -> names.put("ConsumerSecurityGroupIds", String.join(",", joined.securityGroupIds())));
        return names;
    }
}
