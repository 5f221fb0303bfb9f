package dev.jobprocessor.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.local.Service;

/**
 * What a cluster is made of.
 *
 * @param apis how many instances of api-service
 * @param workers how many instances of worker-service
 * @param apiSettings what is added to the environment of each API
 * @param workerSettings what is added to the environment of each worker
 * @param apiOptions the options of the APIs' JVMs
 */
record ClusterSetup(int apis, int workers, Map<String, String> apiSettings, Map<String, String> workerSettings,
        List<String> apiOptions) {

    private static final String PROCESSOR = "WORKER_PROCESSOR";

    private static final String MOCK = "mock";

    /** Workers that ask {@link Model}, and little memory for everyone. */
    static ClusterSetup of(int apis, int workers) {
        return new ClusterSetup(apis, workers, Map.of(), Map.of(), Service.SMALL);
    }

    ClusterSetup withApiSettings(Map<String, String> more) {
        return new ClusterSetup(this.apis, this.workers, both(this.apiSettings, more), this.workerSettings,
                this.apiOptions);
    }

    ClusterSetup withWorkerSettings(Map<String, String> more) {
        return new ClusterSetup(this.apis, this.workers, this.apiSettings, both(this.workerSettings, more),
                this.apiOptions);
    }

    private static Map<String, String> both(Map<String, String> settings, Map<String, String> more) {
        Map<String, String> both = new HashMap<>(settings);
        both.putAll(more);
        return Map.copyOf(both);
    }

    /**
     * With workers that only wait for as long as work takes. They ask nobody before they
     * start, not even the API.
     */
    ClusterSetup withMockWork(Duration work) {
        return withWorkerSettings(Map.of(PROCESSOR, MOCK, "WORKER_MOCK_DELAY", work.toMillis() + "ms"));
    }

    ClusterSetup withApiOptions(String... options) {
        return new ClusterSetup(this.apis, this.workers, this.apiSettings, this.workerSettings, List.of(options));
    }

    boolean isMock() {
        return MOCK.equals(this.workerSettings.get(PROCESSOR));
    }

}
