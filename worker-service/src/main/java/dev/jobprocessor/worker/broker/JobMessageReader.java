package dev.jobprocessor.worker.broker;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads messages. Each type of message validates itself in its constructor. */
record JobMessageReader<M extends JobMessage>(JsonMapper json, Class<M> type) {

    private static final int MAX_PROBLEM = 300;

    M read(byte[] body) throws UndeliverableException {
        try {
            M message = parse(body);
            if (message != null) {
                return message;
            }
        }
        catch (JacksonException ex) {
            throw invalid(problem(ex));
        }
        throw invalid("it is null");
    }

    private @Nullable M parse(byte[] body) {
        return this.json.readValue(body, this.type);
    }

    private UndeliverableException invalid(String problem) {
        return new UndeliverableException(
                "The message is not a valid %s: %s".formatted(this.type.getSimpleName(), problem));
    }

    private static String problem(JacksonException ex) {
        String problem = (ex.getCause() instanceof IllegalArgumentException cause) ? cause.getMessage()
                : ex.getOriginalMessage();
        return String.valueOf(problem).lines().findFirst().orElse("").transform(JobMessageReader::shortened);
    }

    private static String shortened(String text) {
        return (text.length() <= MAX_PROBLEM) ? text : text.substring(0, MAX_PROBLEM) + "…";
    }

}
