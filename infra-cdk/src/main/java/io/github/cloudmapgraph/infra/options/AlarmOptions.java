package io.github.cloudmapgraph.infra.options;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When alarms go off, and who hears of it.
 *
 * @param topicArn an SNS topic that exists
 * @param createTopic whether the stack makes one
 * @param email is subscribed to the topic
 * @param oldestMessageMinutes how old a waiting snapshot may become
 * @param graphAgeMinutes how old the newest snapshot in the graph may become
 * @param errorsInFifteenMinutes how many failed invocations of one function are too many
 */
public record AlarmOptions(
        Optional<String> topicArn,
        boolean createTopic,
        Optional<String> email,
        int oldestMessageMinutes,
        int graphAgeMinutes,
        int errorsInFifteenMinutes) {
    private static final String CREATE = "create";
    private static final Pattern TOPIC =
            Pattern.compile(CREATE + "|arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    /** CloudWatch looks back one day at most. */
    private static final int MOST_MINUTES = 1440;

    static AlarmOptions read(ContextReader reader, int scheduleMinutes) {
        Optional<String> topic =
                reader.text("alarmTopic", TOPIC, "create, or the ARN of a standard SNS topic in this region");
        Optional<String> email = reader.text("alarmEmail", EMAIL, "an e-mail address");
        return new AlarmOptions(
                topic.filter(arn -> !arn.equals(CREATE)),
                topic.map(CREATE::equals).orElse(email.isPresent()),
                email,
                reader.number("oldestMessageMinutes", 15, 1, MOST_MINUTES),
                graphAgeMinutes(reader, scheduleMinutes),
                reader.number("errorsInFifteenMinutes", 3, 1, 1000));
    }

    /**
     * Without a change the graph's age is that of the last scheduled read, so a younger one would be an alarm a day.
     */
    private static int graphAgeMinutes(ContextReader reader, int scheduleMinutes) {
        String name = "graphAgeMinutes";
        int least = 2 * scheduleMinutes;
        int minutes = reader.number(name, Math.max(30, least), 1, MOST_MINUTES);
        if (minutes < least) {
            reader.problem(
                    name,
                    "is '" + minutes + "'; it has to be at least " + least + ", twice scheduleMinutes: without a change"
                            + " the graph is as old as the last scheduled read");
        }
        return minutes;
    }
}
