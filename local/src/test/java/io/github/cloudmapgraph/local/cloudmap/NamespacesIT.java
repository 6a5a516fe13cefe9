package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.DuplicateRequestException;
import software.amazon.awssdk.services.servicediscovery.model.FilterCondition;
import software.amazon.awssdk.services.servicediscovery.model.InvalidInputException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceAlreadyExistsException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilter;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceType;
import software.amazon.awssdk.services.servicediscovery.model.OperationStatus;
import software.amazon.awssdk.services.servicediscovery.model.ResourceInUseException;
import software.amazon.awssdk.services.servicediscovery.model.ResourceLimitExceededException;

class NamespacesIT {
    private final CloudMap cloudMap;

    NamespacesIT() throws IOException {
        cloudMap = new CloudMap(options -> options.withQuotas(new CloudMapOptions.Quotas(4, 10, 10)));
    }

    @AfterEach
    void stop() {
        cloudMap.close();
    }

    @Test
    void createHttpNamespace_takesEffectWithItsOperation_whenTheDelayIsOver() {
        String operationId = cloudMap.client
                .createHttpNamespace(
                        create -> create.name("shop").description("All of it").creatorRequestId("once"))
                .operationId();
        assertThat(operationId).matches("[a-z2-7]{32}-[a-z2-7]{8}");

        assertThat(status(operationId)).isEqualTo(OperationStatus.SUBMITTED);
        cloudMap.clock.advance(CloudMap.DELAY.dividedBy(2));
        assertThat(status(operationId)).isEqualTo(OperationStatus.PENDING);
        assertThat(cloudMap.client.listNamespaces().namespaces()).isEmpty();

        String id = cloudMap.settled(operationId, "NAMESPACE");
        assertThat(id).matches("ns-[a-z2-7]{16}");
        assertThat(cloudMap.client.getNamespace(get -> get.id(id)).namespace()).satisfies(namespace -> {
            assertThat(namespace.arn()).isEqualTo("arn:aws:servicediscovery:eu-central-1:111122223333:namespace/" + id);
            assertThat(namespace.name()).isEqualTo("shop");
            assertThat(namespace.type()).isEqualTo(NamespaceType.HTTP);
            assertThat(namespace.description()).isEqualTo("All of it");
            assertThat(namespace.creatorRequestId()).isEqualTo("once");
            assertThat(namespace.resourceOwner()).isEqualTo(CloudMap.ACCOUNT);
            assertThat(namespace.serviceCount()).isZero();
            assertThat(namespace.createDate().toString()).isEqualTo("2026-11-20T12:00:00.123Z");
            assertThat(namespace.properties().httpProperties().httpName()).isEqualTo("shop");
            assertThat(namespace.properties().dnsProperties()).isNull();
        });
    }

    @Test
    void createDnsNamespaces_haveHostedZones_whenCreated() {
        String privateId = cloudMap.settled(
                cloudMap.client
                        .createPrivateDnsNamespace(create -> create.name("shop.local")
                                .vpc("vpc-1")
                                .properties(
                                        properties -> properties.dnsProperties(dns -> dns.soa(soa -> soa.ttl(99L)))))
                        .operationId(),
                "NAMESPACE");
        String publicId = cloudMap.settled(
                cloudMap.client
                        .createPublicDnsNamespace(create -> create.name("shop.example.com"))
                        .operationId(),
                "NAMESPACE");

        assertThat(cloudMap.client.getNamespace(get -> get.id(privateId)).namespace())
                .satisfies(namespace -> {
                    assertThat(namespace.type()).isEqualTo(NamespaceType.DNS_PRIVATE);
                    assertThat(namespace.properties().dnsProperties().hostedZoneId())
                            .matches("Z[A-Z0-9]{20}");
                    assertThat(namespace.properties().dnsProperties().soa().ttl())
                            .isEqualTo(99);
                });
        assertThat(cloudMap.client.getNamespace(get -> get.id(publicId)).namespace())
                .satisfies(namespace -> assertThat(namespace.type()).isEqualTo(NamespaceType.DNS_PUBLIC));
    }

    @Test
    void createNamespace_isDoneOnce_whenTheRequestIsRepeated() {
        String first = create("shop", "token");
        assertThat(create("shop", "token")).isEqualTo(first);
        assertThatThrownBy(() -> create("shop", "another"))
                .isInstanceOfSatisfying(
                        DuplicateRequestException.class,
                        duplicate ->
                                assertThat(duplicate.duplicateOperationId()).isEqualTo(first));

        String id = cloudMap.settled(first, "NAMESPACE");
        assertThat(create("shop", "token")).isEqualTo(first);
        assertThatThrownBy(() -> create("shop", "another"))
                .isInstanceOfSatisfying(NamespaceAlreadyExistsException.class, exists -> {
                    assertThat(exists.namespaceId()).isEqualTo(id);
                    assertThat(exists.creatorRequestId()).isEqualTo("token");
                });
        assertThat(cloudMap.client.listNamespaces().namespaces()).hasSize(1);
    }

    @Test
    void httpName_isMadeUnique_whenANameIsUsedAgain() {
        cloudMap.httpNamespace("shop.local");
        String id = cloudMap.privateNamespace("shop.local");

        assertThat(cloudMap.client
                        .getNamespace(get -> get.id(id))
                        .namespace()
                        .properties()
                        .httpProperties()
                        .httpName())
                .startsWith("shop.local-");
    }

