package dev.jobprocessor.worker.processing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventDataTests {

    @ParameterizedTest
    @ValueSource(strings = { "\n", "\r", "\r\n" })
    void readsTheDataOfEachEvent(String newline) throws IOException {
        String stream = """
                : comment
                event: message
                data: one

                id: 7

                data:two
                data: and more
                data

                data: last""".replace("\n", newline);
        assertThat(read(stream, Long.MAX_VALUE)).containsExactly("one", "two\nand more", "last");
    }

    @Test
    void readsTheLongestEventAndNoLongerOne() throws IOException {
        String longest = "x".repeat(EventData.MAX_EVENT - "data:".length());
        assertThat(read("data:" + longest + "\n\n", Long.MAX_VALUE)).containsExactly(longest);
        assertThatExceptionOfType(StreamConstraintsException.class)
            .isThrownBy(() -> read("data:" + longest + "x\n\n", Long.MAX_VALUE));
        assertThatExceptionOfType(StreamConstraintsException.class)
            .isThrownBy(() -> read("data:" + longest + "\ndata:" + longest + "\n\n", Long.MAX_VALUE));
    }

    @Test
    void readsTheLongestStreamAndNoLongerOne() throws IOException {
        assertThat(read("data:1\n\n", 9)).containsExactly("1");
        assertThatExceptionOfType(StreamConstraintsException.class).isThrownBy(() -> read("data:1\n\n", 8));
    }

    private static List<String> read(String stream, long max) throws IOException {
        EventData events = new EventData(new ByteArrayInputStream(stream.getBytes(UTF_8)), max);
        List<String> all = new ArrayList<>();
        for (byte[] data = events.next(); data != null; data = events.next()) {
            all.add(new String(data, UTF_8));
        }
        return all;
    }

}
