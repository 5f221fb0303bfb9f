package dev.jobprocessor.api.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobView;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/** What is sent: the job as it is read, without its prompt, history and a long result. */
@Component
class DeliveryPayload {

    static final int MAX_RESULT_BYTES = 20_000;

    private final JsonMapper mapper;

    DeliveryPayload(JsonMapper mapper) {
        this.mapper = mapper;
    }

    String of(Job job, String type) {
        ObjectNode data = this.mapper.valueToTree(JobView.of(job));
        data.remove("prompt");
        data.remove("history");
        if (data.path("result").asString("").getBytes(StandardCharsets.UTF_8).length > MAX_RESULT_BYTES) {
            data.remove("result");
            data.put("resultTruncated", true);
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("type", type);
        payload.put("timestamp", (job.completedAt() != null) ? job.completedAt() : job.updatedAt());
        payload.put("data", data);
        return this.mapper.writeValueAsString(payload);
    }

}
