package dev.jobprocessor.worker.callback;

/**
 * What a model used for an attempt.
 *
 * @param model its name, as the provider has it
 */
public record Usage(String model, long inputTokens, long outputTokens) {

    private static final int MAX_MODEL_LENGTH = 100;

    private static final long MAX_TOKENS = 1_000_000_000;

    /** Whatever a provider sends, the API accepts it. */
    public Usage {
        String visible = model.replaceAll("\\p{C}", "").strip();
        model = visible.isEmpty() ? "unknown" : visible.substring(0, Math.min(visible.length(), MAX_MODEL_LENGTH));
        inputTokens = Math.clamp(inputTokens, 0, MAX_TOKENS);
        outputTokens = Math.clamp(outputTokens, 0, MAX_TOKENS);
    }

    public long tokens() {
        return this.inputTokens + this.outputTokens;
    }

}
