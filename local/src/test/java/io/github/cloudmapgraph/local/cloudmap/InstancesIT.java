package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.CustomHealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.DuplicateRequestException;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatus;
import software.amazon.awssdk.services.servicediscovery.model.InstanceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.OperationType;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;
import software.amazon.awssdk.services.servicediscovery.model.ResourceLimitExceededException;
import software.amazon.awssdk.services.servicediscovery.model.RoutingPolicy;
import software.amazon.awssdk.services.servicediscovery.model.ServiceNotFoundException;

class InstancesIT {
    private final CloudMap cloudMap = new CloudMap(options -> options.withQuotas(new CloudMapOptions.Quotas(50, 5, 3)));
    private final String http = cloudMap.httpNamespace("shop");
    private final String dns = cloudMap.privateNamespace("shop.local");

    InstancesIT() throws IOException {}

    @AfterEach
    void stop() {
        cloudMap.close();
    }

    @Test
    void registerInstance_takesEffectWithItsOperation_whenTheDelayIsOver() {
        String service = cloudMap.service(http, "cart");
        String operationId = register(service, "one", "token", Map.of("stage", "dev"));

        assertThat(cloudMap.client
                        .listInstances(list -> list.serviceId(service))
                        .instances())
                .isEmpty();
        cloudMap.settle();
        var operation = cloudMap.client
                .getOperation(get -> get.operationId(operationId))
                .operation();
        assertThat(operation.type()).isEqualTo(OperationType.REGISTER_INSTANCE);
        assertThat(operation.targetsAsStrings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("SERVICE", service, "INSTANCE", "one"));
        assertThat(operation.updateDate()).isEqualTo(operation.createDate().plus(CloudMap.DELAY));

        var answer = cloudMap.client.getInstance(get -> get.serviceId(service).instanceId("one"));
        assertThat(answer.resourceOwner()).isEqualTo(CloudMap.ACCOUNT);
        assertThat(answer.instance().creatorRequestId()).isEqualTo("token");
        assertThat(answer.instance().attributes()).containsExactlyEntriesOf(Map.of("stage", "dev"));
        assertThat(cloudMap.client.getService(get -> get.id(service)).service().instanceCount())
                .isOne();
    }

    @Test
    void registerInstance_isDoneOnce_whenTheRequestIsRepeated() {
        String service = cloudMap.service(http, "cart");
        String first = register(service, "one", "token", Map.of("a", "1"));

        assertThat(register(service, "one", "token", Map.of("a", "1"))).isEqualTo(first);
        assertThatThrownBy(() -> register(service, "one", "other", Map.of("a", "2")))
                .isInstanceOfSatisfying(
                        DuplicateRequestException.class,
                        duplicate ->
                                assertThat(duplicate.duplicateOperationId()).isEqualTo(first));
        assertThatThrownBy(() -> deregister(service, "one")).isInstanceOf(DuplicateRequestException.class);
        cloudMap.settle();
        assertThat(register(service, "one", "token", Map.of("a", "1"))).isEqualTo(first);

        assertThat(register(service, "one", "other", Map.of("b", "2"))).isNotEqualTo(first);
        cloudMap.settle();
        assertThat(cloudMap.client
                        .getInstance(get -> get.serviceId(service).instanceId("one"))
                        .instance()
                        .attributes())
                .containsExactlyEntriesOf(Map.of("b", "2"));
    }

