package dev.jobprocessor.api.stats;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A model that jobs of a queue use. */
record QueueModel(String queue, String model) {

    /** Is in no queue's name. */
    private static final char BETWEEN = '/';

    /**
     * As the name of a stored field, which has no point or dollar as models' names do.
     */
    String key() {
        byte[] text = (this.queue + BETWEEN + this.model).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    static QueueModel ofKey(String key) {
        String text = new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8);
        int end = text.indexOf(BETWEEN);
        return new QueueModel(text.substring(0, end), text.substring(end + 1));
    }

}
