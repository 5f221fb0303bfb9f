package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;

/** What the API answers to several callbacks of one call, in their order. */
class CallbackAnswers {

    /** Many times what as many answers have. */
    private static final int MAX_BYTES = CallbackClient.MAX_GROUP * 2048;

    /** Accepted, or the job is deleted or finished otherwise. */
    private static final Set<Integer> SETTLED = Set.of(200, 404, 409);

    private final JsonMapper json;

    private List<Answer> answers = List.of();

    CallbackAnswers(JsonMapper json) {
        this.json = json;
    }

    /** Returns whether these are the answers, or somebody's or another answer. */
    boolean read(ClientHttpResponse response) throws IOException {
        if (!response.getStatusCode().isSameCodeAs(HttpStatus.OK)) {
            return false;
        }
        try {
            this.answers = this.json.readValue(response.getBody().readNBytes(MAX_BYTES), new TypeReference<>() {
            });
            return true;
        }
        catch (JacksonException ex) {
            return false;
        }
    }

    boolean isSettled(int index) {
        return index < this.answers.size() && SETTLED.contains(this.answers.get(index).status());
    }

    private record Answer(int status) {
    }

}
