package dev.jobprocessor.api.stats;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenTotalsTests {

    private final TokenTotals totals = new TokenTotals();

    @Test
    void addsUpMinutesAndListsTheMostUsedFirst() {
        this.totals.add(minute("default", "small", 1, 1).append(key("llm", "large"), counts(100, 20)));
        this.totals.add(minute("llm", "large", 1, 1));
        assertThat(this.totals.toList()).containsExactly(new JobStats.Tokens("llm", "large", 101, 21),
                new JobStats.Tokens("default", "small", 1, 1));
    }

    @Test
    void listsNothingWhereNoTokensWereUsed() {
        assertThat(this.totals.toList()).isNull();
        this.totals.add(minute("llm", "free", 0, 0));
        assertThat(this.totals.toList()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "gpt-4.1", "$cost", "org/model/v1", "模型 🚀", "other" })
    void keepsAnyNameOfAModelInTheNameOfAField(String model) {
        QueueModel used = new QueueModel("slow.reports", model);
        assertThat(used.key()).matches("[A-Za-z0-9_-]+");
        assertThat(QueueModel.ofKey(used.key())).isEqualTo(used);
    }

    private static Document minute(String queue, String model, int input, long output) {
        return new Document(key(queue, model), counts(input, output));
    }

    /** The database returns what is small as 32 bits. */
    private static Document counts(int input, long output) {
        return new Document("input", input).append("output", output);
    }

    private static String key(String queue, String model) {
        return new QueueModel(queue, model).key();
    }

}
