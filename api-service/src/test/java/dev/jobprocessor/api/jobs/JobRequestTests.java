package dev.jobprocessor.api.jobs;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobRequestTests {

    @ParameterizedTest
    @ValueSource(strings = { " x ", "\t\n\r\u000B\fx", "\u00A0x\u2003", "\uFEFFx\u2028", "x\u3000" })
    void trimsWhatJavaScriptTrims(String prompt) {
        assertThat(JobRequest.of(prompt).prompt()).isEqualTo("x");
    }

    /** ECMA-262: WhiteSpace and LineTerminator. */
    @Test
    void trimsNothingElse() {
        String space = "\t\n\u000B\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A"
                + "\u2028\u2029\u202F\u205F\u3000\uFEFF";
        String trimmed = IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
            .mapToObj(Character::toString)
            .filter((character) -> "".equals(JobRequest.of(character).prompt()))
            .collect(Collectors.joining());
        assertThat(trimmed).isEqualTo(space);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "x", "\ud83d\ude80" })
    void keepsNoMoreOfALongPromptThanItIsRefusedBy(String filling) {
        String prompt = Objects.requireNonNull(JobRequest.of("a" + filling.repeat(60_000) + "b").prompt());
        assertThat(prompt).hasSizeLessThanOrEqualTo(JobRequest.MAX_LENGTH + 2).matches(JobRequest.WHOLE_CHARACTERS);
        assertThat(prompt.length() > JobRequest.MAX_LENGTH).isEqualTo(!filling.isEmpty());
    }

    @Test
    void keepsInnerSpace() {
        assertThat(JobRequest.of(" two\n words ").prompt()).isEqualTo("two\n words");
    }

    @ParameterizedTest
    @ValueSource(strings = { "🚀", "語", "plain", "line\nbreak" })
    void takesWholeCharacters(String prompt) {
        assertThat(prompt).matches(JobRequest.WHOLE_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\ud83d", "\ude80", "\ude80\ud83d", "x\ud83dx" })
    void refusesHalfOfASurrogatePair(String prompt) {
        assertThat(prompt).doesNotMatch(JobRequest.WHOLE_CHARACTERS);
    }

}
