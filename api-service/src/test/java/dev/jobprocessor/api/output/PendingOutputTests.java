package dev.jobprocessor.api.output;

import java.util.List;
import java.util.Set;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.OutputReported;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingOutputTests {

    private static final JobAttempt JOB = new JobAttempt("a", 1);

    private static final String LONGEST = "x".repeat(OutputReported.MAX_LENGTH);

    private final PendingOutput pending = new PendingOutput();

    @Test
    void keepsWhatIsNotTaken() {
        add(0, "Once ");
        OutputReported other = new OutputReported(new JobAttempt("b", 1), 0, "upon ");
        this.pending.add(other);
        assertThat(this.pending.take(Set.of("b"))).containsExactly(other);
        assertThat(take()).containsExactly(new OutputReported(JOB, 0, "Once "));
    }

    @Test
    void joinsWhatFollows() {
        add(0, "Once ");
        add(5, "upon ");
        add(10, "a time");
        assertThat(take()).containsExactly(new OutputReported(JOB, 0, "Once upon a time"));
        assertThat(take()).isEmpty();
    }

    @Test
    void keepsApartWhatDoesNotFollow() {
        add(0, "Once ");
        add(10, "a time");
        this.pending.add(new OutputReported(new JobAttempt("a", 2), 16, "."));
        this.pending.add(new OutputReported(new JobAttempt("b", 1), 16, "."));
        assertThat(take()).containsExactlyInAnyOrder(new OutputReported(JOB, 0, "Once "),
                new OutputReported(JOB, 10, "a time"), new OutputReported(new JobAttempt("a", 2), 16, "."),
                new OutputReported(new JobAttempt("b", 1), 16, "."));
    }

    @Test
    void makesNoPieceLongerThanAReportMayBe() {
        add(0, "x");
        add(1, LONGEST.substring(1));
        add(LONGEST.length(), "y");
        assertThat(take()).extracting(OutputReported::offset).containsExactly(0L, (long) OutputReported.MAX_LENGTH);
    }

    @Test
    void replacesWhatWasWrittenBeforeTheAttemptBeganAnew() {
        add(0, "Once ");
        add(5, "upon ");
        add(10 + OutputReported.KEPT, "There");
        assertThat(take()).containsExactly(new OutputReported(JOB, 10 + OutputReported.KEPT, "There"));
    }

    @Test
    void keepsWhatOvertookTheBeginning() {
        add(5, "upon ");
        add(0, "Once ");
        add(10, "a time");
        assertThat(take()).extracting(OutputReported::text).containsExactly("upon ", "Once ", "a time");
    }

    @Test
    void keepsTheEndOfWhatAnAttemptWrites() {
        for (int i = 0; i < 10; i++) {
            add((long) i * LONGEST.length(), LONGEST);
        }
        assertThat(take()).hasSize(OutputReported.KEPT / LONGEST.length())
            .last()
            .isEqualTo(new OutputReported(JOB, 9L * LONGEST.length(), LONGEST));
    }

    @Test
    void dropsWhatIsTooMuchForAllAndRecovers() {
        int accepted = 0;
        while (this.pending.add(new OutputReported(new JobAttempt("job-" + accepted, 1), 1, LONGEST))) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(PendingOutput.CAPACITY / LONGEST.length() - 1);
        take();
        assertThat(add(0, LONGEST)).isTrue();
    }

    private boolean add(long offset, String text) {
        return this.pending.add(new OutputReported(JOB, offset, text));
    }

    private List<OutputReported> take() {
        return this.pending.take(this.pending.jobs());
    }

}
