package dev.jobprocessor.api.jobs;

/** A result exceeds {@value JobResult#MAX_BYTES} bytes of UTF-8. */
public class ResultTooLarge extends RuntimeException {

    ResultTooLarge(int bytes) {
        super("The result has %,d bytes; at most %,d are stored.".formatted(bytes, JobResult.MAX_BYTES));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

}
