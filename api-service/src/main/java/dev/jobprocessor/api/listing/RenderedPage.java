package dev.jobprocessor.api.listing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.JobView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * A page as it goes over the wire.
 *
 * @param etag a strong entity tag, in quotes (RFC 9110, section 8.8.3)
 */
record RenderedPage(byte[] json, String etag, @Nullable PageCursor next) {

    /** Turns pages into bytes. */
    @Component
    static class Renderer {

        private final JsonMapper mapper;

        Renderer(JsonMapper mapper) {
            this.mapper = mapper;
        }

        RenderedPage render(JobPage page) {
            byte[] json = this.mapper.writeValueAsBytes(page.jobs().stream().map(JobView::summary).toList());
            return new RenderedPage(json, etag(json), page.next());
        }

        private static String etag(byte[] json) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
                return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
            }
            catch (NoSuchAlgorithmException ex) {
                throw new IllegalStateException(ex); // every JDK has it
            }
        }

    }

}