    @Test
    void deregisterInstance_removesIt_whenItIsThere() {
        String service = cloudMap.service(http, "cart");
        cloudMap.register(service, "one", Map.of());
        deregister(service, "one");
        cloudMap.settle();

        assertThatThrownBy(() -> cloudMap.client.getInstance(
                        get -> get.serviceId(service).instanceId("one")))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> deregister(service, "one")).isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> deregister("srv-unknown", "one")).isInstanceOf(ServiceNotFoundException.class);
    }

    @Test
    void registerInstance_isRefused_whenAQuotaIsReached() {
        String first = cloudMap.service(http, "first");
        String second = cloudMap.service(http, "second");
        for (String id : new String[] {"a", "b", "c"}) {
            register(first, id, "t", Map.of());
        }
        assertThatThrownBy(() -> register(first, "d", "t", Map.of()))
                .isInstanceOf(ResourceLimitExceededException.class)
                .hasMessageContaining("service");
        cloudMap.settle();
        register(first, "a", "again", Map.of("is", "an update"));
        register(second, "a", "t", Map.of());
        register(second, "b", "t", Map.of());
        assertThatThrownBy(() -> register(second, "c", "t", Map.of()))
                .isInstanceOf(ResourceLimitExceededException.class)
                .hasMessageContaining("namespace");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        AWS_INSTANCE_IPV4      | 10.0.0.256   | must be an IPv4 address
        AWS_INSTANCE_IPV6      | 10.0.0.1     | must be an IPv6 address
        AWS_INSTANCE_PORT      | 65536        | must be a port
        AWS_EC2_INSTANCE_ID    | 10.0.0.1     | must be the id of an EC2 instance
        AWS_INIT_HEALTH_STATUS | HEALTHY      | HealthCheckCustomConfig
        AWS_ALIAS_DNS_NAME     | lb.example   | needs a service with an A record
        key with blanks        | v            | 'Attributes key'
        key                    | über         | 'Attributes.key'
        """)
    void registerInstance_isRefused_whenAnAttributeIsInvalid(String key, String value, String message) {
        String service = cloudMap.service(http, "cart");
        assertThatThrownBy(() -> register(service, "one", "t", Map.of(key, value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void registerInstance_isRefused_whenThereAreTooManyAttributes() {
        String service = cloudMap.service(http, "cart");
        Map<String, String> attributes = new HashMap<>(Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
        for (int i = 0; i < 30; i++) {
            attributes.put("k" + i, "v");
        }
        register(service, "thirty", "t", attributes);
        attributes.put("k30", "v");
        assertThatThrownBy(() -> register(service, "more", "t", attributes)).hasMessageContaining("30");

        Map<String, String> large = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            large.put("k" + i, "v".repeat(1024));
        }
        assertThatThrownBy(() -> register(service, "large", "t", large)).hasMessageContaining("5000");
        assertThatThrownBy(() -> register(service, "long", "t", Map.of("k".repeat(256), "v")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> register(service, "spaces are bad", "t", Map.of()))
                .hasMessageContaining("'InstanceId'");
    }

    @Test
    void registerInstance_needsTheRecordsAttributes_whenTheServiceIsInDns() {
        needs("AWS_INSTANCE_IPV4", RoutingPolicy.MULTIVALUE, RecordType.A, Map.of());
        needs("AWS_INSTANCE_IPV6", RoutingPolicy.MULTIVALUE, RecordType.AAAA, Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
        needs("AWS_INSTANCE_CNAME", RoutingPolicy.WEIGHTED, RecordType.CNAME, Map.of());
        needs("AWS_INSTANCE_PORT", RoutingPolicy.MULTIVALUE, RecordType.SRV, Map.of("AWS_INSTANCE_IPV4", "10.0.0.1"));
        needs("AWS_INSTANCE_IPV6", RoutingPolicy.MULTIVALUE, RecordType.SRV, Map.of("AWS_INSTANCE_PORT", "80"));
        needs("WEIGHTED", RoutingPolicy.MULTIVALUE, RecordType.A, Map.of("AWS_ALIAS_DNS_NAME", "lb.example"));
        needs(
                "AWS_INSTANCE_IPV4",
                RoutingPolicy.WEIGHTED,
                RecordType.A,
                Map.of("AWS_ALIAS_DNS_NAME", "lb.example", "AWS_INSTANCE_IPV4", "10.0.0.1"));

        String alias = dnsService("alias", RoutingPolicy.WEIGHTED, RecordType.A);
        cloudMap.register(alias, "lb", Map.of("AWS_ALIAS_DNS_NAME", "lb.example", "stage", "dev"));
        assertThat(cloudMap.client.listInstances(list -> list.serviceId(alias)).instances())
                .hasSize(1);
    }

    @Test
    void registerInstance_addsTheAddress_whenItIsAnEc2Instance() {
        String service = cloudMap.service(http, "cart");
        cloudMap.register(service, "one", Map.of("AWS_EC2_INSTANCE_ID", "i-0123456789abcdef0"));

        assertThat(cloudMap.client
                        .getInstance(get -> get.serviceId(service).instanceId("one"))
                        .instance()
                        .attributes()
                        .get("AWS_INSTANCE_IPV4"))
                .startsWith("10.0.");
    }

    @Test
    void customHealth_followsWhatIsSaid_whenTheServiceHasIt() {
        String service = cloudMap.client
                .createService(create -> create.namespaceId(http)
                        .name("checked")
                        .healthCheckCustomConfig(
                                HealthCheckCustomConfig.builder().build()))
                .service()
                .id();
        cloudMap.register(service, "one", Map.of());
        cloudMap.register(service, "two", Map.of("AWS_INIT_HEALTH_STATUS", "UNHEALTHY"));
        assertThat(health(service))
                .containsExactlyInAnyOrderEntriesOf(Map.of("one", HealthStatus.HEALTHY, "two", HealthStatus.UNHEALTHY));

        setHealth(service, "one", CustomHealthStatus.UNHEALTHY);
        assertThat(health(service)).containsEntry("one", HealthStatus.UNHEALTHY);
        assertThat(cloudMap.client
                        .getInstancesHealthStatus(get -> get.serviceId(service).instances("two"))
                        .status())
                .containsOnlyKeys("two");

        assertThatThrownBy(() -> setHealth(service, "three", CustomHealthStatus.HEALTHY))
                .isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> cloudMap.client.getInstancesHealthStatus(
                        get -> get.serviceId(service).instances("two", "three")))
                .isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void customHealth_isRefused_whenTheServiceHasNone() {
        String service = cloudMap.service(http, "plain");
        cloudMap.register(service, "one", Map.of());

        assertThatThrownBy(() -> setHealth(service, "one", CustomHealthStatus.UNHEALTHY))
                .isInstanceOf(CustomHealthNotFoundException.class);
        assertThat(health(service)).containsEntry("one", HealthStatus.UNKNOWN);
    }

    private void needs(String message, RoutingPolicy policy, RecordType type, Map<String, String> attributes) {
        String service = dnsService("s" + System.nanoTime(), policy, type);
        assertThatThrownBy(() -> register(service, "one", "t", attributes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private String dnsService(String name, RoutingPolicy policy, RecordType type) {
        return cloudMap.client
                .createService(create -> create.namespaceId(dns)
                        .name(name)
                        .dnsConfig(config -> config.routingPolicy(policy)
                                .dnsRecords(
                                        DnsRecord.builder().type(type).ttl(60L).build())))
                .service()
                .id();
    }

    private String register(String serviceId, String id, String token, Map<String, String> attributes) {
        return cloudMap.client
                .registerInstance(register -> register.serviceId(serviceId)
                        .instanceId(id)
                        .creatorRequestId(token)
                        .attributes(attributes))
                .operationId();
    }

    private void deregister(String serviceId, String id) {
        cloudMap.client.deregisterInstance(
                deregister -> deregister.serviceId(serviceId).instanceId(id));
    }

    private void setHealth(String serviceId, String id, CustomHealthStatus status) {
        cloudMap.client.updateInstanceCustomHealthStatus(
                update -> update.serviceId(serviceId).instanceId(id).status(status));
    }

    private Map<String, HealthStatus> health(String serviceId) {
        return cloudMap.client
                .getInstancesHealthStatus(get -> get.serviceId(serviceId))
                .status();
    }
}
