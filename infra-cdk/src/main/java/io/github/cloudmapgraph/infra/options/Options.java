package io.github.cloudmapgraph.infra.options;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that a deployment may say, with a safe default each; docs/deployment.md explains them one by one.
 *
 * @param namePrefix tells the deployments of one account and region apart: it leads the stack's name and is part of the
 *     scope; empty for one deployment
 * @param namespaces names, ids or ARNs of the namespaces to read; empty for all
 * @param createTrail whether the stack makes a CloudTrail trail; the account's own serves otherwise
 * @param kmsKeyArn encrypts what is stored; AWS's own keys do otherwise
 * @param logRetentionDays one of those that CloudWatch Logs offers
 * @param snapStart whether the functions start from a snapshot of their memory
 */
public record Options(
        String namePrefix,
        List<String> namespaces,
        Schedules schedules,
        boolean createTrail,
        Neo4jOptions neo4j,
        Optional<String> kmsKeyArn,
        int logRetentionDays,
        FunctionOptions functions,
        boolean snapStart,
        AlarmOptions alarms,
        Map<String, String> tags) {
    /** What Lambda's 4 KiB of environment have room for beside the producer's other variables. */
    private static final int NAMESPACES_MAX_BYTES = 3000;

    /** Three periods are within the day that an alarm can look back. */
    private static final int MOST_MINUTES = 480;

    /** CloudFormation shortens longer names of stacks where it puts them into names of functions and roles. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,9}");

    private static final Pattern NAMESPACE = Pattern.compile("[!-+\\--~]{1,1024}");
    private static final Pattern KEY_ARN =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]{1,64}");

    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");

    /**
     * The periods of the schedule.
     *
     * @param minutes between two reads
     * @param fullSyncHour the hour of the day, UTC, of the daily full sync
     */
    public record Schedules(int minutes, int fullSyncHour) {}

    /**
     * Reads and checks the context.
     *
     * @param context as CDK has it: cdk.json's, and {@code -c name=value}
     * @throws OptionsException if anything is wrong, with every problem
     */
    public static Options of(Map<String, ?> context) {
        var reader = new ContextReader(context);
        Schedules schedules = new Schedules(
                reader.number("scheduleMinutes", 5, 1, MOST_MINUTES), reader.number("fullSyncHour", 3, 0, 23));
        Optional<String> kmsKeyArn = keyArn(reader, "kmsKeyArn");
        var options = new Options(
                reader.text("namePrefix", PREFIX, "up to 10 letters, digits and hyphens, and begin with a letter")
                        .orElse(""),
                namespaces(reader),
                schedules,
                reader.oneOf("cloudTrail", "existing", "create").equals("create"),
                Neo4jOptions.read(reader),
                kmsKeyArn,
                LogRetention.read(reader),
                FunctionOptions.read(reader),
                reader.oneOf("snapStart", "true", "false").equals("true"),
                AlarmOptions.read(reader, schedules.minutes()),
                tags(reader));
        reader.check();
        return options;
    }

    /** Returns the name of the CloudFormation stack. */
    public String stackName() {
        return namePrefix.isEmpty() ? "CloudMapGraph" : namePrefix + "-CloudMapGraph";
    }

    static Optional<String> keyArn(ContextReader reader, String name) {
        return reader.text(name, KEY_ARN, "the ARN of a KMS key (not of an alias), arn:aws:kms:REGION:ACCOUNT:key/ID");
    }

    private static List<String> namespaces(ContextReader reader) {
        List<String> namespaces =
                reader.list("namespaces", NAMESPACE, "the name, id or ARN of a namespace, without spaces");
        int bytes = String.join(",", namespaces).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NAMESPACES_MAX_BYTES) {
            reader.problem(
                    "namespaces",
                    "takes " + bytes + " bytes; at most " + NAMESPACES_MAX_BYTES + " fit into a function's 4 KiB of"
                            + " environment. Name them by id rather than ARN, or deploy twice with a namePrefix each");
        }
        return namespaces;
    }

    /** Checks what AWS allows in a tag. */
    private static Map<String, String> tags(ContextReader reader) {
        Map<String, String> tags = reader.pairs("tags");
        if (!tags.entrySet().stream().allMatch(tag -> isAllowed(tag.getKey(), tag.getValue()))) {
            // Without either: what stands before a '=' may be a secret that was pasted here.
            reader.problem(
                    "tags",
                    "holds a key or a value that AWS does not take; a key has up to 128 characters and does not begin"
                            + " with aws:, a value up to 256; letters, digits, spaces and _ . : / = + - @");
        }
        if (tags.size() > 50) {
            reader.problem("tags", "names " + tags.size() + " tags; a resource takes 50 at most");
        }
        return tags;
    }

    private static boolean isAllowed(String key, String value) {
        return key.length() <= 128
                && value.length() <= 256
                && !key.startsWith("aws:")
                && TAG.matcher(key + value).matches();
    }
}
