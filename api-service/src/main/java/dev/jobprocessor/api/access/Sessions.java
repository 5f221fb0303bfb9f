package dev.jobprocessor.api.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

/**
 * Sessions in the database, so that every instance knows them and their end. They last
 * for a fixed time from sign-in: a use of one reads it and writes nothing. As with keys,
 * only the hash of an id is stored.
 */
class Sessions implements SessionRepository<StoredSession> {

    static final String COLLECTION = "sessions";

    static final String EXPIRES_AT = "expiresAt";

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final String ID = "_id";

    private static final String CREATED_AT = "createdAt";

    private static final String ATTRIBUTES = "attributes";

    /**
     * What Spring Security puts into sessions, and nothing else that could be on the
     * class path.
     */
    private static final ObjectInputFilter CLASSES = ObjectInputFilter.Config
        .createFilter("java.lang.*;java.util.**;java.time.*;java.net.URL;org.springframework.security.**;!*");

    private final SerializingConverter serializer = new SerializingConverter();

    private final DeserializingConverter deserializer = new DeserializingConverter(Sessions::read);

    private final MongoOperations mongo;

    private final Duration lifetime;

    private final Clock clock;

    Sessions(MongoOperations mongo, SessionSettings settings, Clock clock) {
        this.mongo = mongo;
        this.lifetime = settings.lifetime();
        this.clock = clock;
    }

    @Override
    public StoredSession createSession() {
        return StoredSession.created(session(new MapSession(), this.clock.instant()));
    }

    @Override
    public void save(StoredSession session) {
        if (!session.isChanged()) {
            return;
        }
        String before = session.storedId();
        this.mongo.save(document(session), COLLECTION);
        if (before != null && !before.equals(session.getId())) {
            deleteById(before);
        }
    }

    @Override
    public @Nullable StoredSession findById(String id) {
        Document stored = this.mongo.findOne(byId(id), Document.class, COLLECTION);
        return (stored != null && this.clock.instant().isBefore(time(stored, EXPIRES_AT))) ? session(id, stored) : null;
    }

    @Override
    public void deleteById(String id) {
        this.mongo.remove(byId(id), COLLECTION);
    }

    private Document document(StoredSession session) {
        Map<String, Object> attributes = new HashMap<>();
        session.getAttributeNames().forEach((name) -> attributes.put(name, session.getRequiredAttribute(name)));
        return new Document(ID, Sha256.of(session.getId())).append(CREATED_AT, Date.from(session.getCreationTime()))
            .append(EXPIRES_AT, Date.from(session.getCreationTime().plus(this.lifetime)))
            .append(ATTRIBUTES, new Binary(this.serializer.convert(attributes)));
    }

    /**
     * What an earlier release wrote, and this one cannot read, ends: its owner signs in
     * again.
     */
    private @Nullable StoredSession session(String id, Document stored) {
        try {
            MapSession session = session(new MapSession(id), time(stored, CREATED_AT));
            Object attributes = this.deserializer.convert(stored.get(ATTRIBUTES, Binary.class).getData());
            ((Map<?, ?>) attributes).forEach((name, value) -> session.setAttribute((String) name, value));
            return StoredSession.stored(session);
        }
        catch (SerializationFailedException ex) {
            log.warn("A session that cannot be read is ended: {}", String.valueOf(ex.getCause()));
            deleteById(id);
            return null;
        }
    }

    private static MapSession session(MapSession session, Instant createdAt) {
        session.setCreationTime(createdAt);
        session.setLastAccessedTime(createdAt);
        return session;
    }

    private static Instant time(Document stored, String field) {
        return stored.getDate(field).toInstant();
    }

    private static Query byId(String id) {
        return Query.query(Criteria.where(ID).is(Sha256.of(id)));
    }

    private static Object read(InputStream stored) throws IOException {
        try (ObjectInputStream objects = new ObjectInputStream(stored)) {
            objects.setObjectInputFilter(CLASSES);
            return objects.readObject();
        }
        catch (ClassNotFoundException ex) {
            throw new IOException(ex);
        }
    }

}
