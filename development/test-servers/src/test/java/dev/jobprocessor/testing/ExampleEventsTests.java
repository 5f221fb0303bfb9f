package dev.jobprocessor.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExampleEventsTests {

    @Test
    void readsUtf8() {
        assertThat(ExampleEvents.read("job-created.json")).contains("naïve 🚀");
    }

    @Test
    void refusesUnknownName() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExampleEvents.read("none.json"))
            .withMessageContaining("none.json");
    }

}
