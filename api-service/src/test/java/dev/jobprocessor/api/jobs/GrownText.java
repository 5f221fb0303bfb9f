package dev.jobprocessor.api.jobs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/**
 * Text as large as a body may be, of few bytes of a fuzzer's input: a part of it repeats,
 * so that work that grows faster than the text shows as a timeout.
 */
final class GrownText {

    private static final int MAX_LENGTH = 64 * 1024;

    private GrownText() {
    }

    static String of(FuzzedDataProvider data) {
        String repeated = data.consumeString(8);
        int times = data.consumeInt(0, MAX_LENGTH / Math.max(repeated.length(), 1));
        String head = data.consumeString(200);
        return head + repeated.repeat(times) + data.consumeString(200);
    }

}
