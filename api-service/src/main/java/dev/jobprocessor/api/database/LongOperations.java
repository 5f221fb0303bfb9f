package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;

import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.stereotype.Component;

/**
 * Operations that nobody waits for and that may take longer than a call, such as an index
 * build or a count of all jobs: each has a timeout of its own, and waits out an election.
 */
@Component
public class LongOperations {

    private final MongoClient client;

    private final MongoDatabaseFactory database;

    private final MongoConverter converter;

    LongOperations(MongoClient client, MongoDatabaseFactory database, MongoConverter converter) {
        this.client = client;
        this.database = database;
        this.converter = converter;
    }

    /** Of these operations each may take so long. */
    public MongoOperations within(Duration timeout) {
        String name = this.database.getMongoDatabase().getName();
        return new MongoTemplate(new SimpleMongoClientDatabaseFactory(this.client, name) {

            @Override
            protected MongoDatabase doGetMongoDatabase(String dbName) {
                return super.doGetMongoDatabase(dbName).withTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }

        }, this.converter);
    }

}
