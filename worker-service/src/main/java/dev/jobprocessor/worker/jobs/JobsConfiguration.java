package dev.jobprocessor.worker.jobs;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.JobQueue;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.QueueConsumerFactory;
import dev.jobprocessor.worker.callback.JobReports;
import dev.jobprocessor.worker.callback.JobStarts;
import dev.jobprocessor.worker.callback.PausedQueues;
import dev.jobprocessor.worker.processing.ResultMemory;
import dev.jobprocessor.worker.processing.WorkQueue;
import dev.jobprocessor.worker.processing.WorkQueues;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Declarables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

    @Bean
    Declarables servedQueues(WorkQueues queues) {
        return JobQueue.declarations(queues.all().stream().map(JobsConfiguration::queue).toList());
    }

    @Bean
    Listeners listeners(JobStarts starts, JobReports reports, BestEffortPublisher events, JsonMapper json,
            ResultMemory memory, WorkSettings settings, Clock clock, InstantSource time, MeterRegistry registry) {
        return (queue) -> new JobCreatedListener(queue.processor(), starts, reports, events, json, memory, settings,
                clock, time, new WorkMetrics(queue, registry));
    }

    /** Stop before the other consumer, which is interrupted at once. */
    @Bean
    @DependsOn("parkedCallbacksConsumer")
    JobConsumers jobConsumers(WorkQueues queues, QueueConsumerFactory consumers, WorkSettings settings,
            Listeners listeners, PausedQueues paused) {
        Map<String, QueueConsumer> byName = queues.all()
            .stream()
            .collect(Collectors.toMap(WorkQueue::name, (queue) -> consumer(queue, consumers, settings, listeners)));
        return new JobConsumers(byName, paused);
    }

    private static QueueConsumer consumer(WorkQueue queue, QueueConsumerFactory consumers, WorkSettings settings,
            Listeners listeners) {
        return consumers.create(queue(queue), queue.concurrency(), settings.shutdownTimeout(), JobCreated.class,
                listeners.create(queue));
    }

    private static JobQueue queue(WorkQueue queue) {
        return queue.isDefault() ? JobQueue.WORK : JobQueue.work(queue.name());
    }

    /** Creates each queue's listener. */
    interface Listeners {

        JobCreatedListener create(WorkQueue queue);

    }

}
