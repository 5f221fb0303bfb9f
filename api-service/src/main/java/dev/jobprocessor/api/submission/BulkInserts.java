package dev.jobprocessor.api.submission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.InsertManyOptions;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Inserts jobs in commands of bounded size, and reports the outcome of each job. */
@Component
class BulkInserts {

    static final int MAX_JOBS = 500;

    static final int MAX_BYTES = 1 << 20;

    private static final int DUPLICATE_KEY = 11000;

    private static final Logger log = LoggerFactory.getLogger(BulkInserts.class);

    private final MongoOperations mongo;

    private final String collection;

    BulkInserts(MongoOperations mongo) {
        this.mongo = mongo;
        this.collection = mongo.getCollectionName(Job.class);
    }

    /**
     * Inserts each job independently of the others.
     * @return why a job is not stored, or not known to be, by its id; those that are
     * stored are not in it
     */
    Map<String, RuntimeException> insert(List<NewDocument> documents) {
        Map<String, RuntimeException> failures = new HashMap<>();
        RuntimeException unavailable = null;
        for (List<NewDocument> command : commands(documents)) {
            if (unavailable == null) {
                unavailable = insertByOne(command, failures);
            }
            else {
                fail(command, unavailable, failures);
            }
        }
        return failures;
    }

    private static List<List<NewDocument>> commands(List<NewDocument> documents) {
        List<List<NewDocument>> commands = new ArrayList<>();
        long bytes = MAX_BYTES;
        for (NewDocument document : documents) {
            bytes += document.bytes();
            if (bytes > MAX_BYTES || commands.getLast().size() == MAX_JOBS) {
                commands.add(new ArrayList<>());
                bytes = document.bytes();
            }
            commands.getLast().add(document);
        }
        return commands;
    }

    /** Returns why no further command is sent, or null. */
    private @Nullable DataAccessException insertByOne(List<NewDocument> documents,
            Map<String, RuntimeException> failures) {
        try {
            List<RawBsonDocument> command = documents.stream().map(NewDocument::bson).toList();
            this.mongo.execute(this.collection, (jobs) -> jobs.withDocumentClass(RawBsonDocument.class)
                .insertMany(command, new InsertManyOptions().ordered(false)));
            return null;
        }
        catch (DataAccessException ex) {
            if (ex.getCause() instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null) {
                bulk.getWriteErrors()
                    .forEach((error) -> failures.put(documents.get(error.getIndex()).job().id(), failure(error, ex)));
                return null;
            }
            return lookUp(documents, ex, failures);
        }
    }

    private static RuntimeException failure(BulkWriteError error, DataAccessException ex) {
        return (error.getCode() == DUPLICATE_KEY) ? new DuplicateKeyException(error.getMessage(), ex)
                : new DataIntegrityViolationException(error.getMessage(), ex);
    }

    /**
     * The command may have been executed although its response was lost: the jobs that
     * are found are stored.
     */
    private @Nullable DataAccessException lookUp(List<NewDocument> documents, DataAccessException failure,
            Map<String, RuntimeException> failures) {
        try {
            Set<String> stored = stored(documents);
            fail(documents.stream().filter((document) -> !stored.contains(document.job().id())).toList(), failure,
                    failures);
            log.warn("Of {} jobs whose insert failed {} are stored: {}", documents.size(), stored.size(),
                    failure.getMessage());
            return null;
        }
        catch (DataAccessException ex) {
            fail(documents, failure, failures);
            return failure;
        }
    }

    private Set<String> stored(List<NewDocument> documents) {
        List<String> ids = documents.stream().map((document) -> document.job().id()).toList();
        Query byIds = Query.query(Criteria.where(JobFields.ID).in(ids)).withReadConcern(ReadConcern.MAJORITY);
        byIds.fields().include(JobFields.ID);
        return this.mongo.find(byIds, Document.class, this.collection)
            .stream()
            .map((job) -> job.getObjectId(JobFields.ID).toHexString())
            .collect(Collectors.toSet());
    }

    private static void fail(List<NewDocument> documents, RuntimeException failure,
            Map<String, RuntimeException> failures) {
        documents.forEach((document) -> failures.put(document.job().id(), failure));
    }

}
