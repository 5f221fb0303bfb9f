package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.util.function.Supplier;

import com.mongodb.ConnectionString;
import dev.jobprocessor.api.database.DatabaseSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OperationLimitTests {

    private static final DatabaseSettings SETTINGS = new DatabaseSettings(Duration.ofMillis(4));

    @Test
    void runsAsManyOperationsAsMayAndNoMore() {
        OperationLimit limit = new OperationLimit(2, Duration.ZERO);
        assertThat(nested(limit, 2).get()).isEqualTo("found");
        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(nested(limit, 3)::get);
    }

    @Test
    void makesRoomWhenAnOperationHasFailed() {
        OperationLimit limit = new OperationLimit(1, Duration.ZERO);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> limit.run(() -> {
            throw new IllegalStateException();
        }));
        assertThat(nested(limit, 1).get()).isEqualTo("found");
    }

    @Test
    void leavesThreeQuartersOfTheConnectionsToOthers() {
        OperationLimit limit = new OperationLimit(to("mongodb://localhost/?maxPoolSize=8"), SETTINGS);
        assertThat(nested(limit, 2).get()).isEqualTo("found");
        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(nested(limit, 3)::get);
    }

    @Test
    void countsTheDriversDefaultWhereNothingIsConfigured() {
        OperationLimit limit = new OperationLimit(to("mongodb://localhost"), SETTINGS);
        assertThat(nested(limit, 25).get()).isEqualTo("found");
        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(nested(limit, 26)::get);
    }

    @Test
    void allowsOneOperationWhereThereIsOneConnection() {
        OperationLimit limit = new OperationLimit(to("mongodb://localhost/?maxPoolSize=1"), SETTINGS);
        assertThat(nested(limit, 1).get()).isEqualTo("found");
    }

    private static MongoConnectionDetails to(String uri) {
        return () -> new ConnectionString(uri);
    }

    /** So many operations, each of which runs while the next one does. */
    private static Supplier<String> nested(OperationLimit limit, int operations) {
        Supplier<String> nested = () -> "found";
        for (int i = 0; i < operations; i++) {
            Supplier<String> inner = nested;
            nested = () -> limit.run(inner);
        }
        return nested;
    }

}
