package io.github.cloudmapgraph.local.cloudmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilter;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceFilterName;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;
import software.amazon.awssdk.services.servicediscovery.model.OperationNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceDiscoveryException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.ServiceSummary;

class SharedNamespacesIT {
    private static final String OWNER = "123456789012";

    private final CloudMap cloudMap = new CloudMap(options -> options);

    SharedNamespacesIT() throws IOException {
        cloudMap.server.load(RegistryFile.parse("shared", """
            {"namespaces": [
              {"name": "own", "type": "HTTP", "services": [{"name": "cart"}]},
              {"name": "theirs", "type": "HTTP", "ownerAccount": "123456789012", "services": [
                {"name": "mail", "instances": [{"id": "one", "attributes": {}}]}]}]}
            """));
    }

    @AfterEach
    void stop() {
        cloudMap.close();
    }

    @Test
    void sharedNamespace_isListedWithItsOwner_whenItIsOfAnotherAccount() {
        NamespaceSummary theirs = theirs();
        assertThat(theirs.resourceOwner()).isEqualTo(OWNER);
        assertThat(theirs.arn())
                .isEqualTo("arn:aws:servicediscovery:eu-central-1:123456789012:namespace/" + theirs.id());
        assertThat(cloudMap.client.listNamespaces().namespaces()).hasSize(2);
    }

    @Test
    void sharedNamespace_wantsItsArn_whenItIsAddressed() {
        NamespaceSummary theirs = theirs();
        assertThat(cloudMap.client
                        .listServices(list -> list.filters(CloudMap.inNamespace(theirs.id())))
                        .services())
                .isEmpty();
        ServiceSummary mail = cloudMap.client
                .listServices(list -> list.filters(CloudMap.inNamespace(theirs.arn())))
                .services()
                .getFirst();
        assertThat(mail.arn()).startsWith("arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-");
        assertThat(mail.resourceOwner()).isEqualTo(OWNER);

        assertThat(cloudMap.client
                        .getNamespace(get -> get.id(theirs.arn()))
                        .namespace()
                        .name())
                .isEqualTo("theirs");
        assertThatThrownBy(() -> cloudMap.client.getNamespace(get -> get.id(theirs.id())))
                .isInstanceOf(NamespaceNotFoundException.class);
        assertThat(cloudMap.client.listInstances(list -> list.serviceId(mail.arn())))
                .satisfies(list -> {
                    assertThat(list.resourceOwner()).isEqualTo(OWNER);
                    assertThat(list.instances()).hasSize(1);
                });
        assertThatThrownBy(() -> cloudMap.client.listInstances(list -> list.serviceId(mail.id())))
                .isInstanceOf(ServiceNotFoundException.class);
    }

    @Test
    void discovery_wantsTheOwner_whenTheNamespaceIsShared() {
        assertThat(cloudMap.client
                        .discoverInstances(discover -> discover.namespaceName("theirs")
                                .serviceName("mail")
                                .ownerAccount(OWNER))
                        .instances())
                .hasSize(1);
        assertThat(cloudMap.client
                        .discoverInstancesRevision(discover -> discover.namespaceName("theirs")
                                .serviceName("mail")
                                .ownerAccount(OWNER))
                        .instancesRevision())
                .isPositive();
        assertThatThrownBy(() -> cloudMap.client.discoverInstances(
                        discover -> discover.namespaceName("theirs").serviceName("mail")))
                .isInstanceOf(NamespaceNotFoundException.class);
    }

    @Test
    void sharedNamespace_takesServicesAndInstances_butNoChangeOfItself() {
        NamespaceSummary theirs = theirs();
        var service = cloudMap.client
                .createService(create -> create.namespaceId(theirs.arn()).name("ours"))
                .service();
        assertThat(service.createdByAccount()).isEqualTo(CloudMap.ACCOUNT);
        assertThat(service.resourceOwner()).isEqualTo(OWNER);
        String operationId = cloudMap.client
                .registerInstance(register ->
                        register.serviceId(service.arn()).instanceId("one").attributes(Map.of()))
                .operationId();
        assertThat(cloudMap.client
                        .getOperation(get -> get.operationId(operationId).ownerAccount(OWNER))
                        .operation()
                        .ownerAccount())
                .isEqualTo(OWNER);
        assertThatThrownBy(() -> cloudMap.client.getOperation(get -> get.operationId(operationId)))
                .isInstanceOf(OperationNotFoundException.class);

        assertThatThrownBy(() -> cloudMap.client.deleteNamespace(delete -> delete.id(theirs.arn())))
                .isInstanceOfSatisfying(
                        ServiceDiscoveryException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("AccessDeniedException"));
    }

    private NamespaceSummary theirs() {
        var others = NamespaceFilter.builder()
                .name(NamespaceFilterName.RESOURCE_OWNER)
                .values("OTHER_ACCOUNTS")
                .build();
        return cloudMap.client
                .listNamespaces(list -> list.filters(others))
                .namespaces()
                .getFirst();
    }
}
