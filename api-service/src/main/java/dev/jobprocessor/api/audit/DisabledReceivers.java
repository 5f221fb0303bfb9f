package dev.jobprocessor.api.audit;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import dev.jobprocessor.api.jobs.ReceiverDisabled;
import org.bson.types.ObjectId;

import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Enters in the audit log that the service itself disabled a webhook's receiver: nobody
 * called for that.
 */
@Component
class DisabledReceivers {

    static final String ACTION = "Disable a webhook's receiver";

    private final AuditLog log;

    DisabledReceivers(AuditLog log) {
        this.log = log;
    }

    @EventListener
    void disabled(ReceiverDisabled disabled) {
        String receiver = disabled.receiver();
        String target = receiver.substring(0, Math.min(receiver.length(), AuditEntry.MAX_LENGTH));
        this.log.add(new AuditEntry(new ObjectId().toHexString(), disabled.at(), null, null, ACTION, target,
                HttpStatus.OK.value(), Outcome.DONE, null, null, null, null));
    }

}
