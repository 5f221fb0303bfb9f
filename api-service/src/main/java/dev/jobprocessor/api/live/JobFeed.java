package dev.jobprocessor.api.live;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobAudience;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobProgressed;
import dev.jobprocessor.api.jobs.JobView;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * Pushes changes of jobs from all instances to all subscribers: at most one frame in 100
 * ms, and the smaller the more subscribers there are.
 */
@Component
class JobFeed implements JobAudience {

    static final String TOPIC = "/topic/jobs";

    private final PendingUpdates pending = new PendingUpdates();

    private final SimpMessagingTemplate subscribers;

    private final SocketLimit sockets;

    private final SocketSettings settings;

    private final JsonMapper mapper;

    JobFeed(SimpMessagingTemplate subscribers, SocketLimit sockets, SocketSettings settings, JsonMapper mapper) {
        this.subscribers = subscribers;
        this.sockets = sockets;
        this.settings = settings;
        this.mapper = mapper;
    }

    @Override
    public boolean isPresent() {
        return this.sockets.open() > 0;
    }

    @EventListener
    void changed(JobChanged change) {
        changed(change.job());
    }

    @EventListener
    void progressed(JobProgressed progress) {
        changed(progress.job());
    }

    private void changed(Job job) {
        if (isPresent()) {
            this.pending.changed(JobView.summary(job));
        }
    }

    @EventListener
    void deleted(JobDeleted deletion) {
        if (isPresent()) {
            this.pending.deleted(deletion.id());
        }
    }

    /** Changes of another instance. */
    void add(JobUpdates updates) {
        if (!isPresent()) {
            return;
        }
        updates.jobs().forEach(this.pending::changed);
        updates.deleted().forEach(this.pending::deleted);
    }

    @Scheduled(fixedDelay = 100)
    void push() {
        JobUpdates updates = this.pending.take(this.settings.frameCharacters(this.sockets.open()));
        if (updates.isEmpty()) {
            return;
        }
        SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
        headers.setContentType(MimeTypeUtils.APPLICATION_JSON);
        this.subscribers.send(TOPIC,
                MessageBuilder.createMessage(this.mapper.writeValueAsBytes(updates), headers.getMessageHeaders()));
    }

}
