package dev.jobprocessor.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.session.MapSession;
import org.springframework.session.Session;

/** A session that knows whether it must be stored: its use alone changes nothing. */
class StoredSession implements Session {

    private final MapSession values;

    private final @Nullable String storedId;

    private boolean changed;

    private StoredSession(MapSession values, @Nullable String storedId) {
        this.values = values;
        this.storedId = storedId;
    }

    static StoredSession created(MapSession values) {
        return new StoredSession(values, null);
    }

    static StoredSession stored(MapSession values) {
        return new StoredSession(values, values.getId());
    }

    /** The id under which it is stored; null where it is not. */
    @Nullable String storedId() {
        return this.storedId;
    }

    boolean isChanged() {
        return this.changed || !this.values.getId().equals(this.storedId);
    }

    @Override
    public String getId() {
        return this.values.getId();
    }

    @Override
    public String changeSessionId() {
        return this.values.changeSessionId();
    }

    @Override
    public <T> @Nullable T getAttribute(String name) {
        return this.values.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return this.values.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        this.changed = true;
        this.values.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        this.changed = true;
        this.values.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
        return this.values.getCreationTime();
    }

    @Override
    public void setLastAccessedTime(Instant time) {
        this.values.setLastAccessedTime(time);
    }

    @Override
    public Instant getLastAccessedTime() {
        return this.values.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        this.values.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return this.values.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return false;
    }

}
