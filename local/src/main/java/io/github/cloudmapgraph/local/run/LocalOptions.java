package io.github.cloudmapgraph.local.run;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./run-local}. */
@Command(
        name = "./run-local",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Runs Cloud Map Graph on this machine, with real servers, on loopback only.",
            "",
            "Starts Neo4j with Neo4j Browser, SQS, DynamoDB, S3 and a Cloud Map endpoint, loads an example registry,"
                    + " keeps the graph equal to it until Ctrl-C, and serves the explorer, a page that shows it.%n"
        })
final class LocalOptions {
    /** Seven ports from here on; Neo4j Browser is then where it usually is, at 7474. */
    static final int PORT_BASE = 7470;

    @Option(
            names = "--once",
            description = "Run the pipeline a single time and end: status 0, or not 0 with the reason.")
    boolean once;

    @Option(names = "--json", description = "Print the result as one JSON document on standard output.")
    boolean json;

    @Option(
            names = "--registry",
            paramLabel = "FILE",
            description = "Load this registry instead of the example (its form: docs/registry-file.md).")
    @Nullable
    Path registry;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "The first of seven ports in a row (default: " + PORT_BASE
                    + "; with --once any free ones): Cloud Map, SQS, DynamoDB, S3, Neo4j Browser, Neo4j Bolt,"
                    + " explorer.")
    @Nullable
    Integer portBase;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep everything in this folder across restarts.")
    @Nullable
    Path data;

    @ArgGroup(exclusive = false)
    @Nullable
    Aws aws;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where the functions' log lines go (default: a temporary file).")
    @Nullable
    Path log;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and end.")
    boolean help;

    /** What belongs to a real account as the source. */
    static final class Aws {
        @Option(
                names = "--aws",
                required = true,
                description = "Take the real Cloud Map of an AWS account as the source: read-only, every minute.")
        boolean real;

        @Option(names = "--profile", paramLabel = "P", description = "The profile to use with --aws.")
        @Nullable
        String profile;

        @Option(names = "--region", paramLabel = "R", description = "The region to use with --aws.")
        @Nullable
        String region;
    }

    /** Returns the port that many places after the first; 0, for any free one, where none was asked for. */
    int port(int place) {
        if (portBase != null) {
            return portBase + place;
        }
        return once ? 0 : PORT_BASE + place;
    }

    Optional<Path> dataOf(String server) {
        return Optional.ofNullable(data).map(folder -> folder.resolve(server));
    }

    /** Returns what is wrong beyond what the parser sees; empty where nothing is. */
    Optional<String> problem() {
        if (portBase != null && (portBase < 1024 || portBase > 65_529)) {
            return Optional.of("--port-base is " + portBase + "; it has to be from 1024 to 65529");
        }
        if (aws != null && registry != null) {
            return Optional.of("--registry and --aws exclude each other: one names the source, the other too");
        }
        return Optional.empty();
    }
}
