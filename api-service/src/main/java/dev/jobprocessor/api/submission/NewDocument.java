package dev.jobprocessor.api.submission;

import dev.jobprocessor.api.jobs.Job;
import org.bson.RawBsonDocument;

/** A job that is to be stored, as the bytes that are sent. */
record NewDocument(Job job, RawBsonDocument bson) {

    int bytes() {
        return this.bson.getByteBuffer().remaining();
    }

}
