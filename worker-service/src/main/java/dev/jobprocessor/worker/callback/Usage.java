package dev.jobprocessor.worker.callback;

/**
 * What a model used for an attempt.
 *
 * @param model its name, as the provider has it
 */
public record Usage(String model, long inputTokens, long outputTokens) {

    private static final int MAX_MODEL_LENGTH = 100;

    public Usage {
        model = (model.length() <= MAX_MODEL_LENGTH) ? model : model.substring(0, MAX_MODEL_LENGTH);
    }

    public long tokens() {
        return this.inputTokens + this.outputTokens;
    }

}
