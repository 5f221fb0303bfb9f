package dev.jobprocessor.worker.jobs;

import dev.jobprocessor.worker.broker.JobQueue;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.QueueConsumerFactory;
import dev.jobprocessor.worker.processing.Processor;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

    /** Stops before the other consumer, which is interrupted at once. */
    @Bean
    @DependsOn("parkedCallbacksConsumer")
    QueueConsumer jobsConsumer(QueueConsumerFactory consumers, WorkSettings settings, Processor processor,
            JobCreatedListener listener) {
        return consumers.create(JobQueue.WORK, settings.concurrency(processor), settings.shutdownTimeout(),
                JobCreated.class, listener);
    }

}
