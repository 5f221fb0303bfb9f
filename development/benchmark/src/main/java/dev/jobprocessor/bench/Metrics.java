package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.jobprocessor.local.ServiceProcess;

/** What a service counts, in Prometheus' text format, at one time. */
record Metrics(String text) {

    private static final Pattern LINE = Pattern.compile("(?m)^(?<name>\\w+)(\\{(?<labels>.*)})? (?<value>\\S+)$");

    static Metrics of(ServiceProcess service) throws IOException {
        try (HttpConnection connection = new HttpConnection(service.managementPort())) {
            HttpConnection.Response response = connection.exchange(HttpConnection.get("/actuator/prometheus"));
            response.require(200);
            return new Metrics(new String(response.body(), StandardCharsets.UTF_8));
        }
    }

    /** What several services count together. */
    static Metrics of(List<ServiceProcess> services) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ServiceProcess service : services) {
            text.append(of(service).text());
        }
        return new Metrics(text.toString());
    }

    /** The sum over all labels. */
    double sum(String name) {
        return by(name, "").values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The sums for each value of a label. */
    Map<String, Double> by(String name, String label) {
        Pattern value = Pattern.compile("(?:^|,)" + label + "=\"([^\"]*)\"");
        Map<String, Double> sums = new TreeMap<>();
        Matcher line = LINE.matcher(this.text);
        while (line.find()) {
            if (line.group("name").equals(name)) {
                Matcher labels = value.matcher((line.group("labels") != null) ? line.group("labels") : "");
                sums.merge(labels.find() ? labels.group(1) : "", Double.valueOf(line.group("value")), Double::sum);
            }
        }
        return sums;
    }

    /** How much more has been counted since. */
    Map<String, Double> since(Metrics before, String name, String label) {
        Map<String, Double> earlier = before.by(name, label);
        Map<String, Double> growth = new TreeMap<>();
        by(name, label).forEach((value, sum) -> growth.put(value, sum - earlier.getOrDefault(value, 0.0)));
        return growth;
    }

}
