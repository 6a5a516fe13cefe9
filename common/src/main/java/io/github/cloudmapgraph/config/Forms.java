package io.github.cloudmapgraph.config;

import java.util.regex.Pattern;

/**
 * How the names of AWS's resources look: wide enough for all, and too narrow for a value that was meant for another
 * variable.
 */
public final class Forms {
    public static final Pattern QUEUE_URL = Pattern.compile("https?://[^\\s/?#]+(/[^\\s?#]*)?");

    /** A table's name or ARN. */
    public static final Pattern TABLE =
            Pattern.compile("[A-Za-z0-9_.-]{3,255}|arn:[^\\s/]+:table/[A-Za-z0-9_.-]{3,255}");

    public static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

    /** A secret's name or ARN. */
    public static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@!:-]{1,2048}");

    /** A namespace's name, id or ARN. */
    public static final Pattern NAMESPACE = Pattern.compile("[!-~]{1,1024}");

    private Forms() {}
}