    @Test
    void createNamespace_isRefused_whenItsInputIsInvalid() {
        assertThatThrownBy(() -> create("two words", "t"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'Name'")
                .hasMessageContaining("regular expression pattern");
        assertThatThrownBy(() -> create("arn:aws", "t")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> cloudMap.client.createPublicDnsNamespace(create -> create.name("nodots")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> cloudMap.client.createPrivateDnsNamespace(create -> create.name("a.local")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'Vpc'");
        assertThatThrownBy(() -> cloudMap.client.createHttpNamespace(
                        create -> create.name("x").description("d".repeat(1025))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("length less than or equal to 1024");
    }

    @Test
    void createNamespace_isRefused_whenTheQuotaIsReached() {
        for (int i = 0; i < 4; i++) {
            create("n" + i, "t");
        }
        assertThatThrownBy(() -> create("n4", "t")).isInstanceOf(ResourceLimitExceededException.class);
    }

    @Test
    void updateNamespace_changesIt_whenItsTypeIsRight() {
        String http = cloudMap.httpNamespace("shop");
        String dns = cloudMap.privateNamespace("shop.local");

        cloudMap.settled(
                cloudMap.client
                        .updateHttpNamespace(update -> update.id(http).namespace(change -> change.description("new")))
                        .operationId(),
                "NAMESPACE");
        cloudMap.settled(
                cloudMap.client
                        .updatePrivateDnsNamespace(update -> update.id(dns)
                                .namespace(change -> change.properties(
                                        properties -> properties.dnsProperties(one -> one.soa(soa -> soa.ttl(7L))))))
                        .operationId(),
                "NAMESPACE");

        assertThat(cloudMap.client.getNamespace(get -> get.id(http)).namespace().description())
                .isEqualTo("new");
        assertThat(cloudMap.client
                        .getNamespace(get -> get.id(dns))
                        .namespace()
                        .properties()
                        .dnsProperties()
                        .soa()
                        .ttl())
                .isEqualTo(7);
        assertThatThrownBy(() -> cloudMap.client.updatePublicDnsNamespace(
                        update -> update.id(dns).namespace(change -> change.description("x"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("DNS_PRIVATE");
    }

    @Test
    void deleteNamespace_isRefused_whenItHasAService() {
        String id = cloudMap.httpNamespace("shop");
        String service = cloudMap.service(id, "cart");

        assertThatThrownBy(() -> cloudMap.client.deleteNamespace(delete -> delete.id(id)))
                .isInstanceOf(ResourceInUseException.class);

        cloudMap.client.deleteService(delete -> delete.id(service));
        cloudMap.settled(
                cloudMap.client.deleteNamespace(delete -> delete.id(id)).operationId(), "NAMESPACE");
        assertThatThrownBy(() -> cloudMap.client.getNamespace(get -> get.id(id)))
                .isInstanceOf(NamespaceNotFoundException.class);
    }

    @Test
    void deleteNamespace_failsLater_whenItGetsAServiceMeanwhile() {
        String id = cloudMap.httpNamespace("shop");
        String operationId =
                cloudMap.client.deleteNamespace(delete -> delete.id(id)).operationId();
        cloudMap.service(id, "cart");
        cloudMap.settle();

        var operation = cloudMap.client
                .getOperation(get -> get.operationId(operationId))
                .operation();
        assertThat(operation.status()).isEqualTo(OperationStatus.FAIL);
        assertThat(operation.errorMessage()).contains("service that was created meanwhile");
        assertThat(cloudMap.client.listNamespaces().namespaces()).hasSize(1);
    }

    @Test
    void listNamespaces_returnsWhatTheFiltersSay_whenTheyAreGiven() {
        cloudMap.httpNamespace("shop");
        cloudMap.httpNamespace("shipping");
        cloudMap.privateNamespace("shop.local");

        assertThat(names(filter(NamespaceFilterName.TYPE, FilterCondition.EQ, "DNS_PRIVATE")))
                .containsExactly("shop.local");
        assertThat(names(filter(NamespaceFilterName.TYPE, FilterCondition.BEGINS_WITH, "DNS")))
                .containsExactly("shop.local");
        assertThat(names(filter(NamespaceFilterName.NAME, FilterCondition.BEGINS_WITH, "sho")))
                .containsExactlyInAnyOrder("shop", "shop.local");
        assertThat(names(filter(NamespaceFilterName.HTTP_NAME, FilterCondition.EQ, "shipping")))
                .containsExactly("shipping");
        assertThat(names(
                        filter(NamespaceFilterName.NAME, FilterCondition.BEGINS_WITH, "shop"),
                        filter(NamespaceFilterName.TYPE, FilterCondition.EQ, "HTTP")))
                .containsExactly("shop");
        assertThat(names(filter(NamespaceFilterName.RESOURCE_OWNER, FilterCondition.EQ, "OTHER_ACCOUNTS")))
                .isEmpty();

        assertThatThrownBy(() -> names(filter(NamespaceFilterName.TYPE, FilterCondition.BETWEEN, "HTTP")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> names(filter(NamespaceFilterName.NAME, FilterCondition.EQ, "a", "b")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("takes 1 value");
    }

    private String create(String name, String token) {
        return cloudMap.client
                .createHttpNamespace(create -> create.name(name).creatorRequestId(token))
                .operationId();
    }

    private OperationStatus status(String operationId) {
        return cloudMap.client
                .getOperation(get -> get.operationId(operationId))
                .operation()
                .status();
    }

    private static NamespaceFilter filter(NamespaceFilterName name, FilterCondition condition, String... values) {
        return NamespaceFilter.builder()
                .name(name)
                .condition(condition)
                .values(values)
                .build();
    }

    private List<String> names(NamespaceFilter... filters) {
        return cloudMap.client.listNamespaces(list -> list.filters(filters)).namespaces().stream()
                .map(NamespaceSummary::name)
                .toList();
    }
}
