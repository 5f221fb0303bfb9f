package dev.jobprocessor.worker.callback;

import java.util.Locale;

/** Why an attempt failed, for programs, and whether another one may succeed. */
public enum ErrorCode {

    /** The provider failed, or broke the connection. */
    PROVIDER_ERROR(true),

    /** The provider took too long. */
    PROVIDER_TIMEOUT(true),

    /** The provider does not accept such calls: the key, the model or the prompt. */
    PROVIDER_REFUSED(false),

    /** The provider's content filter stopped the answer. */
    CONTENT_FILTER(false),

    /** The model refused the prompt. */
    MODEL_REFUSED(false),

    /** The model reached the length that it may write. */
    ANSWER_CUT_OFF(false),

    /** The model gave no answer, or an empty one. */
    ANSWER_EMPTY(true),

    /** The answer is not a chat completion. */
    ANSWER_INVALID(true),

    /** The result is larger than the API accepts. */
    RESULT_TOO_LARGE(false),

    /** The API does not accept the result. */
    RESULT_REFUSED(false),

    /** The workflow failed. */
    WORKFLOW_ERROR(true),

    /** The workflow took too long, or broke the connection. */
    WORKFLOW_TIMEOUT(true),

    /** The workflow does not accept such calls. */
    WORKFLOW_REFUSED(false),

    /** The workflow does not respond as its mode needs. */
    WORKFLOW_SETUP(false),

    /** The worker failed unexpectedly. */
    WORKER_ERROR(true);

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** As it is reported, such as {@code provider_error}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether another attempt may succeed. */
    public boolean isRetryable() {
        return this.retryable;
    }

}
