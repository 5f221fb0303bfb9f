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
 * The last document of a page, after which the next page starts. Opaque to clients.
 *
 * @param time when it was created
 */
public record PageCursor(Instant time, String id) {

    /** Far more than any cursor has. */
    private static final int MAX_LENGTH = 100;

    /** What ends the cursors of pages that begin with the oldest. */
    private static final String OLDEST = "-o";

    /**
     * A cursor of pages of the newest first.
     * @throws Malformed if no page has such a cursor
     */
    public static PageCursor parse(String text) {
        return parse(text, PageOrder.NEWEST);
    }

    /**
     * @throws Malformed if no page in this order has such a cursor
     */
    public static PageCursor parse(String text, PageOrder order) {
        if (text.length() > MAX_LENGTH) {
            throw new Malformed();
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            if (decoded.endsWith(OLDEST) != (order == PageOrder.OLDEST)) {
                throw new Malformed("after is a cursor of the other order: a list goes on in the order it began in.");
            }
            String[] parts = decoded.split("-");
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
     * What comes after it among documents of this time or a later one.
     * @param timeField by which pages are sorted, before the id
     */
    public Criteria newer(String timeField) {
        return new Criteria().orOperator(Criteria.where(timeField).gt(this.time),
                Criteria.where("_id").gt(new ObjectId(this.id)));
    }

    /** The header Link to the next page of the newest first. */
    public String link() {
        return link(PageOrder.NEWEST);
    }

    /**
     * The header Link of the response to the current request: it leads to the next page
     * (RFC 8288).
     */
    public String link(PageOrder order) {
        String next = ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam("after", text(order))
            .build() // not encoded again
            .toUriString();
        return "<%s>; rel=\"next\"".formatted(next);
    }

    /** As clients get it for pages in this order. */
    public String text(PageOrder order) {
        String text = Long.toString(this.time.toEpochMilli(), 36) + "-" + this.id
                + ((order == PageOrder.OLDEST) ? OLDEST : "");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returned as 400. */
    public static class Malformed extends ErrorResponseException {

        Malformed() {
            this("after must be the cursor of a page's Link header.");
        }

        Malformed(String detail) {
            super(HttpStatus.BAD_REQUEST);
            setDetail(detail);
        }

    }

}
