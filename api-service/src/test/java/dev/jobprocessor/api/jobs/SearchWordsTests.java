package dev.jobprocessor.api.jobs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTests {

    @Test
    void splitsAtWhatIsNeitherLetterNorDigit() {
        assertThat(SearchWords.of("Summarise: the Q3-report, twice!")).containsExactly("summarise", "the", "q3",
                "report", "twice");
    }

    @Test
    void namesEachWordOnce() {
        assertThat(SearchWords.of("echo Echo ECHO")).containsExactly("echo");
    }

    @Test
    void keepsAccentsAndUnifiesForms() {
        assertThat(SearchWords.of("nai\u0308ve ﬁne")).containsExactly("na\u00efve", "fine");
    }

    @Test
    void takesIdeographsOneByOne() {
        assertThat(SearchWords.of("翻译ab")).containsExactly("翻", "译", "ab");
    }

    @Test
    void cutsLongWords() {
        String longest = "a".repeat(SearchWords.MAX_WORD_LENGTH);
        assertThat(SearchWords.of(longest)).containsExactly(longest);
        assertThat(SearchWords.of(longest + "b")).containsExactly(longest);
    }

    @Test
    void findsNoWordsInPunctuation() {
        assertThat(SearchWords.of("?! 🚀")).isEmpty();
    }

}
