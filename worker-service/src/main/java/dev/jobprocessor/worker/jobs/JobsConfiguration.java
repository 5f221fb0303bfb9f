package dev.jobprocessor.worker.jobs;

import java.util.Map;
import java.util.stream.Collectors;

import dev.jobprocessor.worker.broker.JobQueue;
import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.QueueConsumerFactory;
import dev.jobprocessor.worker.callback.PausedQueues;
import dev.jobprocessor.worker.processing.WorkQueue;
import dev.jobprocessor.worker.processing.WorkQueues;

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

    /** Stop before the other consumer, which is interrupted at once. */
    @Bean
    @DependsOn("parkedCallbacksConsumer")
    JobConsumers jobConsumers(WorkQueues queues, QueueConsumerFactory consumers, WorkSettings settings,
            JobCreatedListeners listeners, PausedQueues paused) {
        Map<String, QueueConsumer> byName = queues.all()
            .stream()
            .collect(Collectors.toMap(WorkQueue::name, (queue) -> consumer(queue, consumers, settings, listeners)));
        return new JobConsumers(byName, paused);
    }

    private static QueueConsumer consumer(WorkQueue queue, QueueConsumerFactory consumers, WorkSettings settings,
            JobCreatedListeners listeners) {
        return consumers.create(queue(queue), queue.concurrency(), settings.shutdownTimeout(), JobCreated.class,
                listeners.create(queue));
    }

    private static JobQueue queue(WorkQueue queue) {
        return queue.isDefault() ? JobQueue.WORK : JobQueue.work(queue.name());
    }

}
