package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.JobDocuments;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.data.mongodb.core.query.Query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

class JobCensusTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final JobDocuments documents = mock();

    private final JobCensus census = new JobCensus(mock(), this.documents, mock(),
            new DispatchTimes(Duration.ofSeconds(10)));

    /** Both in the order of an index whose range holds nothing else. */
    @Test
    void asksOnlyForWhatWaitsForAWorker() {
        given(this.documents.waitingSince(any())).willReturn(Optional.empty());
        assertThat(this.census.oldestWaiting(NOW)).isNull();
        ArgumentCaptor<Query> queries = ArgumentCaptor.captor();
        then(this.documents).should(times(2)).waitingSince(queries.capture());
        List<Query> asked = queries.getAllValues();
        assertThat(asked.get(0).getQueryObject()).isEqualTo(
                new Document("dispatchDue", new Document("$gte", Instant.EPOCH).append("$lte", NOW.plusSeconds(10))));
        assertThat(asked.get(0).getSortObject()).isEqualTo(new Document("dispatchDue", 1));
        assertThat(asked.get(1).getQueryObject()).containsEntry("startedAt", new Document("$exists", false))
            .containsEntry("sentAt", new Document("$gt", Instant.EPOCH))
            .containsKey("status")
            .hasSize(3);
        assertThat(asked.get(1).getSortObject()).isEqualTo(new Document("sentAt", 1));
    }

    @Test
    void comparesWhatIsToBePublishedWithWhatWas() {
        given(this.documents.waitingSince(any())).willReturn(Optional.of(NOW.minusSeconds(1)))
            .willReturn(Optional.of(NOW.minusSeconds(2)));
        assertThat(this.census.oldestWaiting(NOW)).isEqualTo(NOW.minusSeconds(2));
    }

}
