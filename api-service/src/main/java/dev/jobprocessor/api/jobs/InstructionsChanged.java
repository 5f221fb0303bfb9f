package dev.jobprocessor.api.jobs;

/** What workers must do changed, and their next heartbeat is to be at once. */
public record InstructionsChanged() {

}
