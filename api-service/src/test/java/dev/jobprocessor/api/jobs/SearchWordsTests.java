package dev.jobprocessor.api.jobs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTests {

    private static final String ID = "6925f0a1c3b2a40f5d1e7a01";

    @Test
    void splitsAtWhatIsNeitherLetterNorDigit() {
        assertThat(words("Summarise: the Q3-report, twice!")).containsExactly("summarise", "the", "q3", "report",
                "twice");
    }

    @Test
    void namesEachWordOnce() {
        assertThat(words("echo Echo ECHO")).containsExactly("echo");
    }

    @Test
    void keepsAccentsAndUnifiesForms() {
        assertThat(words("nai\u0308ve ﬁne")).containsExactly("na\u00efve", "fine");
    }

    @Test
    void pairsCharactersOfScriptsWithoutSpaces() {
        assertThat(words("翻訳者ab")).containsExactly("翻訳", "訳者", "者", "ab");
        assertThat(words("タワー")).containsExactly("タワ", "ワー", "ー");
        assertThat(words("ﾀﾜｰ")).isEqualTo(words("タワー"));
        assertThat(words("雨")).containsExactly("雨");
        assertThat(words("2024年の")).containsExactly("2024", "年の", "の");
        assertThat(words("\ud840\udc00\ud840\udc01")).containsExactly("\ud840\udc00\ud840\udc01", "\ud840\udc01");
    }

    @ParameterizedTest
    @ValueSource(strings = { "สวัสดี", "ສະບາຍດີ", "សួស្តី", "မင်္ဂလာပါ", "ひらがな", "カタカナ", "漢字", "ㄅㄆㄇ" })
    void knowsScriptsWithoutSpaces(String text) {
        assertThat(TextRun.of(text)).containsExactly(new TextRun(text, true));
    }

    @ParameterizedTest
    @ValueSource(strings = { "привет", "안녕하세요", "مرحبا", "नमस्ते", "γειά", "naïve", "١٢٣" })
    void knowsScriptsWithSpaces(String text) {
        assertThat(TextRun.of(text)).containsExactly(new TextRun(text, false));
    }

    @Test
    void cutsLongWords() {
        String longest = "a".repeat(TextRun.MAX_WORD_LENGTH);
        assertThat(words(longest)).containsExactly(longest);
        assertThat(words(longest + "b")).containsExactly(longest);
    }

    @Test
    void readsTheBeginningOfTextThatNormalizationMakesLonger() {
        String ofFourEach = "\u330D".repeat(JobRequest.MAX_LENGTH); // カロリー
        assertThat(TextRun.of(ofFourEach)).singleElement()
            .satisfies((run) -> assertThat(run.text()).hasSize(2 * JobRequest.MAX_LENGTH));
    }

    @Test
    void takesSigmasForOneLetter() {
        assertThat(words("\u039f\u0394\u039f\u03a3 \u03bf\u03b4\u03bf\u03c2"))
            .containsExactly("\u03bf\u03b4\u03bf\u03c3");
    }

    @Test
    void keepsThirtyMarksOfACharacter() {
        String marks = "\u0315".repeat(30);
        assertThat(words("a" + marks)).containsExactly("a" + marks);
        assertThat(words("a" + marks + "\u0300".repeat(5000) + "b")).containsExactly("a" + marks + "b");
    }

    @Test
    void findsNoWordsInPunctuation() {
        assertThat(words("?! 🚀")).isEmpty();
    }

    @Test
    void indexesTheIdFromBothEnds() {
        assertThat(stored("")).containsExactly(ID, "<10a7e1d5f04a2b3c1a0f5296");
    }

    @Test
    void boundsTheWordsOfAPrompt() {
        String atLimit = numbers(SearchWords.MAX_WORDS);
        assertThat(stored(atLimit)).hasSize(SearchWords.MAX_WORDS + 2).doesNotContain(SearchWords.MORE);
        assertThat(SearchWords.of(atLimit, ID)).doesNotContainKey(JobFields.SEARCHED_TEXT);
        assertThat(stored(atLimit + " more")).hasSize(SearchWords.MAX_WORDS + 3).contains(SearchWords.MORE);
        assertThat(SearchWords.of(atLimit + " more", ID)).containsKey(JobFields.SEARCHED_TEXT);
    }

    @Test
    void boundsTheWordsOfTheLongestPromptOfIdeographs() {
        String ideographs = IntStream.range(0, JobRequest.MAX_LENGTH)
            .mapToObj((i) -> Character.toString(0x4E00 + i))
            .collect(Collectors.joining());
        assertThat(stored(ideographs)).hasSize(SearchWords.MAX_WORDS + 3);
    }

    @Test
    void boundsTheWordsOfAnAttempt() {
        assertThat(SearchWords.ofAttempt(numbers(SearchWords.MAX_ATTEMPT_WORDS + 1)))
            .hasSize(SearchWords.MAX_ATTEMPT_WORDS);
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    private static List<String> words(String text) {
        return SearchWords.ofAttempt(text);
    }

    private static List<String> stored(String prompt) {
        return SearchWords.of(prompt, ID).getList(JobFields.WORDS, String.class);
    }

}
