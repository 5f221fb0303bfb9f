package dev.jobprocessor.api.jobs;

import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * The stored documents of jobs. Of what is asked for and written here, Spring is not told
 * that these are {@link Job}s: it would look up each field there, and throw and catch an
 * exception for those that only the database needs.
 */
@Component
public class JobDocuments {

    private final MongoOperations mongo;

    private final String collection;

    JobDocuments(MongoOperations mongo) {
        this.mongo = mongo;
        this.collection = mongo.getCollectionName(Job.class);
    }

    public List<Job> find(Query query) {
        return this.mongo.find(query, Document.class, this.collection).stream().map(this::job).toList();
    }

    public long count(Query query) {
        return this.mongo.count(query, this.collection);
    }

    /**
     * Updates the first that there is.
     * @return whether there was one that this changed
     */
    public boolean updateFirst(Query query, Update update) {
        return this.mongo.updateFirst(query, update, this.collection).getModifiedCount() == 1;
    }

    /**
     * Updates all.
     * @return how many this changed
     */
    public long updateAll(Query query, Update update) {
        return this.mongo.updateMulti(query, update, this.collection).getModifiedCount();
    }

    /**
     * Updates the first that there is.
     * @return the job as it is then; null where there is none
     */
    @Nullable Job change(Query query, Update update) {
        Document changed = this.mongo.findAndModify(query, update, FindAndModifyOptions.options().returnNew(true),
                Document.class, this.collection);
        return (changed != null) ? job(changed) : null;
    }

    /** For updates that are sent together, and fail or succeed each by itself. */
    BulkOperations bulk() {
        return this.mongo.bulkOps(BulkMode.UNORDERED, this.collection);
    }

    private Job job(Document document) {
        return this.mongo.getConverter().read(Job.class, document);
    }

}
