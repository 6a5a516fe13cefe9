package io.github.cloudmapgraph.producer.read;

/**
 * The calls to Cloud Map that the producer makes, with the rate that Cloud Map is known to take from one account in one
 * region. Only DiscoverInstances' is published; of the others some are reported by users, and {@code RATIONALE.md} says
 * what the rest is assumed from.
 *
 * @see <a href="https://docs.aws.amazon.com/cloud-map/latest/dg/throttling.html">Request throttling</a>
 */
enum Operation {
    LIST_NAMESPACES("ListNamespaces", Group.LISTS, 1, 5),
    LIST_SERVICES("ListServices", Group.LISTS, 2, 10),
    LIST_INSTANCES("ListInstances", Group.SERVICES, 50, 50),
    GET_INSTANCES_HEALTH_STATUS("GetInstancesHealthStatus", Group.SERVICES, 50, 50),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource", Group.SERVICES, 50, 50),
    GET_SERVICE_ATTRIBUTES("GetServiceAttributes", Group.SERVICES, 50, 50),
    GET_OPERATION("GetOperation", Group.SERVICES, 50, 50),
    DISCOVER_INSTANCES("DiscoverInstances", Group.DATA_PLANE, 1000, 2000);

    /** Operations that share a client. */
    enum Group {
        LISTS,
        SERVICES,
        DATA_PLANE
    }

    private final String apiName;
    private final Group group;
    private final int perSecond;
    private final int burst;

    Operation(String apiName, Group group, int perSecond, int burst) {
        this.apiName = apiName;
        this.group = group;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    String apiName() {
        return apiName;
    }

    String permission() {
        return "servicediscovery:" + apiName;
    }

    Group group() {
        return group;
    }

    double perSecond() {
        return perSecond;
    }

    int burst() {
        return burst;
    }
}
