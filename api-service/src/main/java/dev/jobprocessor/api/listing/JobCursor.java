package dev.jobprocessor.api.listing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import dev.jobprocessor.api.jobs.Job;
import org.bson.types.ObjectId;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * The last job of a page, after which the next page starts. Opaque to clients.
 */
record JobCursor(Instant createdAt, String id) {

    /** Far more than any cursor has. */
    private static final int MAX_LENGTH = 100;

    static JobCursor after(Job job) {
        return new JobCursor(job.createdAt(), job.id());
    }

    static JobCursor parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new Malformed();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("-");
            return new JobCursor(Instant.ofEpochMilli(Long.parseLong(parts[0], 36)),
                    new ObjectId(parts[1]).toHexString());
        }
        catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
            throw new Malformed();
        }
    }

    @Override
    public String toString() {
        String text = Long.toString(this.createdAt.toEpochMilli(), 36) + "-" + this.id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static class Malformed extends ErrorResponseException {

        Malformed() {
            super(HttpStatus.BAD_REQUEST);
            setDetail("after must be the cursor of a page's Link header.");
        }

    }

}
