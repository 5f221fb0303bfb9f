package dev.jobprocessor.api.access;

import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyTextTests {

    private static final String KEY = "jp_TestsHaveThisKeyNobodyElseHas04EHrO2";

    @Test
    void isWellFormedWhenItWasMadeHere() {
        SecureRandom random = new SecureRandom();
        Set<String> keys = Stream.generate(() -> KeyText.random(random)).limit(1000).map((key) -> {
            assertThat(key.isWellFormed()).isTrue();
            return key.value();
        }).collect(Collectors.toSet());

        assertThat(keys).hasSize(1000).allMatch((key) -> key.matches("jp_[0-9A-Za-z]{36}"));
    }

    @Test
    void endsWithAChecksumThatOthersCanCompute() {
        assertThat(new KeyText(KEY).isWellFormed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "", "jp_", "jp_TestsHaveThisKeyNobodyElseHas04EHrO", "jp_TestsHaveThisKeyNobodyElseHas04EHrO22",
                    "jp_TestsHaveThisKeyNobodyElseHas04EHrO3", "jp_testsHaveThisKeyNobodyElseHas04EHrO2",
                    "JP_TestsHaveThisKeyNobodyElseHas04EHrO2", " jp_TestsHaveThisKeyNobodyElseHas04EHrO2",
                    "jp_TestsHaveThisKeyNobodyElseHas04EHrO2\n", "jp_TestsHaveThisKeyNobodyElseHas0\u00e44EHrO" })
    void isNotWellFormed(String text) {
        assertThat(new KeyText(text).isWellFormed()).isFalse();
    }

    @Test
    void isStoredAsItsHash() {
        assertThat(new KeyText(KEY).hash()).matches("[0-9a-f]{64}");
        assertThat(new KeyText(KEY)).hasToString("KeyText[***]");
        assertThat(new KeyText(KEY).start()).isEqualTo("jp_Test");
    }

}
