package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** All that was measured, and on what. */
final class Report {

    private final Map<String, Object> circumstances = new LinkedHashMap<>();

    private final List<Measurement> measurements = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    void circumstance(String name, Object value) {
        this.circumstances.put(name, value);
    }

    /** Takes a line in, and shows it to who waits for the end. */
    void add(Measurement measurement) {
        this.measurements.add(measurement);
        System.out.printf("    %s: %s%n", measurement.name(), measurement.measured());
    }

    /** Something to know about the figures, such as which are missing. */
    void note(String note) {
        this.notes.add(note);
        System.out.printf("    %s%n", note);
    }

    /** The figures as a table in Markdown. */
    String table() {
        StringBuilder table = new StringBuilder("| figure | measured | goal | met |\n| --- | --- | --- | --- |\n");
        for (Measurement line : this.measurements) {
            table.append("| %s | %s | %s | %s |\n".formatted(line.name(), line.measured(), goal(line), line.verdict()));
        }
        this.notes.forEach((note) -> table.append('\n').append(note));
        return table.toString();
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Map<String, Object> report = new LinkedHashMap<>(this.circumstances);
        report.put("figures", this.measurements.stream().map(Report::line).toList());
        report.put("notes", this.notes);
        json.writeValue(file, report);
    }

    private static String goal(Measurement line) {
        return (line.goal() != null) ? line.withUnit(line.goal().toString()) : "";
    }

    private static Map<String, Object> line(Measurement measurement) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", measurement.name());
        line.put("unit", measurement.unit());
        line.put("median", measurement.median());
        line.put("values", measurement.values());
        line.put("goal", goal(measurement));
        line.put("met", measurement.verdict());
        line.put("raw", measurement.raw());
        return line;
    }

}
