package io.github.cloudmapgraph.producer.read;

/**
 * The calls to Cloud Map that the producer makes, with the rate that Cloud Map is known to take from one account in one
 * region. Only DiscoverInstances' is published; of the others some are reported by users, and {@code RATIONALE.md} says
 * what the rest is assumed from.
 *
 * @see <a href="https://docs.aws.amazon.com/cloud-map/latest/dg/throttling.html">Request throttling</a>
 */
enum Operation {
    LIST_NAMESPACES("ListNamespaces", 1, 5),
    LIST_SERVICES("ListServices", 2, 10),
    LIST_INSTANCES("ListInstances", 50, 50),
    GET_INSTANCES_HEALTH_STATUS("GetInstancesHealthStatus", 50, 50),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource", 50, 50),
    GET_SERVICE_ATTRIBUTES("GetServiceAttributes", 50, 50),
    GET_OPERATION("GetOperation", 50, 50),
    DISCOVER_INSTANCES("DiscoverInstances", 1000, 2000);

    private final String apiName;
    private final int perSecond;
    private final int burst;

    Operation(String apiName, int perSecond, int burst) {
        this.apiName = apiName;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    String apiName() {
        return apiName;
    }

    String permission() {
        return "servicediscovery:" + apiName;
    }

    double perSecond() {
        return perSecond;
    }

    int burst() {
        return burst;
    }
}
