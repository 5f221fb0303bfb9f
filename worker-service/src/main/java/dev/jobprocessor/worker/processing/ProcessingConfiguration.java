package dev.jobprocessor.worker.processing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProcessingConfiguration {

    @Bean
    WorkQueues workQueues(ProcessingSettings settings, ProcessorFactory processors) {
        List<ServedQueue> served = settings.served();
        refuseDuplicates(served);
        return new WorkQueues(served.stream().map((queue) -> workQueue(queue, processors.create(queue))).toList());
    }

    private static void refuseDuplicates(List<ServedQueue> served) {
        Set<String> names = new HashSet<>();
        served.stream().filter((queue) -> !names.add(queue.name())).findFirst().ifPresent((queue) -> {
            throw new InvalidConfigurationPropertyValueException(queue.prefix() + ".name", queue.name(),
                    "Another entry of worker.queues has this name.");
        });
    }

    private static WorkQueue workQueue(ServedQueue queue, Processor processor) {
        return new WorkQueue(queue.name(), processor,
                (queue.concurrency() != null) ? queue.concurrency() : processor.concurrency());
    }

}
