package dev.jobprocessor.local;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LocalClusterTests {

    @Test
    void needsTheKeyOfAClusterThatNeedsKeys() {
        assertThat(LocalCluster.key(Map.of("ACCESS", "required", "ADMIN_API_KEY", "jp_a"))).isEqualTo("jp_a");
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> LocalCluster.key(Map.of("ACCESS", "required")))
            .withMessageContaining("ADMIN_API_KEY");
    }

    @Test
    void needsNoKeyWhereNobodyDoes() {
        assertThat(LocalCluster.key(Map.of())).isNull();
        assertThat(LocalCluster.key(Map.of("ACCESS", "open"))).isNull();
    }

}
