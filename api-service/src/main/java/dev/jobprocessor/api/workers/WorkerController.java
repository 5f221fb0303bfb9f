package dev.jobprocessor.api.workers;

import java.time.Clock;
import java.util.List;

import dev.jobprocessor.api.jobs.InstructionsChanged;
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
@Tag(name = "Workers")
@RequestMapping(path = "/workers", produces = MediaType.APPLICATION_JSON_VALUE)
class WorkerController {

    private static final Logger log = LoggerFactory.getLogger(WorkerController.class);

    private final Workers workers;

    private final WorkerSettings settings;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    WorkerController(Workers workers, WorkerSettings settings, ApplicationEventPublisher events, Clock clock) {
        this.workers = workers;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "List the workers that were heard of lately",
            description = "As their last heartbeats described them, at most 1,000. One that stopped in order is not listed.")
    List<WorkerView> list() {
        return this.workers.all().stream().map(this::view).toList();
    }

    @PostMapping("/{name}/drain")
    @Operation(summary = "Drain a worker",
            description = "It starts nothing, finishes what it runs and requeues what it has not started.")
    WorkerView drain(@PathVariable String name) {
        return drain(name, true);
    }

    @PostMapping("/{name}/resume")
    @Operation(summary = "Let a drained worker go on")
    WorkerView resume(@PathVariable String name) {
        return drain(name, false);
    }

    private WorkerView drain(String name, boolean drained) {
        Worker worker = this.workers.drain(name, drained);
        log.info("The worker {} is {}", worker.name(), drained ? "drained" : "resumed");
        this.events.publishEvent(new InstructionsChanged());
        return view(worker);
    }

    private WorkerView view(Worker worker) {
        return WorkerView.of(worker, worker.state(this.clock.instant(), this.settings.lostAfter()));
    }

}
