package io.github.cloudmapgraph.infra.options;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The retention periods that CloudWatch Logs offers.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html">
 *     PutRetentionPolicy</a>
 */
final class LogRetention {
    private static final int STANDARD_DAYS = 30;
    private static final List<Integer> DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private LogRetention() {}

    static int read(ContextReader reader) {
        String name = "logRetentionDays";
        int days = reader.number(name, STANDARD_DAYS, 1, 3653);
        if (!DAYS.contains(days)) {
            reader.problem(
                    name,
                    "is '" + days + "'; CloudWatch Logs offers "
                            + DAYS.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return days;
    }
}
