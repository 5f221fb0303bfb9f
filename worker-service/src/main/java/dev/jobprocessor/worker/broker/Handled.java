package dev.jobprocessor.worker.broker;

/** What became of a message. */
public enum Handled {

    /** It can be acknowledged, and so can whatever is the same message again. */
    DONE,

    /** It can be acknowledged; the same attempt will be published anew. */
    DEFERRED,

    /** It is to be handled again after all others in the queue. */
    REQUEUED

}
