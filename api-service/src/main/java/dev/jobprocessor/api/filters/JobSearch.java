package dev.jobprocessor.api.filters;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.SearchWords;
import dev.jobprocessor.api.jobs.TextRun;

import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Finds jobs by the words of a text, of which each must begin a word of the prompt, the
 * id, the worker's name or the error, or be the end of the id. A text of a script without
 * spaces is found wherever it stands.
 * <p>
 * Each alternative demands a word that is indexed. Patterns are made of letters, marks
 * and digits alone, which mean themselves there.
 */
public final class JobSearch {

    private static final Pattern END_OF_ID = Pattern.compile("[0-9a-f]{2,24}");

    private JobSearch() {
    }

    /** Criteria that must all be met; none where the text has no word. */
    public static List<Criteria> criteria(String text) {
        return TextRun.of(text).stream().distinct().map(JobSearch::containing).toList();
    }

    private static Criteria containing(TextRun run) {
        List<String> pairs = run.spaceless() ? run.words().filter(JobSearch::isPair).toList() : List.of();
        List<Criteria> places = new ArrayList<>(pairs.isEmpty() ? atBeginningOfWord(run) : anywhere(run, pairs));
        if (END_OF_ID.matcher(run.text()).matches()) {
            places.add(Criteria.where(JobFields.WORDS).regex("^" + SearchWords.backwards(run.text())));
        }
        String inText = run.spaceless() ? run.text() : " " + run.text();
        places.add(both(Criteria.where(JobFields.WORDS).is(SearchWords.MORE), inText(inText)));
        return new Criteria().orOperator(places);
    }

    private static List<Criteria> atBeginningOfWord(TextRun run) {
        String beginning = "^" + run.words().findFirst().orElseThrow();
        return List.of(Criteria.where(JobFields.WORDS).regex(beginning),
                Criteria.where(JobFields.ATTEMPT_WORDS).regex(beginning));
    }

    private static List<Criteria> anywhere(TextRun run, List<String> pairs) {
        return List.of(both(Criteria.where(JobFields.WORDS).all(pairs), inText(run.text())),
                Criteria.where(JobFields.ATTEMPT_WORDS).all(pairs));
    }

    private static boolean isPair(String word) {
        return word.codePointCount(0, word.length()) == 2;
    }

    private static Criteria inText(String part) {
        return Criteria.where(JobFields.SEARCHED_TEXT).regex(part);
    }

    private static Criteria both(Criteria one, Criteria other) {
        return new Criteria().andOperator(one, other);
    }

}
