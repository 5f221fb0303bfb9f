package dev.jobprocessor.bench;

/** Something that is measured, with the load and the cluster that it takes. */
interface Figure {

    void measure(Bench bench, Report report) throws Exception;

}
