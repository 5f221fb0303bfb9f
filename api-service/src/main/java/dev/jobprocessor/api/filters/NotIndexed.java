package dev.jobprocessor.api.filters;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Filters that no index serves together: returned as 400. */
class NotIndexed extends ErrorResponseException {

    NotIndexed(List<String> filters) {
        super(HttpStatus.BAD_REQUEST);
        setDetail(("No index serves %s together: use one of them, with queue, status, createdAfter and "
                + "createdBefore as needed.")
            .formatted(String.join(" and ", filters)));
    }

}
