package io.github.cloudmapgraph.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.neo4j.kernel.internal.Version;

/** What the figures depend on. */
record Machine(int cores, long memoryGibibytes, String system, String jdk, String neo4j) {
    static Machine here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
                system.getName() + " " + system.getArch(),
                Runtime.version().toString(),
                Version.getNeo4jVersion());
    }

    String line() {
        return "Measured on " + cores + " cores with " + memoryGibibytes + " GiB of memory, " + system + ", JDK " + jdk
                + ", Neo4j " + neo4j + ".";
    }
}
