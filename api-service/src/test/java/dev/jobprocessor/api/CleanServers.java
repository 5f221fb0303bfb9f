package dev.jobprocessor.api;

import java.time.Duration;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.testing.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Gives each test servers that answer, and hold no job of another test. */
class CleanServers implements BeforeEachCallback, AfterEachCallback {

    /** For slow machines; what is awaited comes within a second on others. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @Override
    public void beforeEach(ExtensionContext context) {
        Awaitility.setDefaultTimeout(TIMEOUT);
        ApplicationContext application = SpringExtension.getApplicationContext(context);
        application.getBean(MongoOperations.class).remove(new Query(), Job.class);
        application.getBean(WorkQueue.class).purge();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SpringExtension.getApplicationContext(context)
            .getBeansOfType(TcpProxy.class)
            .values()
            .forEach(TcpProxy::resume);
    }

}
