package dev.jobprocessor.api.listing;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@ApiIntegrationTest
class JobExportIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private JsonMapper mapper;

    @Autowired
    @Qualifier("databaseProxy")
    private TcpProxy databaseProxy;

    @Test
    void exportsAllJobsOfManyPages() {
        this.api.submitAll(IntStream.range(0, 250).mapToObj((i) -> "job " + i).toList());
        String lines = export("").getBody();
        List<JobView> exported = Objects.requireNonNull(lines)
            .lines()
            .map((line) -> this.mapper.readValue(line, JobView.class))
            .toList();
        assertThat(exported).extracting(JobView::id)
            .isEqualTo(Objects.requireNonNull(this.api.list("?limit=500").getBody()).stream().map(JobView::id).toList())
            .hasSize(250);
    }

    @Test
    void exportsThoseThatMatchAlone() {
        this.api.submit("another");
        JobView tagged = Objects.requireNonNull(
                this.api.post("/jobs", Map.of("prompt", "tagged", "metadata", Map.of("customer", "17")), Map.of())
                    .retrieve()
                    .body(JobView.class));
        ResponseEntity<String> answer = export("?metadata.customer=17");
        assertThat(answer.getBody()).hasLineCount(1).contains(tagged.id()).endsWith("}\n");
        assertThat(answer.getHeaders().getContentDisposition().getFilename()).isEqualTo("jobs.ndjson");
        assertThat(export("?status=CANCELLED").getBody()).isNullOrEmpty();
    }

    @Test
    void exportsTableThatSpreadsheetsTakeForText() throws Exception {
        String formula = "=HYPERLINK(\"http://example.com\")";
        String text = "two\nlines, a \"quote\" and 東京";
        this.api.submitAll(List.of(formula, text));
        this.api.post("/jobs", Map.of("prompt", "labelled", "tags", List.of("a", "b, c")), Map.of())
            .retrieve()
            .toBodilessEntity();
        ResponseEntity<String> answer = export("?format=csv");
        assertThat(answer.getHeaders().getContentType()).hasToString("text/csv;charset=UTF-8");
        assertThat(answer.getHeaders().getContentDisposition().getFilename()).isEqualTo("jobs.csv");
        List<Map<String, String>> rows = rows(Objects.requireNonNull(answer.getBody()));
        assertThat(rows).extracting((row) -> row.get("prompt"))
            .containsExactlyInAnyOrder("'" + formula, text, "labelled");
        assertThat(rows).extracting((row) -> row.get("tags")).containsExactlyInAnyOrder("", "", "[\"a\",\"b, c\"]");
        assertThat(rows).allSatisfy((row) -> assertThat(row).containsEntry("status", "PENDING")
            .hasEntrySatisfying("createdAt", (time) -> assertThat(time).matches("\\d{4}-.*\\.\\d{3}Z")));
    }

    @Test
    void sendsNoFileWhereNothingCanBeRead() {
        this.databaseProxy.refuse();
        ResponseEntity<String> answer = export("?format=csv");
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getHeaders().containsHeader(HttpHeaders.CONTENT_DISPOSITION)).isFalse();
    }

    /** More than the buffers between the two hold. */
    @Test
    void cutsTheConnectionWhereTheRestCannotBeRead() throws Exception {
        List<String> prompts = IntStream.range(0, 1000).mapToObj((i) -> "x".repeat(5000)).toList();
        for (int batch = 0; batch < 4; batch++) {
            this.api.submitAll(prompts);
        }
        HttpRequest request = HttpRequest.newBuilder(this.api.uri("/jobs/export")).build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream lines = client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(lines.read()).isEqualTo('{');
            this.databaseProxy.refuse();
            assertThatIOException().isThrownBy(lines::readAllBytes);
        }
        finally {
            this.databaseProxy.resume();
        }
    }

    private ResponseEntity<String> export(String query) {
        return this.api.get("/jobs/export" + query).retrieve().toEntity(String.class);
    }

    private static List<Map<String, String>> rows(String csv) throws Exception {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper().readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(csv)) {
            return rows.readAll();
        }
    }

}
