package io.github.cloudmapgraph.producer.read;

import software.amazon.awssdk.services.servicediscovery.model.NamespaceSummary;

/**
 * A namespace as ListNamespaces shows it to one account.
 *
 * @param reader the account that reads
 */
record SourceNamespace(NamespaceSummary summary, String reader) {
    /** Returns the account that created it. Endpoints that know no sharing name none. */
    String owner() {
        return summary.resourceOwner() == null ? reader : summary.resourceOwner();
    }

    boolean isShared() {
        return !owner().equals(reader);
    }

    /** Returns what other calls know it by: of a shared namespace, only the ARN. */
    String idOrArn() {
        return isShared() ? summary.arn() : summary.id();
    }

    String httpName() {
        return Mapping.httpName(summary);
    }

    boolean isNamed(String nameOrIdOrArn) {
        return nameOrIdOrArn.equals(summary.name())
                || nameOrIdOrArn.equals(summary.id())
                || nameOrIdOrArn.equals(summary.arn());
    }
}
