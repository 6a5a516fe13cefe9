package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.servicediscovery.model.CreateServiceRequest;
import software.amazon.awssdk.services.servicediscovery.model.DnsConfig;
import software.amazon.awssdk.services.servicediscovery.model.DnsRecord;
import software.amazon.awssdk.services.servicediscovery.model.DuplicateRequestException;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckType;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;
import software.amazon.awssdk.services.servicediscovery.model.ResourceInUseException;
import software.amazon.awssdk.services.servicediscovery.model.ResourceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.RoutingPolicy;
import software.amazon.awssdk.services.servicediscovery.model.Service;
import software.amazon.awssdk.services.servicediscovery.model.ServiceAlreadyExistsException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceAttributesLimitExceededException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;
import software.amazon.awssdk.services.servicediscovery.model.ServiceType;
import software.amazon.awssdk.services.servicediscovery.model.Tag;
import software.amazon.awssdk.services.servicediscovery.model.TooManyTagsException;

class ServicesIT {
    private final CloudMap cloudMap = new CloudMap(options -> options);
    private final String http = cloudMap.httpNamespace("shop");
    private final String dns = cloudMap.privateNamespace("shop.local");

    ServicesIT() throws IOException {}

    @AfterEach
    void stop() {
        cloudMap.close();
    }

    @Test
    void createService_returnsItWhole_whenItHasDnsRecords() {
        Service created = create(
                dns,
                "cart",
                service -> service.description("Keeps carts")
                        .dnsConfig(records(RoutingPolicy.WEIGHTED, RecordType.A, RecordType.AAAA))
                        .healthCheckCustomConfig(
                                HealthCheckCustomConfig.builder().build()));

        assertThat(created.id()).matches("srv-[a-z2-7]{16}");
        assertThat(created.arn())
                .isEqualTo("arn:aws:servicediscovery:eu-central-1:111122223333:service/" + created.id());
        assertThat(created.namespaceId()).isEqualTo(dns);
        assertThat(created.description()).isEqualTo("Keeps carts");
        assertThat(created.type()).isEqualTo(ServiceType.DNS_HTTP);
        assertThat(created.dnsConfig().routingPolicy()).isEqualTo(RoutingPolicy.WEIGHTED);
        assertThat(created.dnsConfig().dnsRecords()).hasSize(2);
        assertThat(created.healthCheckCustomConfig()).isNotNull();
        assertThat(created.createdByAccount()).isEqualTo(CloudMap.ACCOUNT);
        assertThat(cloudMap.client.getService(get -> get.id(created.arn())).service())
                .isEqualTo(created);
    }

    @Test
    void createService_isDoneOnce_whenTheRequestIsRepeated() {
        Service first = create(http, "cart", service -> service.creatorRequestId("token"));

        assertThat(create(http, "cart", service -> service.creatorRequestId("token")))
                .isEqualTo(first);
        assertThatThrownBy(() -> create(http, "cart", service -> service))
                .isInstanceOfSatisfying(ServiceAlreadyExistsException.class, exists -> {
                    assertThat(exists.serviceId()).isEqualTo(first.id());
                    assertThat(exists.serviceArn()).isEqualTo(first.arn());
                    assertThat(exists.creatorRequestId()).isEqualTo("token");
                });
    }

