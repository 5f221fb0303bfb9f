package dev.jobprocessor.api.jobs;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Splits text into the words that jobs are found by: runs of letters and digits in lower
 * case, and each ideograph by itself, since such scripts put no spaces between words.
 */
final class SearchWords {

    /** A longer run is found by its first characters. */
    static final int MAX_WORD_LENGTH = 64;

    private static final Pattern WORD = Pattern
        .compile("\\p{IsIdeographic}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsIdeographic}]]+");

    private SearchWords() {
    }

    static List<String> of(String text) {
        String normalized = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return WORD.matcher(normalized)
            .results()
            .map((word) -> Prefix.of(word.group(), MAX_WORD_LENGTH))
            .distinct()
            .toList();
    }

}
