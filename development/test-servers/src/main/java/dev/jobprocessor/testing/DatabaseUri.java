package dev.jobprocessor.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code mongodb://} address.
 *
 * @param user with the password and {@code @}, or empty
 * @param hosts one or more, separated by commas
 * @param database null for none
 * @param options without the question mark, null for none
 */
record DatabaseUri(String user, String hosts, @Nullable String database, @Nullable String options) {

    private static final Pattern PARTS = Pattern
        .compile("mongodb://(?<user>[^/]*@)?(?<hosts>[^/@?]+)(/(?<database>[^?]*))?(\\?(?<options>.*))?");

    static DatabaseUri parse(String uri) {
        Matcher parts = PARTS.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a database's address: " + uri);
        }
        String user = parts.group("user");
        return new DatabaseUri((user != null) ? user : "", parts.group("hosts"), parts.group("database"),
                parts.group("options"));
    }

    /** The same database through another address, and only through that. */
    DatabaseUri at(String address) {
        return new DatabaseUri(this.user, address, this.database, with("directConnection=true"));
    }

    /** Another database, with the same login. */
    DatabaseUri named(String name) {
        boolean loginMoves = !this.user.isEmpty() && (this.options == null || !this.options.contains("authSource="));
        return new DatabaseUri(this.user, this.hosts, name,
                loginMoves ? with("authSource=" + loginDatabase()) : this.options);
    }

    private String loginDatabase() {
        return (this.database == null || this.database.isEmpty()) ? "admin" : this.database;
    }

    private String with(String option) {
        return (this.options != null) ? this.options + "&" + option : option;
    }

    @Override
    public String toString() {
        return "mongodb://" + this.user + this.hosts + "/" + ((this.database != null) ? this.database : "")
                + ((this.options != null) ? "?" + this.options : "");
    }

}
