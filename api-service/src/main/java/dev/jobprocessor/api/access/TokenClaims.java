package dev.jobprocessor.api.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads off the claims of a token who somebody is, and what they may do. Names that are
 * no roles here mean nothing.
 */
class TokenClaims {

    static final int MAX_NAME_LENGTH = 200;

    private final OidcSettings settings;

    TokenClaims(OidcSettings settings) {
        this.settings = settings;
    }

    String nameClaim() {
        return this.settings.nameClaim();
    }

    /** Whether the name is one that jobs can show, and not taken for that of a key. */
    boolean haveName(Map<String, Object> claims) {
        return claims.get(nameClaim()) instanceof String name && !name.isBlank() && name.length() <= MAX_NAME_LENGTH
                && !name.startsWith(KeyAuthentication.PREFIX);
    }

    Set<Role> roles(Map<String, Object> claims) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names(claim(claims))
            .forEach((name) -> Arrays.stream(Role.values()).filter((role) -> role.isNamed(name)).forEach(roles::add));
        return roles;
    }

    /** A name with points may also be that of one claim, as is a URL. */
    private @Nullable Object claim(Map<String, Object> claims) {
        String path = this.settings.rolesClaim();
        return claims.containsKey(path) ? claims.get(path) : at(claims, path);
    }

    private static @Nullable Object at(Map<?, ?> claims, String path) {
        String[] step = path.split("\\.", 2);
        Object value = claims.get(step[0]);
        if (step.length == 1) {
            return value;
        }
        return (value instanceof Map<?, ?> inner) ? at(inner, step[1]) : null;
    }

    private static Stream<String> names(@Nullable Object claim) {
        return switch (claim) {
            case Collection<?> several -> several.stream().map(Objects::toString);
            case String text -> Arrays.stream(text.split("[ ,]+"));
            case null, default -> Stream.empty();
        };
    }

}
