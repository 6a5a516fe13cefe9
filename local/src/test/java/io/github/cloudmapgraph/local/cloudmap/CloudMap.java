package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilter;
import software.amazon.awssdk.services.servicediscovery.model.ServiceFilterName;

/** An endpoint whose clock stands still until a test moves it, and the SDK's client of it. */
final class CloudMap implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "eu-central-1";

    /** How long the operations of these endpoints take. */
    static final Duration DELAY = Duration.ofSeconds(2);

    final TestClock clock;
    final CloudMapServer server;
    final ServiceDiscoveryClient client;
    final List<String> events = new CopyOnWriteArrayList<>();

    CloudMap(UnaryOperator<CloudMapOptions> configure) throws IOException {
        this(new TestClock(Instant.parse("2026-11-20T12:00:00.123Z")), configure);
    }

    CloudMap(TestClock clock, UnaryOperator<CloudMapOptions> configure) throws IOException {
        this.clock = clock;
        server = CloudMapServer.start(configure.apply(CloudMapOptions.of(clock, ACCOUNT, REGION)
                .withOperationDelay(DELAY)
                .withEvents(events::add)));
        client = client(server.endpoint());
    }

    static ServiceDiscoveryClient client(URI endpoint) {
        return ServiceDiscoveryClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    static ServiceFilter inNamespace(String idOrArn) {
        return ServiceFilter.builder()
                .name(ServiceFilterName.NAMESPACE_ID)
                .values(idOrArn)
                .build();
    }

    /** Lets every operation that runs take effect. */
    void settle() {
        clock.advance(DELAY);
    }

    /** Lets an operation take effect and returns the id of its target. */
    String settled(String operationId, String target) {
        settle();
        var operation = client.getOperation(get -> get.operationId(operationId)).operation();
        assertThat(operation.status()).isEqualTo(OperationStatus.SUCCESS);
        return String.valueOf(operation.targetsAsStrings().get(target));
    }

    String httpNamespace(String name) {
        return settled(client.createHttpNamespace(create -> create.name(name)).operationId(), "NAMESPACE");
    }

    String privateNamespace(String name) {
        return settled(
                client.createPrivateDnsNamespace(create -> create.name(name).vpc("vpc-1"))
                        .operationId(),
                "NAMESPACE");
    }

    String service(String namespaceId, String name) {
        return client.createService(create -> create.namespaceId(namespaceId).name(name))
                .service()
                .id();
    }

    void register(String serviceId, String instanceId, Map<String, String> attributes) {
        client.registerInstance(
                register -> register.serviceId(serviceId).instanceId(instanceId).attributes(attributes));
        settle();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
