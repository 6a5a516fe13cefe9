package io.github.cloudmapgraph.snapshot;

import java.util.regex.Pattern;

/**
 * The part of the graph that one deployment keeps: {@code account:region}, or {@code account:region:name} where an
 * account has several deployments.
 *
 * @param value the scope as it stands on every node, for example {@code 111122223333:eu-west-1}
 */
public record Scope(String value) implements Comparable<Scope> {
    private static final Pattern FORM = Pattern.compile("\\d{12}:[a-z]{2,4}(-[a-z]+)+-\\d+(:[A-Za-z0-9_-]{1,64})?");

    /** Room for any: a region's name takes about 15. Java's repeated groups take stack for each repetition. */
    private static final int MOST_CHARACTERS = 128;

    public Scope {
        if (value.length() > MOST_CHARACTERS || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("scope '" + abbreviated(value)
                    + "' is not of the form ACCOUNT:REGION or ACCOUNT:REGION:NAME (12 digits, a region such as"
                    + " eu-west-1, a name of up to 64 letters, digits, '-' or '_')");
        }
    }

    /**
     * Names the scope of a deployment.
     *
     * @param name the deployment's configured name, or an empty string where the account has one deployment
     */
    public static Scope of(String account, String region, String name) {
        return new Scope(account + ":" + region + (name.isEmpty() ? "" : ":" + name));
    }

    public String account() {
        return value.substring(0, 12);
    }

    @Override
    public int compareTo(Scope other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
