package dev.jobprocessor.api.jobs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.Document;

/**
 * What a job is stored with so that a search finds it by an index: the words of its
 * prompt and its id, and those of the current attempt's worker and error. Of scripts
 * without spaces, each two characters that follow each other are such a word.
 */
public final class SearchWords {

    /**
     * A prompt's words beyond so many different ones are not indexed by themselves:
     * {@link #MORE} is, and the words are looked for in the text of such jobs.
     */
    static final int MAX_WORDS = 500;

    /** Of a worker's name and an error. */
    static final int MAX_ATTEMPT_WORDS = 100;

    /** Says that there are more words than are indexed. */
    public static final String MORE = "…";

    private SearchWords() {
    }

    /** Fields of a new job. */
    public static Document of(String prompt, String id) {
        List<TextRun> runs = TextRun.of(prompt);
        Set<String> distinct = distinct(runs, MAX_WORDS + 1);
        List<String> words = new ArrayList<>(distinct.stream().limit(MAX_WORDS).toList());
        words.addAll(List.of(id, backwards(id)));
        Document fields = new Document(JobFields.WORDS, words);
        if (distinct.size() > MAX_WORDS) {
            words.add(MORE);
        }
        if (distinct.size() > MAX_WORDS || runs.stream().anyMatch(TextRun::spaceless)) {
            fields.put(JobFields.SEARCHED_TEXT, text(runs));
        }
        return fields;
    }

    /** Words of an attempt, which are those of a worker's name or of an error. */
    static List<String> ofAttempt(String text) {
        return List.copyOf(distinct(TextRun.of(text), MAX_ATTEMPT_WORDS));
    }

    /** What an id is found by whose end is this; no other word looks like it. */
    public static String backwards(String endOfId) {
        return "<" + new StringBuilder(endOfId).reverse();
    }

    private static Set<String> distinct(List<TextRun> runs, int limit) {
        return runs.stream()
            .flatMap(TextRun::words)
            .distinct()
            .limit(limit)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Each run after a space, so that this is where words begin. */
    private static String text(List<TextRun> runs) {
        return runs.stream().map(TextRun::text).collect(Collectors.joining(" ", " ", ""));
    }

}
