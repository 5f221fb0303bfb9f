package dev.jobprocessor.api.database;

import java.util.List;
import java.util.Set;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.InvalidMongoDbApiUsageException;
import org.springframework.data.mongodb.core.MongoExceptionTranslator;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseErrorsTests {

    private static final ServerAddress SERVER = new ServerAddress("mongodb");

    private static final MongoCredential LOGIN = MongoCredential.createCredential("user", "admin", new char[0]);

    static final List<RuntimeException> UNAVAILABLE = List.of(new MongoTimeoutException("no server was selected"),
            new MongoOperationTimeoutException("10 s passed"),
            new MongoSocketOpenException("refused", SERVER, new java.net.ConnectException()),
            new MongoSocketReadException("end of stream", SERVER),
            new MongoSocketReadTimeoutException("read timed out", SERVER, new java.net.SocketTimeoutException()),
            new MongoInterruptedException("stopped", new InterruptedException()),
            new MongoNotPrimaryException(response(10107), SERVER),
            new MongoNodeIsRecoveringException(response(11602), SERVER),
            new MongoExecutionTimeoutException(50, "operation exceeded time limit", response(50)),
            new MongoCommandException(response(91), SERVER), new MongoCommandException(response(189), SERVER),
            new MongoSecurityException(LOGIN, "cannot log in", new MongoSocketReadException("end of stream", SERVER)),
            new MongoWriteConcernException(unconfirmed(64), WriteConcernResult.unacknowledged(), SERVER, Set.of()),
            bulk(List.of(), unconfirmed(91)));

    static final List<RuntimeException> UNEXPECTED = List.of(
            new InvalidMongoDbApiUsageException("a second 'null' criteria"),
            new MongoCommandException(response(13), SERVER), new MongoCommandException(response(2), SERVER),
            new MongoClientException("misused"), new MongoException("whatever else"),
            new MongoSecurityException(LOGIN, "cannot log in", new MongoCommandException(response(18), SERVER)),
            new MongoWriteException(new WriteError(10334, "document too large", new BsonDocument()), SERVER, Set.of()),
            bulk(List.of(new BulkWriteError(11000, "duplicate", new BsonDocument(), 0)), null));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private final DatabaseErrors errors = new DatabaseErrors(this.metrics);

    @ParameterizedTest
    @FieldSource("UNAVAILABLE")
    void knowsWhatPasses(RuntimeException failure) {
        assertThat(DatabaseErrors.isUnavailable(translated(failure))).isTrue();
    }

    @ParameterizedTest
    @FieldSource("UNEXPECTED")
    void knowsWhatDoesNotPass(RuntimeException failure) {
        assertThat(DatabaseErrors.isUnavailable(translated(failure))).isFalse();
    }

    @Test
    void countsOnlyWhatDoesNotPass() {
        UNAVAILABLE.forEach((failure) -> this.errors.report("Something is done later", translated(failure)));
        assertThat(this.metrics.counter("database.errors").count()).isZero();
        this.errors.report("Something is done later", translated(UNEXPECTED.getFirst()));
        assertThat(this.metrics.counter("database.errors").count()).isOne();
    }

    private static DataAccessException translated(RuntimeException failure) {
        DataAccessException translated = (failure instanceof DataAccessException already) ? already
                : MongoExceptionTranslator.DEFAULT_EXCEPTION_TRANSLATOR.translateExceptionIfPossible(failure);
        assertThat(translated).isNotNull();
        return translated;
    }

    private static BsonDocument response(int code) {
        return new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code));
    }

    private static WriteConcernError unconfirmed(int code) {
        return new WriteConcernError(code, "name", "message", new BsonDocument());
    }

    private static MongoBulkWriteException bulk(List<BulkWriteError> errors, @Nullable WriteConcernError unconfirmed) {
        return new MongoBulkWriteException(BulkWriteResult.unacknowledged(), errors, unconfirmed, SERVER, Set.of());
    }

}
