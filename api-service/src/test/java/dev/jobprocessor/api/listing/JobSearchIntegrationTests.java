package dev.jobprocessor.api.listing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.JobAttempts;
import dev.jobprocessor.api.jobs.JobDeferral;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobFailure;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.JobStarted;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.JobRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class JobSearchIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private Jobs jobs;

    @Autowired
    private JobAttempts attempts;

    @Autowired
    private Clock clock;

    @ParameterizedTest
    @ValueSource(strings = { "*", "%", "🚀", "'", "\"", ".*", "…", "<", "!? -" })
    void findsNothingByTextWithoutWord(String text) {
        submit("A prompt with * and % and 🚀 and ' and \" …");
        assertThat(search(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "%20", "%20%09" })
    void findsAllByBlankText(String text) {
        String id = submit("job");
        assertThat(list("?q=" + text)).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({ "東京タワーの高さを教えてください, ください", "東京タワーの高さを教えてください, タワー", "東京タワーの高さを教えてください, ﾀﾜｰ", "東京タワーの高さを教えてください, ーの高",
            "東京タワーの高さを教えてください, 東京タワーの高さを教えてください", "東京タワーの高さを教えてください, 東", "今天天气怎么样, 天气", "今天天气怎么样, 样",
            "สวัสดีชาวโลก, ชาวโลก", "ສະບາຍດີໂລກ, ໂລກ", "សួស្តីពិភពលោក, ពិភព", "မင်္ဂလာပါကမ္ဘာ, ကမ္ဘာ",
            "Tokyo2024年の天気ab, 年の天", "Tokyo2024年の天気ab, tokyo", "Tokyo2024年の天気ab, ab", "Straße nach Zürich, zü" })
    void findsTextOfScriptsWithoutSpacesByAnyPart(String prompt, String part) {
        String id = submit(prompt);
        submit("東と京、タとワ、天と気、く だ さ い");
        assertThat(search(part)).contains(id);
    }

    @Test
    void findsNoTextThatOnlyHasThePairs() {
        submit("東京と京都");
        String id = submit("これは東京都です");
        assertThat(search("東京都")).containsExactly(id);
    }

    @Test
    void findsEveryPartOfPromptWithMoreWordsThanAreIndexed() {
        String ideographs = submit(IntStream.range(0, JobRequest.MAX_LENGTH)
            .mapToObj((i) -> Character.toString(0x4E00 + i))
            .collect(Collectors.joining()));
        String words = submit(IntStream.range(0, 1000).mapToObj((i) -> "N" + i).collect(Collectors.joining(" ")));
        assertThat(search(Character.toString(0x4E00) + Character.toString(0x4E01))).containsExactly(ideographs);
        int last = 0x4E00 + JobRequest.MAX_LENGTH - 1;
        assertThat(search(Character.toString(last - 1) + Character.toString(last))).containsExactly(ideographs);
        assertThat(search(Character.toString(last))).containsExactly(ideographs);
        assertThat(search(Character.toString(last) + Character.toString(last - 1))).isEmpty();
        assertThat(search("n998 n1")).containsExactly(words);
        assertThat(search("998")).isEmpty();
    }

    @Test
    void findsJobsByBeginningAndEndOfId() {
        String first = submit("a");
        String second = submit("b");
        assertThat(search(second)).containsExactly(second);
        assertThat(search(second.toUpperCase())).containsExactly(second);
        assertThat(search(second.substring(18))).containsExactly(second);
        assertThat(search(second.substring(0, 4))).containsExactly(second, first);
    }

    @Test
    void findsJobsByWorkerAndErrorOfTheCurrentAttempt() {
        String id = submit("Do it");
        this.jobs.started(List.of(new JobStarted(id, 1, "worker-Kappa.local", this.clock.instant())));
        assertThat(search("worker-kappa")).containsExactly(id);
        this.jobs.finish(id, 1, JobOutcome.failed(JobFailure.REPORTED, "Rate limit exceeded: 上限に達しました"));
        assertThat(search("rate exceed")).containsExactly(id);
        assertThat(search("do kappa limit")).containsExactly(id);
        assertThat(search("達しました")).containsExactly(id);
        this.jobs.retry(id);
        assertThat(search("rate")).isEmpty();
        assertThat(search("kappa")).isEmpty();
        assertThat(search("do")).containsExactly(id);
    }

    @Test
    void findsRunningJobsByTheWorkerThatClaimedThemLast() {
        String id = submit("Do it");
        this.attempts.claim(id, 1, "worker-Kappa", "one", false);
        assertThat(search("worker-kappa")).containsExactly(id);
        this.attempts.claim(id, 1, "worker-Sigma", "two", true);
        assertThat(search("sigma")).containsExactly(id);
        assertThat(search("kappa")).isEmpty();
        this.attempts.defer(id, 1, new JobDeferral(Duration.ofHours(1), null, "Later", null));
        assertThat(search("sigma")).isEmpty();
    }

    @Test
    void findsNoJobByTheWorkerFromWhichItWasTakenByRedispatch() {
        String id = submit("Do it");
        this.attempts.claim(id, 1, "worker-Kappa", "one", false);
        await().until(() -> this.api.find(id).history(), JobSearchIntegrationTests::isPublished);
        this.api.manage(HttpMethod.POST, "/actuator/redispatch");
        assertThat(this.api.find(id).worker()).isNull();
        assertThat(search("kappa")).isEmpty();
    }

    private static boolean isPublished(@Nullable List<JobEvent> history) {
        return history != null && history.stream().anyMatch((event) -> event.type() == JobEvent.Type.PUBLISHED);
    }

    @ParameterizedTest
    @EnumSource(names = { "REPORT_REFUSED", "TIMED_OUT", "UNDELIVERABLE" })
    void findsCompletedJobByItsWorkerAndNotByTheErrorThatItsResultSuperseded(JobFailure failure) {
        String id = submit("Do it");
        this.jobs.started(List.of(new JobStarted(id, 1, "worker-Kappa", this.clock.instant())));
        this.jobs.finish(id, 1, JobOutcome.failed(failure, "Something happened, said worker"));
        assertThat(search("something")).containsExactly(id);
        this.jobs.finish(id, 1, JobOutcome.completed("r"));
        assertThat(search("something")).isEmpty();
        assertThat(search("worker kappa")).containsExactly(id);
    }

    @Test
    void findsNoCompletedJobByTheErrorThatItsResultSupersededThoughNoWorkerIsKnown() {
        String id = submit("Do it");
        this.jobs.finish(id, 1, JobOutcome.failed(JobFailure.UNDELIVERABLE, "Something happened"));
        this.jobs.finish(id, 1, JobOutcome.completed("r"));
        assertThat(search("something")).isEmpty();
    }

    private String submit(String prompt) {
        return this.api.submit(prompt).id();
    }

    private List<String> search(String text) {
        return list("?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    private List<String> list(String query) {
        return Objects.requireNonNull(this.api.list(query).getBody()).stream().map(JobView::id).toList();
    }

}
