package dev.jobprocessor.api;

import java.time.Instant;

import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.stats.NewCounters;
import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import static org.awaitility.Awaitility.await;

/** Gives each test servers that answer, and hold no job of another test. */
class CleanServers implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        ApplicationContext application = SpringExtension.getApplicationContext(context);
        MongoOperations mongo = application.getBean(MongoOperations.class);
        // What is being published would arrive in the next test.
        await().ignoreExceptions().until(() -> !mongo.exists(beingPublished(), Job.class));
        mongo.remove(new Query(), Job.class);
        application.getBean(WorkQueue.class).purge();
        application.getBean(NewCounters.class).start();
        // After an outage, that is known a little later.
        await().until(application.getBean(DatabaseAvailability.class)::responds);
    }

    /** Those that are deferred wait longer. */
    private static Query beingPublished() {
        return Query.query(Criteria.where(JobFields.DISPATCH_DUE).lte(Instant.now().plusSeconds(5)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SpringExtension.getApplicationContext(context)
            .getBeansOfType(TcpProxy.class)
            .values()
            .forEach(TcpProxy::resume);
    }

}
