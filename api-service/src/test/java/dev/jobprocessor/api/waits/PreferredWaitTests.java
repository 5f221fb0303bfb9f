package dev.jobprocessor.api.waits;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PreferredWaitTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            wait=0                                    | 0
            wait=10                                   | 10
            wait=59                                   | 59
            wait=60                                   | 60
            wait=61                                   | 60
            wait=99999999999999999999                 | 60
            wait=0000000000000000010                  | 10
            WAIT=10                                   | 10
            wait = 10                                 | 10
            wait="10"                                 | 10
            wait=10; a=b                              | 10
            wait=10; a="b, wait=5"; c;; d             | 10
            respond-async, wait=10                    | 10
            respond-async,, handling=lenient ,wait=10 | 10
            a="wait=5", wait=10                       | 10
            a="\\", wait=5", wait=10                  | 10
            wait=10, wait=20                          | 10
            """)
    void findsTheFirst(String header, int seconds) {
        assertThat(PreferredWait.of(List.of(header))).hasValue(new PreferredWait(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "wait", "wait=", "wait=\"\"", "wait=-1", "wait=1.5", "wait=ten", "wait=10s", "wait 10",
            "wait=1 0", "await=10", "a; wait=10", "a=\"wait=10\"", "wait=x, wait=10", "=10", "\"", "wait=\"10",
            "respond async, wait=10" })
    void ignoresWhatIsMalformed(String header) {
        assertThat(PreferredWait.of(List.of(header))).isEmpty();
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(PreferredWait.of(List.of("respond-async", "wait=10", "wait=20"))).hasValue(new PreferredWait(10));
        assertThat(PreferredWait.of(List.of())).isEmpty();
    }

}
