package io.github.cloudmapgraph.local.cloudmap;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API's model says of a text: its length and pattern. */
record Rule(int min, int max, @Nullable Pattern pattern) {
    static final Rule ARN = length(0, 255);
    static final Rule RESOURCE_ARN = length(1, 1011);
    static final Rule RESOURCE_ID = length(0, 64);
    static final Rule OPERATION_ID = length(0, 255);
    static final Rule DESCRIPTION = length(0, 1024);
    static final Rule NEXT_TOKEN = length(0, 4096);
    static final Rule FILTER_VALUE = length(1, 255);
    static final Rule RESOURCE_PATH = length(0, 255);
    static final Rule ACCOUNT = length(12, 12);
    static final Rule INSTANCE_ID = pattern(64, "^[0-9a-zA-Z_/:.@-]+$");
    static final Rule ATTRIBUTE_KEY = pattern(255, "^[a-zA-Z0-9!-~]+$");
    static final Rule ATTRIBUTE_VALUE = pattern(1024, "^([a-zA-Z0-9!-~][ \\ta-zA-Z0-9!-~]*){0,1}[a-zA-Z0-9!-~]{0,1}$");
    static final Rule SERVICE_ATTRIBUTE_KEY = length(1, 255);
    static final Rule SERVICE_ATTRIBUTE_VALUE = length(0, 1024);
    static final Rule NAMESPACE_NAME = pattern(1024, "^[!-~]{1,1024}$");
    static final Rule HTTP_NAMESPACE_NAME = pattern(1024, "^(?!arn:)[!-~]{1,1024}$");
    static final Rule PRIVATE_NAMESPACE_NAME = pattern(253, "^(?!arn:)[!-~]{1,253}$");
    static final Rule PUBLIC_NAMESPACE_NAME = pattern(
            253, "^([a-zA-Z0-9]([a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9]([a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?$");
    static final Rule SERVICE_NAME = pattern(
            127,
            "((?=^.{1,127}$)^([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9])"
                    + "(\\.([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9]))*$)|(^\\.$)");

    // Not in the model: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
    private static final String TAG_CHARACTERS = "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$";
    static final Rule TAG_KEY = new Rule(1, 128, Pattern.compile(TAG_CHARACTERS));
    static final Rule TAG_VALUE = new Rule(0, 256, Pattern.compile(TAG_CHARACTERS));

    static Rule length(int min, int max) {
        return new Rule(min, max, null);
    }

    private static Rule pattern(int max, String pattern) {
        return new Rule(0, max, Pattern.compile(pattern));
    }

    /** Returns the text, or refuses it with the member's name and the constraint. */
    String check(String text, String member) {
        if (text.length() < min) {
            throw refusal(text, member, "Member must have length greater than or equal to " + min);
        }
        if (text.length() > max) {
            throw refusal(text, member, "Member must have length less than or equal to " + max);
        }
        // The whole text: a '$' alone would let a last line break pass.
        if (pattern != null && !pattern.matcher(text).matches()) {
            throw refusal(text, member, "Member must satisfy regular expression pattern: " + pattern.pattern());
        }
        return text;
    }

    static Refusal refusal(String value, String member, String constraint) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "..." : value;
        return Refusal.invalid(
                "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(shown, member, constraint));
    }
}
