package dev.jobprocessor.api.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.jobprocessor.api.database.PageCursor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Access")
class AuditController {

    static final int MAX_LIMIT = 500;

    private static final String FILTERS = "One of actor, action and target can be used at a time, with since (included) and "
            + "before (not included) as needed.";

    private final AuditEntries entries;

    private final JsonMapper mapper;

    private final Clock clock;

    AuditController(AuditEntries entries, JsonMapper mapper, Clock clock) {
        this.entries = entries;
        this.mapper = mapper;
        this.clock = clock;
    }

    @GetMapping(path = "/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List who changed what and who was refused, newest first",
            description = "The last 365 days. The Link header with rel=\"next\" leads to the next page. " + FILTERS)
    ResponseEntity<List<AuditEntry>> list(@RequestParam(defaultValue = "100") @Min(1) @Max(MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = AuditEntry.MAX_LENGTH) @Nullable String actor,
            @RequestParam(required = false) @Size(max = AuditEntry.MAX_LENGTH) @Nullable String action,
            @RequestParam(required = false) @Size(max = AuditEntry.MAX_LENGTH) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant before,
            @RequestParam(required = false) @Nullable String after) {
        AuditFilter filter = new AuditFilter(actor, action, target, since, before);
        List<AuditEntry> page = this.entries.find(filter, (after != null) ? PageCursor.parse(after) : null, limit + 1);
        ResponseEntity.BodyBuilder response = ResponseEntity.ok().cacheControl(CacheControl.noStore());
        if (page.size() > limit) {
            page = page.subList(0, limit);
            response.header(HttpHeaders.LINK, page.getLast().cursor().link());
        }
        return response.body(page);
    }

    @GetMapping(path = "/audit/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(summary = "Export the audit log, an entry a line, newest first",
            description = "All entries that match, whatever their number, in constant memory. " + FILTERS)
    void export(@RequestParam(required = false) @Size(max = AuditEntry.MAX_LENGTH) @Nullable String actor,
            @RequestParam(required = false) @Size(max = AuditEntry.MAX_LENGTH) @Nullable String action,
            @RequestParam(required = false) @Size(max = AuditEntry.MAX_LENGTH) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant before, HttpServletResponse response) throws IOException {
        AuditFilter filter = new AuditFilter(actor, action, target, since,
                Objects.requireNonNullElseGet(before, this.clock::instant));
        List<AuditEntry> page = this.entries.find(filter, null, MAX_LIMIT);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("audit.ndjson").build().toString());
        OutputStream lines = response.getOutputStream();
        while (!page.isEmpty()) {
            write(page, lines);
            page = this.entries.find(filter, page.getLast().cursor(), MAX_LIMIT);
        }
    }

    private void write(List<AuditEntry> page, OutputStream lines) throws IOException {
        for (AuditEntry entry : page) {
            lines.write(this.mapper.writeValueAsBytes(entry));
            lines.write('\n');
        }
    }

}
