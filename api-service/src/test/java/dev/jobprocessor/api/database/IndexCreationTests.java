package dev.jobprocessor.api.database;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexInfo;
import org.springframework.data.mongodb.core.index.IndexOperations;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

class IndexCreationTests {

    private static final String CONFLICT = "{ok: 0, code: 85, errmsg: 'Index already exists with other options'}";

    private final LongOperations operations = mock();

    private final MongoOperations mongo = mock();

    private final IndexOperations indexes = mock();

    private final CollectionIndexes collection = new CollectionIndexes("jobs",
            List.of(new Index("deadline", Direction.ASC), new Index("sentAt", Direction.DESC)),
            Set.of("deadline_1", "sentAt_1"));

    private final ApplicationRunner runner;

    IndexCreationTests() {
        given(this.operations.within(any())).willReturn(this.mongo);
        given(this.mongo.indexOps("jobs")).willReturn(this.indexes);
        this.runner = new IndexCreation(List.of(this.collection), this.operations,
                new DatabaseErrors(new SimpleMeterRegistry()));
    }

    @Test
    void endsTheStartByAnErrorThatWaitingDoesNotHelpAgainst() {
        given(this.indexes.createIndex(any())).willThrow(new UncategorizedMongoDbException("conflict",
                new MongoCommandException(BsonDocument.parse(CONFLICT), new ServerAddress())));
        assertThatExceptionOfType(UncategorizedMongoDbException.class)
            .isThrownBy(() -> this.runner.run(new DefaultApplicationArguments()))
            .withStackTraceContaining("Index already exists with other options");
    }

    @Test
    void dropsIndexesOfEarlierReleasesOnceTheOthersAreThere() throws Exception {
        given(this.indexes.getIndexInfo())
            .willReturn(Stream.of("_id_", "deadline_1", "deadline_1_startedAt_1", "sentAt_1", "of an operator")
                .map((name) -> new IndexInfo(List.of(), name, false, false, ""))
                .toList());
        this.runner.run(new DefaultApplicationArguments());
        InOrder order = inOrder(this.indexes);
        then(this.indexes).should(order, atLeast(2)).createIndex(any());
        then(this.indexes).should(order).getIndexInfo();
        then(this.indexes).should().dropIndex("deadline_1");
        then(this.indexes).should().dropIndex("sentAt_1");
        then(this.indexes).shouldHaveNoMoreInteractions();
    }

    @Test
    void waitsForAnUnavailableDatabase() throws Exception {
        given(this.indexes.createIndex(any()))
            .willThrow(new DataAccessResourceFailureException("unreachable", new MongoTimeoutException("timeout")))
            .willReturn("name");
        this.runner.run(new DefaultApplicationArguments());
        then(this.indexes).should(atLeast(2)).createIndex(any());
    }

}
