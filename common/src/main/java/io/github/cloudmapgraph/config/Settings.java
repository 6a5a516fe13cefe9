package io.github.cloudmapgraph.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads environment variables and collects what is wrong with them, so that every problem is reported together.
 *
 * <p>No value is told: what stands where it does not belong may be a secret. Its length is, or which side of the bounds
 * a number is on.
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

    private String ofForm(String name, String value, Pattern form, String meaning) {
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            problem(name, "has to be " + meaning + "; it holds something else, of " + value.length() + " characters");
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
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (!form.matcher(value).matches()) {
                problem(
                        name,
                        "has to be " + meaning + "; value " + (i + 1) + " is something else, of " + value.length()
                                + " characters");
                return List.of();
            }
        }
        return values;
    }

    /** Returns a whole number within bounds. */
    public int number(String name, int standard, int least, int most) {
        String value = text(name);
        if (value.isEmpty()) {
            return standard;
        }
        String bounds = "; it has to be a whole number from " + least + " to " + most;
        try {
            var number = new BigInteger(value);
            if (number.compareTo(BigInteger.valueOf(least)) < 0) {
                problem(name, "is too small" + bounds);
            } else if (number.compareTo(BigInteger.valueOf(most)) > 0) {
                problem(name, "is too large" + bounds);
            } else {
                return number.intValueExact();
            }
        } catch (NumberFormatException e) {
            problem(name, "is no number, but something else of " + value.length() + " characters" + bounds);
        }
        return standard;
    }

    /** Returns a duration that is given in whole seconds. */
    public Duration seconds(String name, int standard, int least, int most) {
        return Duration.ofSeconds(number(name, standard, least, most));
    }

    /** Notes a problem; it must not quote a malformed value. */
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
