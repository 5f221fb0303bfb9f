package dev.jobprocessor.worker.broker;

/** How the handling of a message ended. */
public enum Handled {

    /** It can be acknowledged, and so can each redelivery of it. */
    DONE,

    /** It can be acknowledged; the same attempt will be published anew. */
    DEFERRED,

    /** It moves to the end of its queue. */
    REQUEUED

}
