package io.github.cloudmapgraph.local.deployment;

import io.github.cloudmapgraph.aws.AwsClients;
import io.github.cloudmapgraph.consumer.ConsumerHandler;
import io.github.cloudmapgraph.local.lambda.AsynchronousInvoker;
import io.github.cloudmapgraph.local.lambda.Function;
import io.github.cloudmapgraph.local.lambda.FunctionName;
import io.github.cloudmapgraph.local.lambda.QueuePoller;
import io.github.cloudmapgraph.log.Log;
import io.github.cloudmapgraph.producer.ProducerHandler;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The two real handlers with their queues, lock table and bucket, and what Lambda and EventBridge do around them. */
public final class Deployment implements AutoCloseable {
    /** As the deployed functions': an invocation knows how long it may take. */
    private static final Duration PRODUCER_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration CONSUMER_TIMEOUT = Duration.ofMinutes(3);

    private final Resources resources;
    private final SqsClient sqs;
    private final ConsumerHandler consumerHandler;
    private final Function producer;
    private final Function consumer;
    private final AsynchronousInvoker events;
    private final QueuePoller poller;

    private Deployment(
            Resources resources,
            SqsClient sqs,
            ConsumerHandler consumerHandler,
            Function producer,
            Function consumer,
            AsynchronousInvoker events,
            QueuePoller poller) {
        this.resources = resources;
        this.sqs = sqs;
        this.consumerHandler = consumerHandler;
        this.producer = producer;
        this.consumer = consumer;
        this.events = events;
        this.poller = poller;
    }

    /**
     * Makes what is not there yet, and polls the queue from now on; no read has happened.
     *
     * @param log gets the functions' log lines
     * @param afterUpdate runs after each batch that the consumer worked on
     */
    public static Deployment start(
            DeploymentOptions options, Endpoints endpoints, PrintStream log, Runnable afterUpdate) {
        Clock clock = Clock.systemUTC();
        AwsClients clients = endpoints.clients();
        SqsClient sqs = clients.build(SqsClient.class, SqsClient.builder());
        Resources resources = Resources.create(
                options.name(),
                sqs,
                clients.build(DynamoDbClient.class, DynamoDbClient.builder()),
                clients.build(S3Client.class, S3Client.builder()));
        var producer = new Function(
                new FunctionName(options.account(), options.region(), options.name() + "-producer"),
                new ProducerHandler(resources.producerEnvironment(options), clients, clock, log),
                PRODUCER_TIMEOUT,
                clock,
                log);
        var handler =
                new ConsumerHandler(resources.consumerEnvironment(options, endpoints.neo4j()), clients, clock, log);
        var consumer = new Function(
                new FunctionName(options.account(), options.region(), options.name() + "-consumer"),
                handler,
                CONSUMER_TIMEOUT,
                clock,
                log);
        var lines = new Log(log, clock);
        var poller = new QueuePoller(
                sqs, resources.queueUrl(), resources.queueArn(), options.region(), consumer, afterUpdate, lines);
        poller.start();
        return new Deployment(
                resources, sqs, handler, producer, consumer, new AsynchronousInvoker(producer, lines), poller);
    }

    /** Invokes the producer as a person does, and returns its answer. */
    public Map<String, Object> read(Map<String, Object> payload) {
        return producer.invoke(payload, UUID.randomUUID().toString());
    }

    /** Invokes the consumer as its queue does, and returns its answer. */
    public Map<String, Object> update(Map<String, Object> payload) {
        return consumer.invoke(payload, UUID.randomUUID().toString());
    }

    /** Lets an event come to the producer, as EventBridge does: returns at once. */
    public void send(Map<String, Object> event) {
        events.send(event);
    }

    /** Returns its queues, lock table and bucket. */
    public Resources resources() {
        return resources;
    }

    @Override
    public void close() {
        events.close();
        poller.close();
        consumerHandler.close();
        sqs.close();
    }
}
