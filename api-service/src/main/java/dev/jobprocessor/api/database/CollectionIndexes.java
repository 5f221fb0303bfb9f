package dev.jobprocessor.api.database;

import java.util.List;
import java.util.Set;

import org.springframework.data.mongodb.core.index.Index;

/**
 * The indexes that the queries for a collection need: a bean for each collection.
 *
 * @param obsolete the names of those of earlier releases, which others replace
 */
public record CollectionIndexes(String collection, List<Index> indexes, Set<String> obsolete) {

    public CollectionIndexes(String collection, List<Index> indexes) {
        this(collection, indexes, Set.of());
    }

}
