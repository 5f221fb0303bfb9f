package dev.jobprocessor.api.jobs;

import org.bson.RawBsonDocument;

/** A job that is to be stored, as the bytes that are sent. */
record NewDocument(Job job, RawBsonDocument bson) {

    int bytes() {
        return this.bson.getByteBuffer().remaining();
    }

}
