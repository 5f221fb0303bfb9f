package dev.jobprocessor.testing;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
class TestDatabaseIntegrationTests {

    @Autowired
    private TcpProxy databaseProxy;

    @Autowired
    private MongoOperations mongo;

    @Test
    void documentsPassThroughTheProxy() {
        this.mongo.insert(new Document("_id", 1), "documents");
        assertThat(this.mongo.findById(1, Document.class, "documents")).isNotNull();
        this.mongo.dropCollection("documents");
    }

    @Test
    void databaseIsUnreachableWhileTheProxyRefuses() {
        this.mongo.executeCommand("{ping: 1}");
        this.databaseProxy.refuse();
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.mongo.executeCommand("{ping: 1}"));
        this.databaseProxy.resume();
        documentsPassThroughTheProxy();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ MongoAutoConfiguration.class, DataMongoAutoConfiguration.class })
    @Import(TestDatabase.class)
    static class Client {

    }

}
