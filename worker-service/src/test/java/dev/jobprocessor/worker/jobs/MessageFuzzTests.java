package dev.jobprocessor.worker.jobs;

import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jobprocessor.worker.GrownText;
import dev.jobprocessor.worker.callback.Callback;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads anything a queue may hold. The timeout is that of one message. */
@Timeout(value = 2, unit = TimeUnit.SECONDS)
class MessageFuzzTests {

    private final JsonMapper json = new JsonMapper();

    @FuzzTest
    void readsOrRefusesAnyMessage(FuzzedDataProvider data) {
        boolean created = data.consumeBoolean();
        String template = data.pickValue(new String[] { "%s", "{\"jobId\":\"%s\",\"prompt\":\"p\",\"attempt\":1}",
                "{\"jobId\":\"a\",\"prompt\":\"%s\",\"attempt\":1}", "{\"jobId\":\"a\",\"attempt\":%s}",
                "{\"jobId\":\"a\",\"attempt\":1,\"status\":\"COMPLETED\",\"result\":%s}",
                "{\"jobId\":\"a\",\"prompt\":\"p\",\"attempt\":1,\"timeoutSeconds\":%s}",
                "{\"jobId\":\"a\",\"prompt\":\"p\",\"attempt\":1,\"queue\":%s,\"priority\":%s,\"runAt\":%s,\"tags\":%s}",
                "{\"jobId\":\"a\",\"attempt\":1,\"status\":\"FAILED\",\"error\":%s,\"errorCode\":%s,\"retryable\":%s}",
                "{\"jobId\":\"a\",\"attempt\":1,\"status\":\"DEFERRED\",\"retryAfterSeconds\":%s,\"giveUpAfterSeconds\":%s,\"claim\":%s}",
                "{\"jobId\":\"a\",\"attempt\":1,\"status\":\"COMPLETED\",\"usage\":{\"model\":%s,\"inputTokens\":%s,\"outputTokens\":%s}}" });
        String message = template.replace("%s", GrownText.of(data));
        try {
            read(message, created);
        }
        catch (JacksonException ex) {
            assertThat(ex.getOriginalMessage()).isNotNull();
        }
    }

    private void read(String message, boolean created) {
        if (created) {
            JobCreated job = this.json.readValue(message, JobCreated.class);
            assertThat(job == null || job.jobId().matches("[!-~]{1,100}")).isTrue();
            assertThat(job == null || job.job(null).attempt() >= 1).isTrue();
        }
        else {
            Callback callback = this.json.readValue(message, Callback.class);
            assertThat(callback == null || callback.attempt() >= 1).isTrue();
        }
    }

}
