package dev.jobprocessor.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param values one for each time it was measured
 * @param goal null where there is none
 * @param raw what the values were made of
 */
record Measurement(String name, String unit, List<Double> values, @Nullable Goal goal, List<Object> raw) {

    static Measurement of(String name, String unit) {
        return new Measurement(name, unit, new ArrayList<>(), null, new ArrayList<>());
    }

    static Measurement of(String name, String unit, Goal goal) {
        return new Measurement(name, unit, new ArrayList<>(), goal, new ArrayList<>());
    }

    void add(double value) {
        this.values.add(value);
    }

    void add(double value, Object raw) {
        this.values.add(value);
        this.raw.add(raw);
    }

    double median() {
        List<Double> sorted = this.values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String measured() {
        String median = withUnit(number(median()));
        if (this.values.size() == 1) {
            return median;
        }
        return "%s (%s to %s)".formatted(median, number(this.values.stream().min(Double::compare).orElseThrow()),
                number(this.values.stream().max(Double::compare).orElseThrow()));
    }

    String verdict() {
        if (this.goal == null) {
            return "";
        }
        return this.goal.isMetBy(median()) ? "yes" : "no";
    }

    String withUnit(String number) {
        return this.unit.isEmpty() ? number : number + " " + this.unit;
    }

    /** With three digits that say something. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = (size >= 100 || size == Math.rint(size)) ? "%,.0f" : (size >= 10) ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

}
