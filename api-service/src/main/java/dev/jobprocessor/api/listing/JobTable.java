package dev.jobprocessor.api.listing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.jobs.JobView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Jobs as rows of CSV (<a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>).
 */
class JobTable {

    static final String TYPE = "text/csv;charset=UTF-8";

    private static final List<String> COLUMNS = List.of("id", "status", "queue", "priority", "prompt", "result",
            "resultTruncated", "resultMalformed", "error", "errorCode", "attempt", "worker", "submittedBy", "createdAt",
            "startedAt", "completedAt", "runAt", "expiresAt", "usage", "tags", "metadata");

    /**
     * What a spreadsheet takes for the start of a formula
     * (<a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV
     * injection</a>).
     */
    private static final String FORMULA = "=+-@\t\r\n";

    private final JsonMapper json;

    private final ObjectWriter writer;

    JobTable(JsonMapper json) {
        this.json = json;
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        COLUMNS.forEach(schema::addColumn);
        this.writer = new CsvMapper().writer(schema.build());
    }

    ObjectWriter writer() {
        return this.writer;
    }

    Map<String, String> row(JobView job) {
        JsonNode fields = this.json.valueToTree(job);
        Map<String, String> row = new HashMap<>();
        for (String column : COLUMNS) {
            row.put(column, cell(fields.path(column)));
        }
        return row;
    }

    private static String cell(JsonNode value) {
        if (!value.isString()) {
            return value.isMissingNode() ? "" : value.toString();
        }
        String text = value.asString();
        return (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
    }

}
