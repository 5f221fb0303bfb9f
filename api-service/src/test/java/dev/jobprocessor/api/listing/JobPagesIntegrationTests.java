package dev.jobprocessor.api.listing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.filters.JobFilter;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFailure;
import dev.jobprocessor.api.jobs.JobLabels;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobRequests;
import dev.jobprocessor.api.jobs.JobStarted;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages of every filter, one after the other, are the whole. */
@ApiIntegrationTest
class JobPagesIntegrationTests {

    private static final List<Set<JobStatus>> STATUSES = List.of(Set.of(), Set.of(JobStatus.PENDING),
            Set.of(JobStatus.PENDING, JobStatus.FAILED), Set.of(JobStatus.CANCELLED));

    /** Each is found by some of the jobs. */
    private static final List<String> TEXTS = List.of("report", "quart rep", "naïve", "a+b 100%", "\"rock & roll\"",
            "c#?=/", "ください", "東京 report");

    private static final ParameterizedTypeReference<List<JobView>> LIST = new ParameterizedTypeReference<>() {
    };

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    @Autowired
    private ApiClient api;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobList list;

    /** Many of the same millisecond, some of others. */
    @BeforeEach
    void submit() {
        for (int i = 0; i < 3; i++) {
            List<String> ids = this.api.submitAll(prompts());
            this.jobs.finish(ids.get(0), 1, JobOutcome.completed("[]"));
            this.jobs.finish(ids.get(1), 1, JobOutcome.failed(JobFailure.REPORTED, "e"));
            this.jobs.finish(ids.get(2), 1, JobOutcome.failed(JobFailure.REPORTED, "e"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 5, 500 })
    void pagesAreTheWholeOfEveryFilter(int limit) {
        List<Job> all = this.list
            .page(new JobQuery(JobQuery.MAX_LIMIT, Set.of(), null, null, JobFilter.ALL, null, PageOrder.NEWEST, null))
            .jobs();
        assertThat(all).hasSize(3 * prompts().size());
        for (Set<JobStatus> statuses : STATUSES) {
            List<Job> ofStatus = all.stream()
                .filter((job) -> statuses.isEmpty() || statuses.contains(job.status()))
                .toList();
            assertThat(walk(limit, statuses, null)).isEqualTo(ids(ofStatus));
            for (String text : TEXTS) {
                List<Job> whole = this.list
                    .page(new JobQuery(JobQuery.MAX_LIMIT, statuses, null, text, JobFilter.ALL, null, PageOrder.NEWEST,
                            null))
                    .jobs();
                assertThat(ids(whole)).isSubsetOf(ids(ofStatus)); // meanwhile published
                assertThat(walk(limit, statuses, text)).as("%s %s", statuses, text).isEqualTo(ids(whole));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 500 })
    void pagesAreTheWholeOfEveryIndexedFilter(int limit) {
        List<String> ids = submitLabelled();
        Instant second = this.api.find(ids.get(7)).createdAt();
        Map<JobFilter, Predicate<Job>> filters = Map.of(new JobFilter(true, null, null, null, null, false, null, null),
                (job) -> job.status() == JobStatus.PENDING && job.request().runAt() != null,
                new JobFilter(false, JobLabels.ofTag("red, or so"), null, null, null, false, null, null),
                (job) -> job.request().tags() != null,
                new JobFilter(false, JobLabels.ofPair("customer", "a=b"), null, null, null, false, null, null),
                (job) -> job.request().metadata() != null,
                new JobFilter(false, null, "worker-1", null, null, false, null, null),
                (job) -> "worker-1".equals(job.worker()),
                new JobFilter(false, null, null, "reported", null, false, null, null),
                (job) -> "reported".equals(job.errorCode()),
                new JobFilter(false, null, null, null, "reported: e", false, null, null),
                (job) -> "e".equals(job.error()), new JobFilter(false, null, null, null, null, true, null, null),
                (job) -> job.result() != null && job.result().head().equals("prose"), JobFilter.ALL, (job) -> true);
        List<Job> all = this.list
            .page(new JobQuery(JobQuery.MAX_LIMIT, Set.of(), null, null, JobFilter.ALL, null, PageOrder.NEWEST, null))
            .jobs();
        filters.forEach((filter, matches) -> {
            for (Set<JobStatus> statuses : STATUSES) {
                List<Job> whole = all.stream()
                    .filter((job) -> (statuses.isEmpty() || statuses.contains(job.status())) && matches.test(job))
                    .toList();
                assertThat(walk(limit, statuses, null, filter)).as("%s %s", statuses, filter).isEqualTo(ids(whole));
                assertThat(walk(limit, statuses, null, between(filter, null, second)))
                    .isEqualTo(ids(whole.stream().filter((job) -> job.createdAt().isBefore(second)).toList()));
                assertThat(walk(limit, statuses, null, between(filter, second, Instant.MAX)))
                    .isEqualTo(ids(whole.stream().filter((job) -> job.createdAt().isAfter(second)).toList()));
            }
            if (limit > 1) {
                assertThat(walk(limit, Set.of(), null, filter)).as(filter.toString()).isNotEmpty();
            }
        });
    }

    /** Of each batch, one job of each status, and others. */
    private List<String> submitLabelled() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<JobRequest> batch = new ArrayList<>();
            for (int j = 0; j < 6; j++) {
                batch.add(JobRequests.labelled("job " + j, (j % 2 == 0) ? Map.of("customer", "a=b") : null,
                        (j < 4) ? List.of("red, or so", "blue") : null));
            }
            batch.add(JobRequests.scheduled("later", Instant.now().plusSeconds(3600), null));
            JobView[] jobs = Objects
                .requireNonNull(this.api.post("/jobs/batch", batch, Map.of()).retrieve().body(JobView[].class));
            ids.addAll(Stream.of(jobs).map(JobView::id).toList());
            this.jobs.started(List.of(new JobStarted(jobs[0].id(), 1, "worker-1", Instant.now()),
                    new JobStarted(jobs[1].id(), 1, "worker-1", Instant.now()),
                    new JobStarted(jobs[2].id(), 1, "worker-2", Instant.now())));
            this.jobs.finish(jobs[0].id(), 1, JobOutcome.completed("prose"));
            this.jobs.finish(jobs[3].id(), 1, JobOutcome.failed(JobFailure.REPORTED, "e"));
            this.api.call(HttpMethod.POST, "/jobs/" + jobs[2].id() + "/cancel");
        }
        return ids;
    }

    private static JobFilter between(JobFilter filter, @Nullable Instant after, @Nullable Instant before) {
        return new JobFilter(filter.scheduled(), filter.label(), filter.worker(), filter.errorCode(), filter.failure(),
                filter.malformed(), after, before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "tag=red,%20or%20so", "metadata.customer=a%3Db", "tag=red%2C+or+so&status=PENDING",
            "state=scheduled", "result=malformed&status=COMPLETED", "tag=red,%20or%20so&order=oldest",
            "metadata.customer=a%3Db&createdAfter=2020-01-01T00:00:00Z" })
    void linksLeadThroughTheWholeOfEveryIndexedFilter(String filter) {
        submitLabelled();
        List<String> whole = follow("/jobs?limit=500&" + filter);
        assertThat(whole).hasSizeGreaterThanOrEqualTo(3);
        assertThat(follow("/jobs?limit=1&" + filter)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = { "tag=blues", "tag=customer%3Da%3Db", "tag=%3Dblue", "metadata.customer=a", "worker=worker",
            "errorCode=report" })
    void findsNothingElse(String filter) {
        submitLabelled();
        assertThat(follow("/jobs?limit=500&" + filter)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "limit=1", "limit=1&status=PENDING,FAILED", "status=PENDING%2CFAILED&limit=1",
            "limit=1&status=PENDING&status=FAILED" })
    void linksLeadThroughTheWholeOfEveryFilter(String filter) {
        List<String> queries = new ArrayList<>(List.of("", "&q=quart+rep", "&q=quart%20rep", "&q="));
        TEXTS.forEach((text) -> queries.add("&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
        for (String query : queries) {
            String pages = "/jobs?" + filter + query;
            List<String> whole = follow(pages.replace("limit=1", "limit=500"));
            assertThat(whole).as(pages).hasSizeGreaterThanOrEqualTo(3);
            assertThat(follow(pages)).as(pages).isEqualTo(whole);
        }
    }

    @Test
    void refusesToGoOnInTheOtherOrder() {
        String next = Objects.requireNonNull(next(this.api.get("/jobs?limit=1").retrieve().toEntity(LIST)));
        String after = next.substring(next.indexOf("&after="));
        assertThat(this.api.call(HttpMethod.GET, "/jobs?limit=1&order=newest" + after).getStatusCode())
            .isEqualTo(HttpStatus.OK);
        assertThat(this.api.call(HttpMethod.GET, "/jobs?limit=1&order=oldest" + after).getStatusCode())
            .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void linksToTheAddressThatProxiesWereAskedAt() {
        ResponseEntity<List<JobView>> page = this.api.get("/jobs?limit=1&q=quart%20rep").headers((headers) -> {
            headers.set("X-Forwarded-Proto", "https");
            headers.set("X-Forwarded-Port", "443");
        }).retrieve().toEntity(LIST);
        assertThat(next(page)).startsWith("https://localhost/jobs?limit=1&q=quart%20rep&after=");
    }

    private List<String> walk(int limit, Set<JobStatus> statuses, @Nullable String text) {
        return walk(limit, statuses, text, JobFilter.ALL);
    }

    /** Newest first, as well as oldest first backwards. */
    private List<String> walk(int limit, Set<JobStatus> statuses, @Nullable String text, JobFilter filter) {
        List<String> newestFirst = walk(limit, statuses, text, filter, PageOrder.NEWEST);
        assertThat(walk(limit, statuses, text, filter, PageOrder.OLDEST)).isEqualTo(newestFirst.reversed());
        return newestFirst;
    }

    private List<String> walk(int limit, Set<JobStatus> statuses, @Nullable String text, JobFilter filter,
            PageOrder order) {
        List<String> ids = new ArrayList<>();
        PageCursor after = null;
        do {
            JobPage page = this.list.page(new JobQuery(limit, statuses, null, text, filter, null, order, after));
            ids.addAll(ids(page.jobs()));
            after = page.next();
        }
        while (after != null);
        return ids;
    }

    private List<String> follow(String query) {
        List<String> ids = new ArrayList<>();
        String next = query;
        while (next != null) {
            ResponseEntity<List<JobView>> page = this.api.get(next).retrieve().toEntity(LIST);
            Objects.requireNonNull(page.getBody()).forEach((job) -> ids.add(job.id()));
            String link = next(page);
            next = (link != null) ? link.replaceFirst("https?://[^/]*", "") : null;
        }
        return ids;
    }

    private static @Nullable String next(ResponseEntity<?> page) {
        String link = page.getHeaders().getFirst(HttpHeaders.LINK);
        Matcher matcher = NEXT.matcher((link != null) ? link : "");
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static List<String> prompts() {
        List<String> prompts = new ArrayList<>(TEXTS.stream().map((text) -> "Tell me of " + text).toList());
        prompts.add("The quarterly report, a naïve a+b of 100%, \"rock & roll\" and c#?=/");
        prompts.add("東京タワーの report をください");
        prompts.addAll(TEXTS);
        return prompts;
    }

    private static List<String> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }

}
