package dev.jobprocessor.api.jobs;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NewJobTests {

    @ParameterizedTest
    @ValueSource(strings = { " x ", "\t\n\r\u000B\fx", "\u00A0x\u2003", "\uFEFFx\u2028", "x\u3000" })
    void trimsWhatJavaScriptTrims(String prompt) {
        assertThat(new NewJob(prompt).prompt()).isEqualTo("x");
    }

    @Test
    void keepsInnerSpace() {
        assertThat(new NewJob(" two\n words ").prompt()).isEqualTo("two\n words");
    }

    @ParameterizedTest
    @ValueSource(strings = { "🚀", "語", "plain", "line\nbreak" })
    void takesWholeCharacters(String prompt) {
        assertThat(prompt).matches(NewJob.WHOLE_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\ud83d", "\ude80", "\ude80\ud83d", "x\ud83dx" })
    void refusesHalfOfASurrogatePair(String prompt) {
        assertThat(prompt).doesNotMatch(NewJob.WHOLE_CHARACTERS);
    }

}
