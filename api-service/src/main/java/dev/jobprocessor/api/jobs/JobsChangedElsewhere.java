package dev.jobprocessor.api.jobs;

/** Another instance changed or deleted jobs; published inside this one. */
public record JobsChangedElsewhere() {
}
