package dev.jobprocessor.api.jobs;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Letters, marks and digits that follow each other in a text, in lower case and in
 * Unicode's form NFKC.
 *
 * @param spaceless whether the script puts no spaces between words, so that where one
 * begins is not to be seen
 */
public record TextRun(String text, boolean spaceless) {

    /** A longer word is found by its first UTF-16 code units. */
    static final int MAX_WORD_LENGTH = 64;

    /** Some ligatures become 18 characters: of text so long, the beginning is read. */
    private static final int MAX_LENGTH = 2 * JobRequest.MAX_LENGTH;

    private static final Set<UnicodeScript> SCRIPTS_WITHOUT_SPACES = Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA, UnicodeScript.BOPOMOFO, UnicodeScript.YI, UnicodeScript.THAI, UnicodeScript.LAO,
            UnicodeScript.KHMER, UnicodeScript.MYANMAR, UnicodeScript.TAI_LE, UnicodeScript.NEW_TAI_LUE,
            UnicodeScript.TAI_THAM, UnicodeScript.TAI_VIET, UnicodeScript.JAVANESE, UnicodeScript.BALINESE);

    /**
     * Beyond thirty of a character, the number of Unicode's stream-safe text: they are
     * normalized by comparing each with those before it.
     */
    private static final Pattern EXCESSIVE_MARKS = Pattern.compile("(\\p{M}{30})\\p{M}++");

    /** Prolongs a vowel of Hiragana or Katakana and belongs to neither. */
    private static final int PROLONGED_SOUND = 0x30FC;

    public static List<TextRun> of(String text) {
        String normalized = normalized(text);
        List<TextRun> runs = new ArrayList<>();
        Kind kind = Kind.SEPARATOR;
        int start = 0;
        for (int i = 0; i < normalized.length(); i += Character.charCount(normalized.codePointAt(i))) {
            Kind next = Kind.of(normalized.codePointAt(i), kind);
            if (next != kind) {
                add(runs, normalized.substring(start, i), kind);
                start = i;
                kind = next;
            }
        }
        add(runs, normalized.substring(start), kind);
        return runs;
    }

    private static String normalized(String text) {
        String normalized = Normalizer.normalize(EXCESSIVE_MARKS.matcher(text).replaceAll("$1"), Normalizer.Form.NFKC);
        return lowerCase(Prefix.of(normalized, MAX_LENGTH));
    }

    /**
     * Each character by itself, as {@link String#equalsIgnoreCase} compares: for each
     * capital sigma, {@link String#toLowerCase()} looks for the end of its word in the
     * whole text.
     */
    private static String lowerCase(String text) {
        return text.codePoints()
            .map((character) -> Character.toLowerCase(Character.toUpperCase(character)))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    }

    private static void add(List<TextRun> runs, String text, Kind kind) {
        if (kind != Kind.SEPARATOR) {
            runs.add(new TextRun(text, kind == Kind.SPACELESS));
        }
    }

    /**
     * What the run is found by: the word that it is, or each character with its next one,
     * and the last by itself.
     */
    public Stream<String> words() {
        int[] characters = this.text.codePoints().toArray();
        return this.spaceless
                ? IntStream.range(0, characters.length)
                    .mapToObj((i) -> new String(characters, i, Math.min(2, characters.length - i)))
                : Stream.of(Prefix.of(this.text, MAX_WORD_LENGTH));
    }

    private enum Kind {

        SEPARATOR, WORD, SPACELESS;

        /** Marks and the like are of no script and belong to what is before. */
        public static Kind of(int character, Kind before) {
            UnicodeScript script = UnicodeScript.of(character);
            if (!isPartOfWord(character)) {
                return SEPARATOR;
            }
            if (SCRIPTS_WITHOUT_SPACES.contains(script) || character == PROLONGED_SOUND) {
                return SPACELESS;
            }
            boolean continues = before != SEPARATOR && !Character.isDigit(character)
                    && (script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED);
            return continues ? before : WORD;
        }

        private static boolean isPartOfWord(int character) {
            return switch (Character.getType(character)) {
                case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK,
                        Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
                default -> Character.isLetterOrDigit(character);
            };
        }

    }

}
