package io.github.cloudmapgraph.local.flow;

import io.github.cloudmapgraph.local.cloudmap.CloudMapOptions;
import io.github.cloudmapgraph.local.servers.LoopbackAws;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is special about the deployment of one test.
 *
 * @param account whose Cloud Map it is
 * @param events whether Cloud Map's changes are sent to the producer
 */
public record FlowOptions(
        String account,
        UnaryOperator<CloudMapOptions> cloudMap,
        boolean events,
        Map<String, String> producer,
        Map<String, String> consumer,
        URI neo4j) {
    public static FlowOptions standard() {
        return new FlowOptions(LoopbackAws.ACCOUNT, options -> options, true, Map.of(), Map.of(), TestServers.neo4j());
    }

    public FlowOptions withAccount(String other) {
        return new FlowOptions(other, cloudMap, events, producer, consumer, neo4j);
    }

    public FlowOptions withCloudMap(UnaryOperator<CloudMapOptions> change) {
        return new FlowOptions(account, change, events, producer, consumer, neo4j);
    }

    public FlowOptions withoutEvents() {
        return new FlowOptions(account, cloudMap, false, producer, consumer, neo4j);
    }

    public FlowOptions withProducer(Map<String, String> environment) {
        return new FlowOptions(account, cloudMap, events, environment, consumer, neo4j);
    }

    public FlowOptions withConsumer(Map<String, String> environment) {
        return new FlowOptions(account, cloudMap, events, producer, environment, neo4j);
    }

    public FlowOptions withNeo4j(URI uri) {
        return new FlowOptions(account, cloudMap, events, producer, consumer, uri);
    }
}
