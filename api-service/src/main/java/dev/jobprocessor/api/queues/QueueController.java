package dev.jobprocessor.api.queues;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.InstructionsChanged;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.PausedQueues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Queues")
@RequestMapping(path = "/queues", produces = MediaType.APPLICATION_JSON_VALUE)
class QueueController {

    private static final Logger log = LoggerFactory.getLogger(QueueController.class);

    private final JobQueues known;

    private final PausedQueues paused;

    private final ApplicationEventPublisher events;

    QueueController(JobQueues known, PausedQueues paused, ApplicationEventPublisher events) {
        this.known = known;
        this.paused = paused;
        this.events = events;
    }

    @GetMapping
    @Operation(summary = "List the queues that jobs may name, and those that are paused",
            description = "At most a second old.")
    List<QueueView> list() {
        Set<String> paused = this.paused.names();
        return Stream.concat(this.known.queues().stream(), paused.stream().sorted())
            .distinct()
            .map((name) -> new QueueView(name, paused.contains(name)))
            .toList();
    }

    @PostMapping("/{name}/pause")
    @Operation(summary = "Pause a queue",
            description = "Jobs are accepted, but none starts; running ones finish. Holds until it is resumed, whatever "
                    + "restarts.")
    QueueView pause(@PathVariable String name) throws InterruptedException {
        this.paused.pause(require(name));
        log.info("The queue {} is paused", name);
        return changed(name, true);
    }

    @PostMapping("/{name}/resume")
    @Operation(summary = "Resume a paused queue")
    QueueView resume(@PathVariable String name) {
        this.paused.resume(require(name));
        log.info("The queue {} is resumed", name);
        return changed(name, false);
    }

    /** One that was removed from the settings can still be resumed. */
    private String require(String name) {
        if (!this.known.contains(name) && !this.paused.names().contains(name)) {
            throw new QueueNotFound(name);
        }
        return name;
    }

    private QueueView changed(String name, boolean paused) {
        this.events.publishEvent(new InstructionsChanged());
        return new QueueView(name, paused);
    }

}
