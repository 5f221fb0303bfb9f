package dev.jobprocessor.api.shutdown;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

@ApiIntegrationTest
class ShutdownPhasesIntegrationTests {

    @Autowired
    private ConfigurableListableBeanFactory beans;

    /** A bean stops those that depend on it first, whatever their phases are. */
    @Test
    void stopsNoBeanBeforeItsPhase() {
        Set<String> stopped = this.beans.getBeansOfType(SmartLifecycle.class).keySet();
        assertThat(stopped.stream().flatMap((bean) -> stoppedTooEarlyBy(bean, stopped))).isEmpty();
    }

    private Stream<String> stoppedTooEarlyBy(String bean, Set<String> stopped) {
        return Arrays.stream(this.beans.getDependentBeans(bean))
            .filter(stopped::contains)
            .filter((dependent) -> phase(dependent) < phase(bean))
            .map((dependent) -> dependent + " with " + bean);
    }

    private int phase(String bean) {
        return this.beans.getBean(bean, SmartLifecycle.class).getPhase();
    }

}
