package io.github.cloudmapgraph.infra;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * As much of CloudWatch's metric math as an alarm may need, of one point in time; not a number where data is missing.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using math
 *     expressions with CloudWatch metrics</a>
 */
final class MetricMath {
    private static final double MISSING = Double.NaN;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9.]+|[<>=!]=|[-+*/<>(),\\[\\]]");

    private final Deque<String> rest;
    private final Map<String, Double> data;

    private MetricMath(String expression, Map<String, Double> data) {
        if (!TOKEN.matcher(expression).replaceAll("").isBlank()) {
            throw new AssertionError("more than this test understands: " + expression);
        }
        this.rest = new ArrayDeque<>(
                TOKEN.matcher(expression).results().map(match -> match.group()).toList());
        this.data = data;
    }

    /** Returns an expression's value; {@code data} holds the metrics by their ids, and not those that are missing. */
    static double value(String expression, Map<String, Double> data) {
        var math = new MetricMath(expression, data);
        double value = math.comparison();
        if (!math.rest.isEmpty()) {
            throw new AssertionError("more than this test understands: " + math.rest);
        }
        return value;
    }

    private double comparison() {
        double left = sum();
        if (rest.isEmpty() || !rest.peek().matches("[<>]|[<>=!]=")) {
            return left;
        }
        String operator = rest.pop();
        double right = sum();
        if (Double.isNaN(left) || Double.isNaN(right)) {
            return MISSING;
        }
        int order = Double.compare(left, right);
        boolean holds = switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case "==" -> order == 0;
            default -> order != 0;
        };
        return holds ? 1 : 0;
    }

    private double sum() {
        double value = product();
        while (!rest.isEmpty() && rest.peek().matches("[-+]")) {
            value = rest.pop().equals("+") ? value + product() : value - product();
        }
        return value;
    }

    private double product() {
        double value = operand();
        while (!rest.isEmpty() && rest.peek().matches("[*/]")) {
            value = rest.pop().equals("*") ? value * operand() : value / operand();
        }
        return value;
    }

    private double operand() {
        String token = rest.pop();
        if (token.equals("(")) {
            return arguments(")").getFirst();
        }
        if (Character.isDigit(token.charAt(0))) {
            return Double.parseDouble(token);
        }
        return !rest.isEmpty() && rest.peek().equals("(") ? call(token) : data.getOrDefault(token, MISSING);
    }

    private double call(String function) {
        rest.pop();
        List<Double> arguments = arguments(")");
        return switch (function) {
            case "IF" -> {
                double condition = arguments.get(0);
                yield Double.isNaN(condition) ? MISSING : arguments.get(condition == 0 ? 2 : 1);
            }
            case "FILL" -> Double.isNaN(arguments.get(0)) ? arguments.get(1) : arguments.get(0);
            // Of an array, point by point; what is missing is left out.
            case "MAX" ->
                Collections.max(arguments, (a, b) -> Double.isNaN(a) ? -1 : Double.isNaN(b) ? 1 : Double.compare(a, b));
            default -> throw new AssertionError("more than this test understands: " + function);
        };
    }

    /** Reads up to the closing bracket; an array stands for its elements. */
    private List<Double> arguments(String closing) {
        List<Double> arguments = new ArrayList<>();
        while (!rest.isEmpty() && !rest.peek().equals(closing)) {
            if (rest.peek().equals("[")) {
                rest.pop();
                arguments.addAll(arguments("]"));
            } else {
                arguments.add(comparison());
            }
            if (!rest.isEmpty() && rest.peek().equals(",")) {
                rest.pop();
            }
        }
        rest.pop();
        return arguments;
    }
}
