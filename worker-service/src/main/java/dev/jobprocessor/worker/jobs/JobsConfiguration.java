package dev.jobprocessor.worker.jobs;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.JobQueue;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.QueueConsumerFactory;
import dev.jobprocessor.worker.callback.Heartbeat;
import dev.jobprocessor.worker.callback.Heartbeats;
import dev.jobprocessor.worker.callback.JobReports;
import dev.jobprocessor.worker.callback.JobStarts;
import dev.jobprocessor.worker.processing.ResultMemory;
import dev.jobprocessor.worker.processing.WorkQueue;
import dev.jobprocessor.worker.processing.WorkQueues;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Declarables;
import org.springframework.beans.factory.annotation.Value;
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
            ResultMemory memory, WorkSettings settings, RunningJobs running, Clock clock, InstantSource time,
            MeterRegistry registry) {
        return (queue) -> new JobCreatedListener(queue.processor(), starts, reports, events, json, memory, settings,
                running, clock, time, new WorkMetrics(queue, registry));
    }

    @Bean
    WorkerHeartbeat workerHeartbeat(Heartbeats api, WorkQueues queues, WorkSettings settings, RunningJobs running,
            @Value("${spring.application.version:unknown}") String version) {
        return new WorkerHeartbeat(api,
                new WorkerHeartbeat.Description(settings.name(), version,
                        () -> queues.all().stream().map(JobsConfiguration::described).toList()),
                running, settings.heartbeatInterval());
    }

    private static Heartbeat.Queue described(WorkQueue queue) {
        return new Heartbeat.Queue(queue.name(), queue.processor().name(), queue.concurrency(),
                queue.processor().delegates(), queue.processor().limit());
    }

    /** Stop before the other consumer, which is interrupted at once. */
    @Bean
    @DependsOn("parkedCallbacksConsumer")
    JobConsumers jobConsumers(WorkQueues queues, QueueConsumerFactory consumers, WorkSettings settings,
            Listeners listeners, WorkerHeartbeat heartbeat, RunningJobs running, JsonMapper json) {
        Map<String, QueueConsumer> byName = queues.all()
            .stream()
            .collect(Collectors.toMap(WorkQueue::name, (queue) -> consumer(queue, consumers, settings, listeners)));
        QueueConsumer control = consumers.createControl(new ControlMessages(running, heartbeat, json)::handle);
        return new JobConsumers(byName, control, heartbeat, running);
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
