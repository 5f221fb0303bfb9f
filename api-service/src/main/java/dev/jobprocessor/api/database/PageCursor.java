package dev.jobprocessor.api.database;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import org.bson.types.ObjectId;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The last document of a page of the newest first, after which the next page starts.
 * Opaque to clients.
 *
 * @param time when it was created
 */
public record PageCursor(Instant time, String id) {

    /** Far more than any cursor has. */
    private static final int MAX_LENGTH = 100;

    /**
     * @throws Malformed if no page has such a cursor
     */
    public static PageCursor parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new Malformed();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("-");
            return new PageCursor(Instant.ofEpochMilli(Long.parseLong(parts[0], 36)),
                    new ObjectId(parts[1]).toHexString());
        }
        catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
            throw new Malformed();
        }
    }

    /**
     * What comes after it among documents of this time or an earlier one.
     * @param timeField by which pages are sorted, before the id
     */
    public Criteria older(String timeField) {
        return new Criteria().orOperator(Criteria.where(timeField).lt(this.time),
                Criteria.where("_id").lt(new ObjectId(this.id)));
    }

    /**
     * The header Link of the response to the current request: it leads to the next page
     * (RFC 8288).
     */
    public String link() {
        String next = ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam("after", this)
            .build() // not encoded again
            .toUriString();
        return "<%s>; rel=\"next\"".formatted(next);
    }

    @Override
    public String toString() {
        String text = Long.toString(this.time.toEpochMilli(), 36) + "-" + this.id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returned as 400. */
    public static class Malformed extends ErrorResponseException {

        Malformed() {
            super(HttpStatus.BAD_REQUEST);
            setDetail("after must be the cursor of a page's Link header.");
        }

    }

}