    @Test
    void serviceNames_mayDifferByCaseOnly_whenTheyAreNotInDns() {
        create(http, "cart", service -> service);
        create(http, "CART", service -> service);

        create(dns, "cart", service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A)));
        assertThatThrownBy(() -> create(
                        dns, "CART", service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A))))
                .isInstanceOf(ServiceAlreadyExistsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "two words, 'Name'",
        "-dash, 'Name'",
    })
    void createService_isRefused_whenItsNameIsInvalid(String name, String message) {
        assertThatThrownBy(() -> create(http, name, service -> service))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void createService_isRefused_whenItsSettingsContradict() {
        refused(
                "in an HTTP namespace",
                http,
                service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A)));
        refused(
                "must be A, AAAA, A and AAAA, SRV, or CNAME",
                dns,
                service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A, RecordType.SRV)));
        refused(
                "must be A, AAAA, A and AAAA, SRV, or CNAME",
                dns,
                service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A, RecordType.A)));
        refused("WEIGHTED", dns, service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.CNAME)));
        refused("DnsConfig must be specified", dns, service -> service);
        refused(
                "Type HTTP",
                dns,
                service -> service.type("HTTP").dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A)));
        refused(
                "private DNS namespace",
                dns,
                service -> service.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A))
                        .healthCheckConfig(check -> check.type(HealthCheckType.HTTP)));
        refused(
                "not both",
                http,
                service -> service.healthCheckCustomConfig(
                                HealthCheckCustomConfig.builder().build())
                        .healthCheckConfig(check -> check.type(HealthCheckType.HTTP)));
        refused(
                "no ResourcePath",
                http,
                service -> service.healthCheckConfig(
                        check -> check.type(HealthCheckType.TCP).resourcePath("/health")));
        refused(
                "between 1 and 10",
                http,
                service -> service.healthCheckConfig(
                        check -> check.type(HealthCheckType.TCP).failureThreshold(11)));
        assertThatThrownBy(() -> create("ns-unknown", "cart", service -> service))
                .isInstanceOf(NamespaceNotFoundException.class);
    }

    @Test
    void updateService_changesWhatTheApiAllows_whenItsOperationIsDone() {
        Service service = create(dns, "cart", one -> one.dnsConfig(records(RoutingPolicy.MULTIVALUE, RecordType.A)));

        cloudMap.settled(
                cloudMap.client
                        .updateService(update -> update.id(service.id())
                                .service(change -> change.description("new")
                                        .dnsConfig(config -> config.dnsRecords(record(RecordType.A, 5)))))
                        .operationId(),
                "SERVICE");

        assertThat(get(service.id())).satisfies(updated -> {
            assertThat(updated.description()).isEqualTo("new");
            assertThat(updated.dnsConfig().dnsRecords()).containsExactly(record(RecordType.A, 5));
        });
        assertThatThrownBy(() -> cloudMap.client.updateService(update -> update.id(service.id())
                        .service(change -> change.dnsConfig(config -> config.dnsRecords(record(RecordType.SRV, 5))))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("record types of a service can't be changed");
    }

    @Test
    void updateService_changesTheDescriptionOnly_whenTheNamespaceIsHttp() {
        Service service = create(http, "cart", one -> one.healthCheckConfig(check -> check.type(HealthCheckType.HTTP)));
        assertThat(service.healthCheckConfig().resourcePath()).isEqualTo("/");

        cloudMap.client.updateService(update -> update.id(service.id()).service(change -> change.description("new")));
        cloudMap.settle();
        assertThat(get(service.id()).description()).isEqualTo("new");
        assertThat(get(service.id()).healthCheckConfig()).isEqualTo(service.healthCheckConfig());

        assertThatThrownBy(() -> cloudMap.client.updateService(update -> update.id(service.id())
                        .service(change -> change.healthCheckConfig(check -> check.type(HealthCheckType.TCP)))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void updateService_isRefused_whileAnotherUpdateRuns() {
        String service = create(http, "cart", one -> one).id();
        String first = describe(service, "one");

        assertThat(describe(service, "one")).isEqualTo(first);
        assertThatThrownBy(() -> describe(service, "two"))
                .isInstanceOfSatisfying(
                        DuplicateRequestException.class,
                        duplicate ->
                                assertThat(duplicate.duplicateOperationId()).isEqualTo(first));
        cloudMap.settle();
        describe(service, "two");
        cloudMap.settle();
        assertThat(get(service).description()).isEqualTo("two");
    }

    @Test
    void deleteService_isRefused_whenItHasAnInstance() {
        Service service = create(http, "cart", one -> one);
        cloudMap.register(service.id(), "one", Map.of("stage", "dev"));
        assertThatThrownBy(() -> cloudMap.client.deleteService(delete -> delete.id(service.id())))
                .isInstanceOf(ResourceInUseException.class);

        cloudMap.client.deregisterInstance(
                deregister -> deregister.serviceId(service.id()).instanceId("one"));
        assertThatThrownBy(() -> cloudMap.client.deleteService(delete -> delete.id(service.id())))
                .isInstanceOf(ResourceInUseException.class);
        cloudMap.settle();
        cloudMap.client.deleteService(delete -> delete.id(service.id()));
        assertThatThrownBy(() -> get(service.id())).isInstanceOf(ServiceNotFoundException.class);
    }

    @Test
    void listServices_returnsTheNamespacesOwn_whenFiltered() {
        create(http, "cart", service -> service);
        create(dns, "mail", service -> service.type("HTTP"));

        assertThat(cloudMap.client
                        .listServices(list -> list.filters(CloudMap.inNamespace(http)))
                        .services())
                .extracting(ServiceSummary::name)
                .containsExactly("cart");
        String arn =
                cloudMap.client.getNamespace(get -> get.id(dns)).namespace().arn();
        assertThat(cloudMap.client
                        .listServices(list -> list.filters(CloudMap.inNamespace(arn)))
                        .services())
                .extracting(ServiceSummary::name)
                .containsExactly("mail");
        assertThat(cloudMap.client.listServices().services()).hasSize(2);
        assertThat(cloudMap.client
                        .listServices(list -> list.filters(CloudMap.inNamespace("ns-unknown")))
                        .services())
                .isEmpty();
    }

    @Test
    void tags_areKept_whenTheyAreSetInAnyWay() {
        Service service = create(http, "cart", one -> one.tags(tag("owner", "shopping"), tag("stage", "dev")));

        cloudMap.client.tagResource(call -> call.resourceARN(service.arn())
                .tags(tag("stage", "prod"), tag("NEO4J_RELATIONSHIP_TO_SERVICE", "a b")));
        cloudMap.client.untagResource(call -> call.resourceARN(service.arn()).tagKeys("owner", "not-there"));

        assertThat(tags(service.arn()))
                .containsExactlyInAnyOrder(tag("stage", "prod"), tag("NEO4J_RELATIONSHIP_TO_SERVICE", "a b"));
        String namespaceArn =
                cloudMap.client.getNamespace(get -> get.id(http)).namespace().arn();
        cloudMap.client.tagResource(call -> call.resourceARN(namespaceArn).tags(tag("a", "")));
        assertThat(tags(namespaceArn)).containsExactly(tag("a", ""));
    }

    @Test
    void tags_areRefused_whenTheyBreakTheRules() {
        Service service = create(http, "cart", one -> one);
        assertThatThrownBy(() -> cloudMap.client.tagResource(
                        call -> call.resourceARN(service.arn()).tags(tag("list", "a,b"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> cloudMap.client.tagResource(
                        call -> call.resourceARN(service.arn()).tags(tag("aws:mine", "a"))))
                .isInstanceOf(InvalidInputException.class);
        Tag[] many = new Tag[51];
        for (int i = 0; i < many.length; i++) {
            many[i] = tag("k" + i, "v");
        }
        assertThatThrownBy(() -> cloudMap.client.tagResource(
                        call -> call.resourceARN(service.arn()).tags(many)))
                .isInstanceOfSatisfying(
                        TooManyTagsException.class,
                        tooMany -> assertThat(tooMany.resourceName()).isEqualTo(service.arn()));
        assertThat(tags(service.arn())).isEmpty();
        assertThatThrownBy(() -> tags(service.arn() + "x")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void serviceAttributes_areMerged_untilThereAreThirty() {
        Service service = create(http, "cart", one -> one);
        attributes(service.id(), Map.of("a", "1", "b", "2"));
        attributes(service.arn(), Map.of("b", "3", "c", ""));
        cloudMap.client.deleteServiceAttributes(
                delete -> delete.serviceId(service.id()).attributes("a", "not-there"));

        var read = cloudMap.client
                .getServiceAttributes(get -> get.serviceId(service.id()))
                .serviceAttributes();
        assertThat(read.serviceArn()).isEqualTo(service.arn());
        assertThat(read.resourceOwner()).isEqualTo(CloudMap.ACCOUNT);
        assertThat(read.attributes()).containsExactlyInAnyOrderEntriesOf(Map.of("b", "3", "c", ""));

        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < 28; i++) {
            more.put("k" + i, "v");
        }
        attributes(service.id(), more);
        assertThatThrownBy(() -> attributes(service.id(), Map.of("one", "too many")))
                .isInstanceOf(ServiceAttributesLimitExceededException.class);
        assertThatThrownBy(() -> attributes(service.id(), Map.of("b", "v".repeat(1025))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> attributes("srv-unknown", Map.of("b", "v")))
                .isInstanceOf(ServiceNotFoundException.class);
    }

    private void refused(String message, String namespaceId, UnaryOperator<CreateServiceRequest.Builder> settings) {
        assertThatThrownBy(() -> create(namespaceId, "refused", settings))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private Service create(String namespaceId, String name, UnaryOperator<CreateServiceRequest.Builder> settings) {
        var request = CreateServiceRequest.builder().namespaceId(namespaceId).name(name);
        return cloudMap.client.createService(settings.apply(request).build()).service();
    }

    private String describe(String serviceId, String description) {
        return cloudMap.client
                .updateService(update -> update.id(serviceId).service(change -> change.description(description)))
                .operationId();
    }

    private Service get(String id) {
        return cloudMap.client.getService(get -> get.id(id)).service();
    }

    private void attributes(String serviceId, Map<String, String> attributes) {
        cloudMap.client.updateServiceAttributes(
                update -> update.serviceId(serviceId).attributes(attributes));
    }

    private List<Tag> tags(String arn) {
        return cloudMap.client
                .listTagsForResource(list -> list.resourceARN(arn))
                .tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static DnsConfig records(RoutingPolicy policy, RecordType... types) {
        return DnsConfig.builder()
                .routingPolicy(policy)
                .dnsRecords(
                        List.of(types).stream().map(type -> record(type, 60)).toList())
                .build();
    }

    private static DnsRecord record(RecordType type, long ttl) {
        return DnsRecord.builder().type(type).ttl(ttl).build();
    }
}
