package dev.jobprocessor.api.http;

import dev.jobprocessor.api.database.DatabaseAvailability;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the database answers, without which nothing can be accepted. */
@Component("databaseHealthIndicator")
class DatabaseHealth implements HealthIndicator {

    private final DatabaseAvailability database;

    DatabaseHealth(DatabaseAvailability database) {
        this.database = database;
    }

    @Override
    public Health health() {
        return (this.database.responds() ? Health.up() : Health.down()).build();
    }

}
