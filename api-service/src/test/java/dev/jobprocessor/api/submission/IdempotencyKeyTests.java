package dev.jobprocessor.api.submission;

import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IdempotencyKeyTests {

    private static final Pattern ALLOWED = Pattern.compile(IdempotencyKey.PATTERN);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            abc | abc
            "abc" | abc
            "two words" | two words
            "a\\"b\\\\c" | a"b\\c
            "abc | "abc
            abc" | abc"
            a"b | a"b
            "a"b" | "a"b"
            "a\\n" | "a\\n"
            " | "
            """)
    void readsQuotedAndBareKeysAlike(String header, String key) {
        assertThat(IdempotencyKey.parse(null, header)).isEqualTo(new IdempotencyKey(null, key));
    }

    @Test
    void isAbsentWithoutHeader() {
        assertThat(IdempotencyKey.parse(null, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\"\"", "two words", "clé", "\"clé\"" })
    void refusesWhatIsNoKey(String header) {
        assertThat(ALLOWED.matcher(header).matches()).isFalse();
    }

    @Test
    void allowsKeysUpToTheirLimit() {
        assertThat(ALLOWED.matcher("k".repeat(255)).matches()).isTrue();
        assertThat(ALLOWED.matcher("k".repeat(256)).matches()).isFalse();
        assertThat(ALLOWED.matcher("\"%s\"".formatted(" ".repeat(253))).matches()).isTrue();
        assertThat(ALLOWED.matcher("\"%s\"".formatted(" ".repeat(254))).matches()).isFalse();
    }

}
