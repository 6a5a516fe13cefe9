package io.github.cloudmapgraph.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads environment variables and collects what is wrong with them, so that every problem is reported together.
 *
 * <p>A method that finds a problem returns a stand-in; {@link #check()}, called last, then throws.
 */
public final class Settings {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    /** Creates the reader of one environment. */
    public Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns a variable's value without surrounding space; empty where it is not set. */
    public String text(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /** Returns a variable that has to be set. */
    public String required(String name, String meaning) {
        String value = text(name);
        if (value.isEmpty()) {
            problem(name, "is not set; it has to be " + meaning);
        }
        return value;
    }

    /** Returns a variable that has to be set, and to be of a form; {@code meaning} says of which. */
    public String required(String name, Pattern form, String meaning) {
        return ofForm(name, required(name, meaning), form, meaning);
    }

    /** Returns a variable that, where it is set, has to be of a form; {@code meaning} says of which. */
    public String text(String name, Pattern form, String meaning) {
        return ofForm(name, text(name), form, meaning);
    }

    /** Without the value: what stands where it does not belong may be a secret. */
    private String ofForm(String name, String value, Pattern form, String meaning) {
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            problem(name, "has to be " + meaning);
            return "";
        }
        return value;
    }

    /** Returns the values between commas, each of which has to be of a form; empty where it is not set. */
    public List<String> list(String name, Pattern form, String meaning) {
        List<String> values = Arrays.stream(text(name).split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (!values.stream().allMatch(value -> form.matcher(value).matches())) {
            problem(name, "has to be " + meaning);
        }
        return values;
    }

    /** Returns a whole number within bounds. */
    public int number(String name, int standard, int least, int most) {
        String value = text(name);
        if (value.isEmpty()) {
            return standard;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, with what is allowed.
        }
        problem(name, "is '" + abbreviated(value) + "'; it has to be a whole number from " + least + " to " + most);
        return standard;
    }

    /** Returns a duration that is given in whole seconds. */
    public Duration seconds(String name, int standard, int least, int most) {
        return Duration.ofSeconds(number(name, standard, least, most));
    }

    private static String abbreviated(String value) {
        return value.length() <= 50 ? value : value.substring(0, 50) + "...";
    }

    /** Notes a problem. */
    public void problem(String name, String problem) {
        problems.add(name + " " + problem);
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException if anything was wrong, with all of it
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
